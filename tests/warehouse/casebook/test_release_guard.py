"""The casebook beside a release: what the release rests on is there with the same hash, or the run stops."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.casebook.statements import Casebook, write_events
from warehouse.database.build import Build
from warehouse.errors import BadInput, CasebookFailed
from warehouse.home import Home
from warehouse.release import casebook_check
from warehouse.release.inspection import ReleaseFile

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture
def released(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home whose release was made of five events."""
    _fill(home, 5)
    with Build.open(tmp_path / "20260630-120000-aaaa.duckdb") as build:
        write_events(build, Book(home).events())
    file = ReleaseFile(tmp_path / "20260630-120000-aaaa.duckdb", {}, frozenset())
    monkeypatch.setattr(casebook_check, "order", lambda _: _Newest(file))
    return home


class _Newest:
    def __init__(self, current: ReleaseFile) -> None:
        self.current = current


def _fill(home: Home, count: int, by: str = "王") -> None:
    for number in range(count):
        Book(home).append([Draft(f"paper:{number % 2}", "paper.entered", {"n": number}, "走访")], by=by, now=NOON)


def _emptied(home: Home) -> None:
    """As if an empty database had taken its place."""
    store = Book(home).store
    from warehouse.casebook import migrate

    migrate.migrate(store.engine, "0001")
    with store.engine.begin() as con:
        con.exec_driver_sql("delete from statement")


def test_a_casebook_that_went_on_is_sound(released: Home) -> None:
    _fill(released, 2)

    casebook_check.require_past(released)
    assert casebook_check.state(released).events == 7


def test_events_of_a_release_come_back_as_they_were(released: Home) -> None:
    before, head = Book(released).whole()
    _emptied(released)
    with pytest.raises(CasebookFailed, match="5"):
        casebook_check.require_past(released)

    assert casebook_check.restore(released, NOON) == (5, None)

    assert Book(released).whole() == (before, head)
    casebook_check.require_past(released)


def test_a_casebook_that_was_written_again_is_refused(released: Home) -> None:
    _emptied(released)
    _fill(released, 5, by="李")

    with pytest.raises(CasebookFailed, match="5"):
        casebook_check.require_past(released)
    with pytest.raises(BadInput, match="numbers"):
        casebook_check.restore(released, NOON)


def test_runs_go_on_without_lost_events_whose_numbers_stay_unused(released: Home) -> None:
    _emptied(released)
    casebook_check.accept_loss(released, by="王", why="试", now=NOON)

    casebook_check.require_past(released)
    assert [event.seq for event in Book(released).events()] == [6]
    assert Casebook(released).record("unit", "a", {}, by="王", why="x", now=NOON).statement_id == 7
    casebook_check.require_past(released)


def test_a_changed_event_is_named(released: Home) -> None:
    store = Book(released).store
    with store.write() as con:
        is_sqlite = con.dialect.name == "sqlite"
        con.exec_driver_sql("drop trigger event_no_update" if is_sqlite else "drop trigger event_no_change on event")
        con.exec_driver_sql("update event set why = 'x' where seq = 3")

    with pytest.raises(CasebookFailed, match="3"):
        casebook_check.require_past(released)
