"""Planted faults and true values, written beside the inbox for scoring."""

import csv
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Fault:
    """A planted fault: its place in a file, field, kind, right value and planted value."""

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

    def faults(self, faults: list[Fault]) -> None:
        """Append planted faults."""
        self.planted += len(faults)
        self._append(self._faults, [astuple(fault) for fault in faults])

    def firms(self, rows: list[tuple[Any, ...]]) -> None:
        """Append firms: code, name, profile, day of founding, whether it died."""
        self._append(self._firms, rows)

    def signals(self, rows: list[tuple[Any, ...]]) -> None:
        """Write planted firms: code, recipe, kind of change, signals with their designations."""
        path = self._firms.with_name("signals.csv")
        self._append(path, [["uscc", "recipe", "change", "signals"], *rows], "w")

    def mentions(self, rows: list[tuple[Any, ...]]) -> None:
        """Append rows of lists: feed, file, row, name as written, code of the firm, kind of the name's variant."""
        self._append(self._mentions, rows)
