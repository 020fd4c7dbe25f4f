"""Many writers and kills: what was acknowledged is there, once; the chain is whole."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from casebook_writers import acknowledged, started
from waits import LIMIT, until

from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.casebook.verifying import verify
from warehouse.home import Home

pytestmark = [pytest.mark.faults, pytest.mark.rule("append-only")]


@pytest.mark.figure("events of twenty writers at once")
def test_twenty_writers_in_four_processes_lose_and_double_nothing(
    home: Home, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    Book(home).head()
    ends = [child.ended() for child in started(tmp_path, tmp_path / "notes", processes=4, writers=5, seconds=2)]

    assert [end.returncode for end in ends] == [0] * 4, ends[0].stderr
    noted = list(acknowledged(tmp_path / "notes"))
    events = Book(home).events()
    assert len({note.request.rpartition("-")[0] for note in noted}) == 20
    assert sorted(note.seq for note in noted) == [event.seq for event in events] == list(range(1, len(noted) + 1))
    assert {(note.seq, note.request) for note in noted} == {(event.seq, event.request) for event in events}
    assert verify(Book(home).store).problems == ()
    record_property("times", len(noted))


@pytest.mark.figure("kills of a writer")
def test_what_was_acknowledged_before_a_kill_is_there(
    home: Home, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance, book = random.Random(7), Book(home)
    book.head()
    for nth in range(20):
        notes = tmp_path / f"notes-{nth}"
        (child,) = started(tmp_path, notes, processes=1, writers=3, seconds=LIMIT)
        until(lambda: sum(1 for _ in acknowledged(notes)) >= 3, "three events", child.process.is_alive)  # noqa: B023
        time.sleep(chance.uniform(0, 0.03))
        child.process.kill()
        child.ended()

        by_number = {event.seq: event.request for event in book.events()}
        assert all(by_number[note.seq] == note.request for note in acknowledged(notes))
        assert verify(book.store).problems == ()
    assert book.append([Draft("case:0", "case.noted", {}, "x")], by="王", now=_now())[0].seq == len(by_number) + 1
    record_property("times", 20)


def _now() -> datetime:
    return datetime.now(UTC)
