"""Writers of a casebook in processes of their own: each notes what was acknowledged, and how long it took."""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import forked
from waits import LIMIT

from warehouse.casebook.book import Book
from warehouse.casebook.events import Conflict, Draft
from warehouse.casebook.store import VARIABLE
from warehouse.home import Home

STREAMS = 12


@dataclass(frozen=True)
class Acknowledged:
    """An event that was acknowledged: its number, request and seconds, and how often others came first."""

    seq: int
    request: str
    seconds: float
    conflicts: int


def write(root: str, notes: str, writers: int, seconds: float, pause: float = 0) -> None:
    """Append by so many threads for so long, at least once; requests are sent twice. Runs in a process of its own."""
    book, until = Book(Home(Path(root))), time.monotonic() + seconds
    threads = [
        Thread(target=_write, args=(book, Path(notes, f"{os.getpid()}-{number}"), until, pause))
        for number in range(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + LIMIT)


def _write(book: Book, notes: Path, until: float, pause: float) -> None:
    with notes.open("w", buffering=1) as file:
        number = 0
        while number == 0 or time.monotonic() < until:
            number += 1
            stream = f"case:{(number + hash(notes.name)) % STREAMS}"
            file.write(json.dumps(_append(book, stream, f"{notes.name}-{number}")) + "\n")
            time.sleep(pause)


def _append(book: Book, stream: str, request: str) -> list[object]:
    """As a page does: read the version, write upon it, compare and write again where others came first."""
    begun, conflicts = time.perf_counter(), 0
    while True:
        seen = len(book.events(stream=stream)) if conflicts else None
        draft = Draft(stream, "case.noted", {"text": "说明" * 20}, "走访", version=seen, request=request)
        try:
            (event,) = book.append([draft], by=request, now=datetime.now(UTC))
        except Conflict:
            conflicts += 1
            continue
        seconds = time.perf_counter() - begun
        (again,) = book.append([draft], by=request, now=datetime.now(UTC))
        assert again == event
        return [event.seq, request, seconds, conflicts]


def started(root: Path, notes: Path, processes: int, writers: int, seconds: float) -> list[forked.Child]:
    """Processes at work, each with so many writers."""
    notes.mkdir(exist_ok=True)
    address = {name: words for name, words in os.environ.items() if name == VARIABLE}
    return [forked.Child(write, str(root), str(notes), writers, seconds, environment=address) for _ in range(processes)]


def acknowledged(notes: Path) -> Iterator[Acknowledged]:
    """What all writers noted; a note cut off by a kill is left out."""
    for path in sorted(notes.iterdir()):
        for line in path.read_text().splitlines(keepends=True):
            if line.endswith("\n"):
                yield Acknowledged(*json.loads(line))
