"""Landing: every original is kept under its hash, with a side file a delivery that says what came, when and as what.

A file is copied, flushed to disk and renamed, and its side file is written last: killed at any moment, an original
without side file is as if it had not come, and the next run lands it again. What one file does stops no other.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake import inbox as arrivals
from warehouse.intake.delivery import ID_LENGTH, Register, put, write_side_file
from warehouse.intake.delivery import Delivery as Delivery
from warehouse.intake.delivery import deliveries as deliveries
from warehouse.intake.feed import Feed
from warehouse.intake.inbox import names_in as names_in
from warehouse.intake.inbox import shown
from warehouse.intake.originals import fits

_PIECE = 1 << 20


class StillWritten(BadInput):
    """A file that somebody is still writing: it is for the next run."""


@dataclass
class Landing:
    """What one look into the inbox found: by file name, but ``new`` ones in full and ``refused`` with the reason."""

    new: list[Delivery] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    """Still being written; the next run takes them."""
    refused: list[BadInput] = field(default_factory=list)
    """Files that could not be read, so that nothing of them was kept."""


def land(inbox: Path, home: Home, feeds: Mapping[str, Feed], now: datetime) -> Landing:
    """Keep every settled file of the inbox that was not seen before, whether or not it can be used."""
    found, arriving = Landing(), []
    register = Register(home)
    for path, feed in _with_feeds(inbox, feeds):
        if feed is None:
            found.ignored.append(shown(path.name))
            continue
        try:
            delivery = _known_as(path, feed, register)
        except BadInput as error:
            found.refused.append(error)
            continue
        if delivery is None:
            arriving.append((path, feed))
        else:
            found.known.append(shown(path.name))
            _mend(path, delivery, home)
    moving = arrivals.still_written([path for path, _ in arriving])
    for path, feed in arriving:
        _take(path, feed, path in moving, home, register, found, now)
    return found


def _take(
    path: Path, feed: Feed, is_moving: bool, home: Home, register: Register, found: Landing, now: datetime
) -> None:
    """Keep one file, or say why not."""
    try:
        if is_moving:
            raise _still_written(path)
        delivery = _keep(path, feed, home, lambda new: register.place_of(new, home, now))
    except StillWritten:
        found.waiting.append(shown(path.name))
    except BadInput as error:
        found.refused.append(error)
    else:
        if register.add(delivery):
            found.new.append(delivery)
        else:
            found.known.append(shown(path.name))


def unseen(inbox: Path, home: Home, feeds: Mapping[str, Feed]) -> list[Path]:
    """The files of the inbox that belong to a feed and were never landed; also those that cannot be read."""
    register = Register(home)
    return [path for path, feed in _with_feeds(inbox, feeds) if feed and not _is_known(path, feed, register)]


def _known_as(path: Path, feed: Feed, register: Register) -> Delivery | None:
    """The delivery a file was kept as before; raises ``BadInput`` where it cannot be read."""
    return register.get(_id_of(feed, _sha256(path), shown(path.name)))


def _is_known(path: Path, feed: Feed, register: Register) -> bool:
    try:
        return _known_as(path, feed, register) is not None
    except BadInput:
        return False


def _id_of(feed: Feed, sha: str, file_name: str) -> str:
    """Feed, content, and what the name states: the same list under another day is another delivery."""
    stated = sorted(feed.said_in({"file_name": Path(file_name).stem}).items())
    return hashlib.sha256(json.dumps([feed.name, sha, stated]).encode()).hexdigest()[:ID_LENGTH]


def _with_feeds(inbox: Path, feeds: Mapping[str, Feed]) -> Iterator[tuple[Path, Feed | None]]:
    """What lies in the inbox with each feed it is a delivery of; None where it is of none, or is no file."""
    for path in arrivals.entries(inbox):
        found: list[Feed | None] = []
        if arrivals.is_file(path):
            found += feeds_of(path, path.relative_to(inbox).parts[0], feeds)
        yield from ((path, feed) for feed in found or [None])


def feeds_of(path: Path, folder: str, feeds: Mapping[str, Feed]) -> list[Feed]:
    """The feed whose folder a file lies in; else the one its name fits, or those that share a workbook by sheets."""
    if folder in feeds:
        return [feeds[folder]]
    fitting = [feed for feed in feeds.values() if feed.fits(path.name)]
    return fitting if len(fitting) == 1 or all(feed.sheets for feed in fitting) else []


def _sha256(path: Path) -> str:
    """The hash of a file of the inbox; raises ``BadInput`` where it cannot be read."""
    with _reading(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what the system says of a file of the inbox into a refusal by name."""
    try:
        yield
    except OSError as error:
        name, why = shown(path.name), error.strerror or type(error).__name__
        raise BadInput(
            f"{name}: 不能读取（{why}），未收存，其余照常；请检查权限，或重新放入",
            f"{name}: cannot be read ({why}) and was not kept, the rest goes on; look at its permissions, or put it"
            " there again",
        ) from error


