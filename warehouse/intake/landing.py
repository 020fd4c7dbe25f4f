"""Landing: originals are stored under their hash, with a JSON side file for each delivery.

A file is copied, flushed to disk and renamed, and its side file is written last: if the process is killed, an original
without a side file does not count as delivered, and the next run lands it again. A file that fails stops no other.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake.arrivals import PassedOver as PassedOver
from warehouse.intake.arrivals import explained, with_feeds
from warehouse.intake.arrivals import feeds_of as feeds_of
from warehouse.intake.arrivals import passed_over as passed_over
from warehouse.intake.delivery import ID_LENGTH, Register, put, write_side_file
from warehouse.intake.delivery import Delivery as Delivery
from warehouse.intake.delivery import deliveries as deliveries
from warehouse.intake.feed import Feed
from warehouse.intake.inbox import reading, shown, still_written, unlisted
from warehouse.intake.originals import is_intact

_CHUNK_BYTES = 1 << 20


class StillWritten(BadInput):
    """A file that is still being written: the next run lands it."""


@dataclass
class Landing:
    """The result of scanning the inbox: file names, but deliveries in ``new`` and errors in ``refused``."""

    new: list[Delivery] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    """Still being written; the next run lands them."""
    refused: list[BadInput] = field(default_factory=list)
    """Files and folders that could not be read; nothing of them was stored."""


def land(inbox: Path, home: Home, feeds: Mapping[str, Feed], now: datetime) -> Landing:
    """Store every settled file of the inbox that was not landed before, whether or not it can be loaded."""
    result, arriving = Landing(refused=unlisted(inbox)), []
    register = Register(home)
    for path, feed in with_feeds(inbox, feeds):
        if feed is None:
            result.passed_over.append(explained(path, inbox, feeds))
            continue
        try:
            delivery = _landed_as(path, feed, register)
        except BadInput as error:
            result.refused.append(error)
            continue
        if delivery is None:
            arriving.append((path, feed))
        else:
            result.known.append(shown(path.name))
            _restore(path, delivery, home)
    moving = still_written([path for path, _ in arriving])
    for path, feed in arriving:
        _land_file(path, feed, path in moving, home, register, result, now)
    return result


def _land_file(
    path: Path, feed: Feed, is_moving: bool, home: Home, register: Register, result: Landing, now: datetime
) -> None:
    """Store a file, or note in ``result`` why not."""
    try:
        if is_moving:
            raise _still_written(path)
        delivery = _keep(path, feed, home, lambda new: register.seq_and_time(new, home, now))
    except StillWritten:
        result.waiting.append(shown(path.name))
    except BadInput as error:
        result.refused.append(error)
    else:
        if register.add(delivery):
            result.new.append(delivery)
        else:
            result.known.append(shown(path.name))


def unseen(inbox: Path, home: Home, feeds: Mapping[str, Feed]) -> list[Path]:
    """The files of the inbox that belong to a feed and were never landed, unreadable ones included."""
    register = Register(home)
    return [path for path, feed in with_feeds(inbox, feeds) if feed and not _is_known(path, feed, register)]


def unreadable(inbox: Path, feeds: Mapping[str, Feed]) -> list[tuple[str, BadInput]]:
    """The files of a feed and the folders of the inbox that cannot be read, by name, each with its error."""
    errors = [("", error) for error in unlisted(inbox)]
    for path, feed in with_feeds(inbox, feeds):
        if feed is None:
            continue
        try:
            with reading(path), path.open("rb"):
                pass
        except BadInput as error:
            errors.append((shown(path.name), error))
    return errors


def _landed_as(path: Path, feed: Feed, register: Register) -> Delivery | None:
    """The delivery as which a file was landed before; raises ``BadInput`` where the file cannot be read."""
    return register.get(_id_of(feed, _sha256(path), shown(path.name)))


def _is_known(path: Path, feed: Feed, register: Register) -> bool:
    try:
        return _landed_as(path, feed, register) is not None
    except BadInput:
        return False


def _id_of(feed: Feed, sha: str, file_name: str) -> str:
    """Hash of feed, content and the values stated in the name: the same list under another day is another delivery."""
    stated = sorted(feed.stated_values({"file_name": Path(file_name).stem}).items())
    return hashlib.sha256(json.dumps([feed.name, sha, stated]).encode()).hexdigest()[:ID_LENGTH]


def _sha256(path: Path) -> str:
    """The hash of a file of the inbox; raises ``BadInput`` where it cannot be read."""
    with reading(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _still_written(path: Path) -> StillWritten:
    name = shown(path.name)
    return StillWritten(
        f"{name}: 正在写入，未收存；写完后的下一次运行收存",
        f"{name}: is still being written and was not kept; the next run after that takes it",
    )


def keep(path: Path, feed: Feed, home: Home, seq: int, now: datetime) -> Delivery:
    """Store an original and its side file; raises ``BadInput`` where the file cannot be read."""
    return _keep(path, feed, home, lambda _: (seq, now))


def _keep(path: Path, feed: Feed, home: Home, seq_and_time: Callable[[Delivery], tuple[int, datetime]]) -> Delivery:
    """The hash is that of the copy, not of the source; ``seq_and_time`` numbers and dates the delivery."""
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
        sha, size = _copy(path, part)
        name = shown(path.name)
        delivery = Delivery(_id_of(feed, sha, name), feed.name, name, sha, "", 0, size)
        seq, received = seq_and_time(delivery)
        delivery = replace(delivery, seq=seq, received_at=received.replace(microsecond=0).isoformat())
        put(part, home.landing / delivery.original)
        write_side_file(delivery, home)
        return delivery
    finally:
        part.unlink(missing_ok=True)


def _restore(path: Path, delivery: Delivery, home: Home) -> None:
    """Restore a lost or damaged original from its file in the inbox."""
    original = home.landing / delivery.original
    if is_intact(original, delivery):
        return
    part = original.with_name(f".{token_hex(8)}.part")
    try:
        if _copy(path, part)[0] == delivery.sha256:
            put(part, original)
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> tuple[str, int]:
    """Copy and flush to disk; SHA-256 and size of the copy. Raises ``StillWritten`` if the source changes meanwhile."""
    digest = hashlib.sha256()
    with reading(source):
        original = source.open("rb")
    with original, target.open("wb") as copy:
        before = os.fstat(original.fileno())
        for chunk in _chunks(original, source):
            digest.update(chunk)
            copy.write(chunk)
        after = os.fstat(original.fileno())
        size = copy.tell()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or size != after.st_size:
            raise _still_written(source)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest(), size


def _chunks(file: BinaryIO, source: Path) -> Iterator[bytes]:
    """Read errors are converted to ``BadInput``; write errors of the target must not be."""
    while True:
        with reading(source):
            chunk = file.read(_CHUNK_BYTES)
        if not chunk:
            return
        yield chunk
