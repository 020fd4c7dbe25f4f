"""A delivery: a file as it was received, and its JSON side file in landing."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from warehouse.home import Home

ID_LENGTH = 16
SIDE_FILES = f"*/{'?' * ID_LENGTH}.json"
"""Originals may be JSON too, but their names are longer hashes."""

_LARGEST_SIDE_FILE = 64 * 1024
_LONGEST_SUFFIX = 40
"""Bytes of a suffix that the stored original keeps; file systems allow 255 for the whole name."""
_PATTERNS = {"delivery_id": rf"[0-9a-f]{{{ID_LENGTH}}}", "sha256": "[0-9a-f]{64}", "file_name": r"[^/\0]+"}


@dataclass(frozen=True)
class Delivery:
    """A file as it was received; ``seq`` counts deliveries in the order of landing."""

    delivery_id: str
    feed: str
    file_name: str
    """The printable name, see ``inbox.shown``."""
    sha256: str
    received_at: str
    seq: int
    size: int = -1
    """Bytes of the original; -1 in side files of versions that did not record it."""

    @property
    def original(self) -> str:
        """Path of the original, relative to the landing folder."""
        return f"{self.feed}/{self.sha256}{_suffix(self.file_name)}"


def _suffix(file_name: str) -> str:
    suffix = Path(file_name).suffix.lower()
    return suffix if len(suffix.encode()) <= _LONGEST_SUFFIX and "\\" not in suffix else ""


def write_side_file(delivery: Delivery, home: Home) -> None:
    """Write ``landing/FEED/DELIVERY_ID.json`` beside the original; readers see it whole or not at all."""
    side = home.landing / delivery.feed / f"{delivery.delivery_id}.json"
    part = side.with_suffix(".part")
    part.write_text(json.dumps(asdict(delivery), ensure_ascii=False, indent=1), "utf-8")
    put(part, side)


def put(part: Path, target: Path) -> None:
    """Rename a finished file to its name; a folder that has this name is renamed to ``….stranger`` first."""
    if target.is_dir() and not target.is_symlink():
        target.rename(target.with_name(f"{target.name}.{token_hex(4)}.stranger"))
    part.replace(target)


def side_files(home: Home) -> Iterator[tuple[Path, Delivery | None]]:
    """Every side file with its delivery; None where it is empty, damaged or not a side file."""
    for path in sorted(home.landing.glob(SIDE_FILES)):
        yield path, None if path.is_symlink() else _read_side_file(path)


def _read_side_file(path: Path) -> Delivery | None:
    try:
        if path.stat().st_size > _LARGEST_SIDE_FILE:
            return None
        content = json.loads(path.read_text("utf-8"))
        return Delivery(**content) if _is_side_file(content, path) else None
    except (OSError, ValueError, RecursionError):
        return None


def _is_side_file(content: Any, path: Path) -> bool:
    """Whether the content has the keys and types of a side file, and the path agrees with it."""
    if not isinstance(content, dict) or {"size": -1, **content}.keys() != {field.name for field in fields(Delivery)}:
        return False
    texts = {name: value for name, value in content.items() if name not in ("seq", "size")}
    numbers = [content["seq"], content.get("size", -1)]
    if not all(isinstance(text, str) for text in texts.values()) or not all(type(number) is int for number in numbers):
        return False
    datetime.fromisoformat(content["received_at"])
    has_patterns = all(re.fullmatch(pattern, content[name]) for name, pattern in _PATTERNS.items())
    return (
        has_patterns
        and content["delivery_id"] == path.stem
        and content["feed"] == path.parent.name
        and content["seq"] > 0
    )


def deliveries(home: Home) -> list[Delivery]:
    """Every delivery in the order of landing; damaged side files are reported by ``unrecognised``."""
    return sorted((delivery for _, delivery in side_files(home) if delivery), key=lambda delivery: delivery.seq)


class Register:
    """The deliveries landed so far, and the ids of damaged side files."""

    def __init__(self, home: Home) -> None:
        pairs = list(side_files(home))
        self._by_id = {delivery.delivery_id: delivery for _, delivery in pairs if delivery}
        self._damaged = {path.stem for path, delivery in pairs if delivery is None}
        self._numbers = {delivery.seq for delivery in self._by_id.values()}

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery of this id, or None."""
        return self._by_id.get(delivery_id)

    def seq_and_time(self, delivery: Delivery, home: Home, now: datetime) -> tuple[int, datetime]:
        """The next number and ``now``; where the side file is damaged, a reconstruction of its values.

        These are the lowest missing number and the modification time of the original.
        """
        following = max(self._numbers, default=0) + 1
        if delivery.delivery_id not in self._damaged:
            return following, now
        original = home.landing / delivery.original
        landed_at = datetime.fromtimestamp(original.stat().st_mtime, UTC) if original.is_file() else now
        return min(set(range(1, following + 1)) - self._numbers), landed_at

    def add(self, delivery: Delivery) -> bool:
        """Add a delivery; whether it is new."""
        is_new = delivery.delivery_id not in self._by_id.keys() | self._damaged
        self._damaged.discard(delivery.delivery_id)
        self._by_id[delivery.delivery_id] = delivery
        self._numbers.add(delivery.seq)
        return is_new
