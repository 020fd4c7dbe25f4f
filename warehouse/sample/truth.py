"""What is planted and what is right, written beside the inbox so that detection can be scored."""

import csv
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One planted fault: where it lies in the file, the field, its kind, what is right and what was written."""

    feed: str
    file: str
    row: int
    column: str
    kind: str
    right: Any
    planted: Any


class Truth:
    """Appends to ``truth/faults.csv``, ``truth/firms.csv`` and ``truth/mentions.csv`` as buckets are written."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._faults = folder / "faults.csv"
        self._firms = folder / "firms.csv"
        self._mentions = folder / "mentions.csv"
        self.planted = 0
        self._append(self._faults, [[field.name for field in fields(Fault)]], "w")
        self._append(self._firms, [["uscc", "name", "profile", "founded_on", "is_dead"]], "w")

        self._append(self._mentions, [["feed", "file", "row", "name", "uscc", "how"]], "w")

    @staticmethod
    def _append(path: Path, rows: list[Any], mode: str = "a") -> None:
        with path.open(mode, encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    def faults(self, found: list[Fault]) -> None:
        """Tell planted faults."""
        self.planted += len(found)
        self._append(self._faults, [astuple(fault) for fault in found])

    def firms(self, rows: list[tuple[Any, ...]]) -> None:
        """Tell firms: code, name, profile, day of founding, whether it died."""
        self._append(self._firms, rows)

    def mentions(self, rows: list[tuple[Any, ...]]) -> None:
        """Tell rows of lists: feed, file, row, the name as written, the code of the firm meant, how it was written."""
        self._append(self._mentions, rows)
