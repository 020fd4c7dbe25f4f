"""The casebook: events a second and waits of 1, 10 and 20 writers on both databases; folding and verifying many events.

python tests/bench/casebook.py [--seconds 60] [--events 200000]
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), *(str(HERE.parent / name) for name in ("warehouse", "flows")), str(HERE.parents[1])]

import postgresql  # noqa: E402 - after the path
from casebook_writers import acknowledged, started  # noqa: E402

from warehouse.casebook.book import Book  # noqa: E402
from warehouse.casebook.chain import first_bad  # noqa: E402
from warehouse.casebook.events import FIRST, Draft, Event, Head, chained, in_force, row_of  # noqa: E402
from warehouse.casebook.store import VARIABLE  # noqa: E402
from warehouse.casebook.verifying import verify  # noqa: E402
from warehouse.home import Home  # noqa: E402

WRITERS = {1: (1, 1), 10: (2, 5), 20: (4, 5)}
"""Writers, in so many processes with so many threads each."""


def measure_casebook(seconds: float, count: int) -> None:
    """Print the tables."""
    print(
        f"\nthe casebook, {seconds:g} s of 20 writers and a quarter of it for fewer, without a pause, each request sent"
    )
    print(f"twice, on {os.cpu_count()} cores")
    print(f"  {'':<12}{'writers':>8}{'events/s':>10}{'p50 ms':>8}{'p95 ms':>8}{'max s':>8}{'lost':>6}{'doubled':>9}")
    for name, place in (("SQLite", _file), ("PostgreSQL", _server)):
        for writers in WRITERS:
            with place() as root:
                _measure_writers(name, root, writers, seconds if writers == max(WRITERS) else seconds / 4)
    _measure_reading(count)


@contextmanager
def _file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tidu-bench-") as folder:
        yield Path(folder)


@contextmanager
def _server() -> Iterator[Path]:
    """A server that writes every commit to the disk, as in use."""
    cluster = postgresql.make(Path(tempfile.mkdtemp(prefix="tidu-bench-")), settings={})
    postgresql.start(cluster)
    try:
        with _file() as folder:
            os.environ[VARIABLE] = cluster.create("tidu")
            yield folder
    finally:
        os.environ.pop(VARIABLE, None)
        postgresql.stop(cluster)
        shutil.rmtree(cluster.folder)


def _measure_writers(name: str, root: Path, writers: int, seconds: float) -> None:
    book, (processes, threads) = Book(Home(root)), WRITERS[writers]
    book.head()
    for child in started(root, root / "notes", processes, threads, seconds):
        end = child.ended()
        assert end.returncode == 0, end.stderr
    noted = list(acknowledged(root / "notes"))
    kept = [event.request for event in book.events()]
    lost, doubled = len({note.request for note in noted} - set(kept)), len(kept) - len(set(kept))
    assert verify(book.store).problems == ()
    waits = sorted(note.seconds for note in noted)
    p50, p95 = (waits[int(len(waits) * part)] * 1000 for part in (0.5, 0.95))
    print(
        f"  {name:<12}{writers:>8}{len(noted) / seconds:>10.0f}{p50:>8.0f}{p95:>8.0f}{waits[-1]:>8.1f}"
        f"{lost:>6}{doubled:>9}"
    )


def _measure_reading(count: int) -> None:
    events, head = _events(count)
    streams: dict[str, list[Event]] = {}
    for event in events:
        streams.setdefault(event.stream, []).append(event)
    print(f"\n{count:,} events of {len(streams):,} streams, CPU s")
    _print_cost("what is in force, by stream", lambda: [in_force(those) for those in streams.values()])
    _print_cost("checking the chain", lambda: first_bad(events, head))
    with _file() as root:
        book = Book(Home(root))
        _print_cost("putting them into an empty casebook", lambda: book.put_back(events))
        _print_cost("reading them from SQLite", book.events)
        _print_cost("tidu casebook verify", lambda: verify(book.store))
        draft = Draft("case:0", "case.noted", {}, "x")
        _print_cost("appending one more", lambda: book.append([draft], by="王", now=datetime.now(UTC)))


def _print_cost(name: str, act: Callable[[], object]) -> None:
    begun = time.process_time()
    act()
    print(f"  {name:<44}{time.process_time() - begun:>8.2f}")


def _events(count: int) -> tuple[list[Event], Head]:
    events, head, noon = [], Head(0, FIRST), datetime(2026, 6, 30, 12, tzinfo=UTC)
    for seq in range(1, count + 1):
        stream, version = f"case:{seq % (count // 10)}", 1 + (seq - 1) // (count // 10)
        withdraws = seq - count // 10 if version == 4 else None
        content = {"text": "说明" * 20}
        event = Event(seq, stream, version, "case.noted", content, "王", "走访", noon, withdraws, None, "")
        head = Head(seq, chained(head.hash, row_of(event)))
        events.append(Event(**{**vars(event), "hash": head.hash}))
    return events, head


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--events", type=int, default=200_000)
    chosen = options.parse_args()
    measure_casebook(chosen.seconds, chosen.events)
