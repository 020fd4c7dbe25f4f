"""Landing: every original is kept under its hash, with a side file a delivery that says what came, when and as what.

A file is copied, flushed to disk and renamed, and its side file is written last: killed at any moment, an original
without side file is as if it had not come, and the next run lands it again.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from warehouse.errors import DamagedOriginal
from warehouse.feed import Feed
from warehouse.home import Home

ID_LENGTH = 16
SIDE_FILES = f"*/{'?' * ID_LENGTH}.json"
"""An original may be JSON itself; its name is a hash and longer."""


@dataclass(frozen=True)
class Delivery:
    """One file as it came; ``seq`` counts deliveries in the order of landing."""

    delivery_id: str
    feed: str
    file_name: str
    sha256: str
    received_at: str
    seq: int
    size: int = -1
    """Bytes of the original; -1 where it was landed before this was noted."""

    @property
    def original(self) -> str:
        """Where the original lies, below the landing folder."""
        return f"{self.feed}/{self.sha256}{Path(self.file_name).suffix.lower()}"


@dataclass
class Landing:
    """What one look into the inbox found: by file name, but ``new`` ones in full."""

    new: list[Delivery] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def land(inbox: Path, home: Home, feeds: Mapping[str, Feed], now: datetime) -> Landing:
    """Keep every file of the inbox that was not seen before, whether or not it can be used."""
    found, seen = Landing(), _seen(home)
    seq = max((delivery.seq for delivery in deliveries(home)), default=0)
    for path, feed in _with_feeds(inbox, feeds):
        if feed is None:
            found.ignored.append(path.name)
            continue
        sha = _sha256(path)
        known_as = _id_of(feed, sha, path.name)
        if known_as in seen:
            found.known.append(path.name)
            _mend(path, sha, feed, home)
            continue
        seq += 1
        found.new.append(keep(path, feed, home, seq, now, sha))
        seen.add(known_as)
    return found


def deliveries(home: Home) -> list[Delivery]:
    """Every delivery ever kept, in the order of landing."""
    sides = (json.loads(path.read_text("utf-8")) for path in home.landing.glob(SIDE_FILES))
    return sorted((Delivery(**side) for side in sides), key=lambda one: one.seq)


def unseen(inbox: Path, home: Home, feeds: Mapping[str, Feed]) -> list[Path]:
    """The files of the inbox that belong to a feed and were never landed."""
    seen = _seen(home)
    pairs = _with_feeds(inbox, feeds)
    return [path for path, feed in pairs if feed and _id_of(feed, _sha256(path), path.name) not in seen]


def names_in(inbox: Path) -> set[str]:
    """The names of the files that lie in the inbox now."""
    return {path.name for path in _files(inbox)}


def _seen(home: Home) -> set[str]:
    return {one.delivery_id for one in deliveries(home)}


def _id_of(feed: Feed, sha: str, file_name: str) -> str:
    """Feed, content, and what the name states: the same list under another day is another delivery."""
    stated = sorted(feed.said_in({"file_name": Path(file_name).stem}).items())
    return hashlib.sha256(json.dumps([feed.name, sha, stated]).encode()).hexdigest()[:ID_LENGTH]


def _files(inbox: Path) -> Iterator[Path]:
    """Files of the inbox and of the feeds' folders, by name; hidden and half-copied ones are left alone."""
    return (path for path in _entries(inbox) if path.is_file() and not path.is_symlink())


def _entries(inbox: Path) -> Iterator[Path]:
    """What lies in the inbox and is no folder; links are named, not followed: they may lead anywhere."""
    for path in sorted(inbox.rglob("*"), key=lambda one: (one.name, str(one))):
        is_hidden = path.name.startswith((".", "~$")) or path.suffix in (".tmp", ".part")
        if not is_hidden and (path.is_symlink() or not path.is_dir()):
            yield path


def _with_feeds(inbox: Path, feeds: Mapping[str, Feed]) -> Iterator[tuple[Path, Feed | None]]:
    """What lies in the inbox with each feed it is a delivery of; None where it is of none, or is no file."""
    for path in _entries(inbox):
        is_file = path.is_file() and not path.is_symlink()
        found: list[Feed | None] = []
        if is_file:
            found += feeds_of(path, path.relative_to(inbox).parts[0], feeds)
        yield from ((path, feed) for feed in found or [None])


def feeds_of(path: Path, folder: str, feeds: Mapping[str, Feed]) -> list[Feed]:
    """The feed whose folder a file lies in; else the one its name fits, or those that share a workbook by sheets."""
    if folder in feeds:
        return [feeds[folder]]
    fitting = [feed for feed in feeds.values() if feed.fits(path.name)]
    return fitting if len(fitting) == 1 or all(feed.sheets for feed in fitting) else []


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(path: Path, feed: Feed, home: Home, seq: int, now: datetime, sha: str | None = None) -> Delivery:
    """Copy, flush, rename; then the side file in the same way."""
    sha = sha or _sha256(path)
    delivery = Delivery(
        delivery_id=_id_of(feed, sha, path.name),
        feed=feed.name,
        file_name=path.name,
        sha256=sha,
        received_at=now.replace(microsecond=0).isoformat(),
        seq=seq,
        size=path.stat().st_size,
    )
    target = home.landing / delivery.original
    target.parent.mkdir(exist_ok=True)
    _copy_whole(path, target)
    side = target.with_name(f"{delivery.delivery_id}.json")
    part = side.with_suffix(".part")
    part.write_text(json.dumps(asdict(delivery), ensure_ascii=False, indent=1), "utf-8")
    part.replace(side)
    return delivery


def _mend(path: Path, sha: str, feed: Feed, home: Home) -> None:
    """Put an original that was lost or cut short back in its place, when its file is in the inbox again."""
    kept = home.landing / feed.name / f"{sha}{path.suffix.lower()}"
    if not kept.exists() or kept.stat().st_size != path.stat().st_size:
        _copy_whole(path, kept)


def require_whole(home: Home, delivery: Delivery, is_read: bool) -> None:
    """Raise ``DamagedOriginal`` unless the original is there as it came: by its size, and by its hash when it is read.

    An original that is there without a delivery's side file is not looked at: it never came.
    """
    kept = home.landing / delivery.original
    is_there = kept.exists() and delivery.size in (-1, kept.stat().st_size)
    if is_there and (not is_read or _sha256(kept) == delivery.sha256):
        return
    raise DamagedOriginal(
        f"{delivery.file_name}: 收存的原件缺失或已损坏（landing/{delivery.original}），未发布；"
        "请把原文件再次放入来件目录，或从备份恢复\n"
        f"{delivery.file_name}: the original that was kept is missing or damaged (landing/{delivery.original}), nothing"
        " was published; put the file into the inbox again, or restore it from a backup"
    )


def _copy_whole(source: Path, target: Path) -> None:
    """Either the whole file is there under its name, or nothing is."""
    part = target.with_name(f".{target.name}.part")
    with source.open("rb") as original, part.open("wb") as file:
        shutil.copyfileobj(original, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
