"""A delivery: one file as it came, and the side file in landing that says what came, when and as what."""

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
"""An original may be JSON itself; its name is a hash and longer."""

_LARGEST_SIDE_FILE = 64 * 1024
_LONGEST_SUFFIX = 40
"""Bytes of a suffix that the kept original takes over; file systems allow 255 for the whole name."""
_PATTERNS = {"delivery_id": rf"[0-9a-f]{{{ID_LENGTH}}}", "sha256": "[0-9a-f]{64}", "file_name": r"[^/\0]+"}


@dataclass(frozen=True)
class Delivery:
    """One file as it came; ``seq`` counts deliveries in the order of landing."""

    delivery_id: str
    feed: str
    file_name: str
    """As it is shown: what is no printable text is escaped."""
    sha256: str
    received_at: str
    seq: int
    size: int = -1
    """Bytes of the original; -1 where it was landed before this was noted."""

    @property
    def original(self) -> str:
        """Where the original lies, below the landing folder."""
        return f"{self.feed}/{self.sha256}{_suffix(self.file_name)}"


def _suffix(file_name: str) -> str:
    suffix = Path(file_name).suffix.lower()
    return suffix if len(suffix.encode()) <= _LONGEST_SUFFIX and "\\" not in suffix else ""


def write_side_file(delivery: Delivery, home: Home) -> None:
    """Written aside and renamed: there whole or not at all."""
    side = home.landing / delivery.feed / f"{delivery.delivery_id}.json"
    part = side.with_suffix(".part")
    part.write_text(json.dumps(asdict(delivery), ensure_ascii=False, indent=1), "utf-8")
    put(part, side)


def put(part: Path, target: Path) -> None:
    """Under its name; a stranger's folder that lies there is moved aside."""
    if target.is_dir() and not target.is_symlink():
        target.rename(target.with_name(f"{target.name}.{token_hex(4)}.stranger"))
    part.replace(target)


def side_files(home: Home) -> Iterator[tuple[Path, Delivery | None]]:
    """Every side file, with the delivery it tells of; None where it is empty, garbled or not ours."""
    for path in sorted(home.landing.glob(SIDE_FILES)):
        yield path, None if path.is_symlink() else _told_in(path)


def _told_in(path: Path) -> Delivery | None:
    try:
        if path.stat().st_size > _LARGEST_SIDE_FILE:
            return None
        content = json.loads(path.read_text("utf-8"))
        return Delivery(**content) if _is_ours(content, path) else None
    except (OSError, ValueError, RecursionError):
        return None


def _is_ours(content: Any, path: Path) -> bool:
    """Whether a side file has our keys, each of its type, and lies where its delivery belongs."""
    if not isinstance(content, dict) or {"size": -1, **content}.keys() != {one.name for one in fields(Delivery)}:
        return False
    texts = {name: value for name, value in content.items() if name not in ("seq", "size")}
    numbers = [content["seq"], content.get("size", -1)]
    if not all(isinstance(text, str) for text in texts.values()) or not all(type(one) is int for one in numbers):
        return False
    datetime.fromisoformat(content["received_at"])
    fits = all(re.fullmatch(pattern, content[name]) for name, pattern in _PATTERNS.items())
    return fits and content["delivery_id"] == path.stem and content["feed"] == path.parent.name and content["seq"] > 0


def deliveries(home: Home) -> list[Delivery]:
    """Every delivery ever kept, in the order of landing; side files that tell of none are among ``strangers``."""
    return sorted((delivery for _, delivery in side_files(home) if delivery), key=lambda one: one.seq)


class Register:
    """The deliveries kept so far, and those of which only a damaged side file is left."""

    def __init__(self, home: Home) -> None:
        pairs = list(side_files(home))
        self._by_id = {delivery.delivery_id: delivery for _, delivery in pairs if delivery}
        self._damaged = {path.stem for path, delivery in pairs if delivery is None}
        self._numbers = {delivery.seq for delivery in self._by_id.values()}

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery of this number, if it was kept before."""
        return self._by_id.get(delivery_id)

    def place_of(self, delivery: Delivery, home: Home, now: datetime) -> tuple[int, datetime]:
        """Number and time of a delivery: the next and now, or what its damaged side file most likely said.

        That is the lowest number that is missing, and the time at which the original was kept.
        """
        following = max(self._numbers, default=0) + 1
        if delivery.delivery_id not in self._damaged:
            return following, now
        original = home.landing / delivery.original
        kept_at = datetime.fromtimestamp(original.stat().st_mtime, UTC) if original.is_file() else now
        return min(set(range(1, following + 1)) - self._numbers), kept_at

    def add(self, delivery: Delivery) -> bool:
        """Take in a delivery; whether it is a new one."""
        is_new = delivery.delivery_id not in self._by_id.keys() | self._damaged
        self._damaged.discard(delivery.delivery_id)
        self._by_id[delivery.delivery_id] = delivery
        self._numbers.add(delivery.seq)
        return is_new