def _still_written(path: Path) -> StillWritten:
    name = shown(path.name)
    return StillWritten(
        f"{name}: 正在写入，未收存；写完后的下一次运行收存",
        f"{name}: is still being written and was not kept; the next run after that takes it",
    )


def keep(path: Path, feed: Feed, home: Home, seq: int, now: datetime) -> Delivery:
    """Copy, flush, rename; then the side file in the same way. Raises ``BadInput`` where the file cannot be read."""
    return _keep(path, feed, home, lambda _: (seq, now))


def _keep(path: Path, feed: Feed, home: Home, place: Callable[[Delivery], tuple[int, datetime]]) -> Delivery:
    """``place`` gives number and time of the delivery that the copy, which alone is hashed, turned out to be."""
    folder = home.landing / feed.name
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise BadInput(
            f"{shown(path.name)}: landing/{feed.name} 不是文件夹，未收存；请将其移走",
            f"{shown(path.name)}: landing/{feed.name} is no folder, so this was not kept; move that away",
        ) from error
    part = folder / f".{token_hex(8)}.part"
    try:
        sha, size = _copy_whole(path, part)
        name = shown(path.name)
        delivery = Delivery(_id_of(feed, sha, name), feed.name, name, sha, "", 0, size)
        seq, received = place(delivery)
        delivery = replace(delivery, seq=seq, received_at=received.replace(microsecond=0).isoformat())
        put(part, home.landing / delivery.original)
        write_side_file(delivery, home)
        return delivery
    finally:
        part.unlink(missing_ok=True)


def _mend(path: Path, delivery: Delivery, home: Home) -> None:
    """Put an original that was lost or damaged back in its place, when its file is in the inbox again."""
    original = home.landing / delivery.original
    if fits(original, delivery):
        return
    part = original.with_name(f".{token_hex(8)}.part")
    try:
        if _copy_whole(path, part)[0] == delivery.sha256:
            put(part, original)
    finally:
        part.unlink(missing_ok=True)


def _copy_whole(source: Path, target: Path) -> tuple[str, int]:
    """Copy and flush; hash and size of the copy. Raises ``StillWritten`` where the file changes meanwhile."""
    digest = hashlib.sha256()
    with _reading(source):
        original = source.open("rb")
    with original, target.open("wb") as copy:
        before = os.fstat(original.fileno())
        for piece in _pieces(original, source):
            digest.update(piece)
            copy.write(piece)
        after = os.fstat(original.fileno())
        size = copy.tell()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
            raise _still_written(source)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest(), size


def _pieces(file: BinaryIO, source: Path) -> Iterator[bytes]:
    """A failure of the source is the file's, a failure of the disk that is written to is not."""
    while True:
        with _reading(source):
            piece = file.read(_PIECE)
        if not piece:
            return
        yield piece
