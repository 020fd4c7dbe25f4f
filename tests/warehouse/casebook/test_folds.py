"""Derived rows: folded in the transaction of their event, by pure functions found in a folder."""

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from warehouse.casebook import folds
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
TABLE = sa.Table(
    "note",
    sa.MetaData(),
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("version", sa.BigInteger),
    sa.Column("seq", sa.BigInteger),
    sa.Column("texts", sa.JSON),
)


def fold(events: Sequence[Event]) -> dict[str, Any] | None:
    if any(event.kind == "note.broken" for event in events):
        raise ZeroDivisionError
    return {"texts": [event.content["text"] for event in events]} if events else None


@pytest.fixture
def book(home: Home, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book with one derived table."""
    book = Book(home)
    book.head()  # migrated, which folds anew what is known by then
    monkeypatch.setattr(folds, "folds", lambda: (SimpleNamespace(PREFIX="note:", TABLE=TABLE, fold=fold),))
    with book.write() as con:
        TABLE.create(con)
    return book


def note(book: Book, text: str, stream: str = "note:1", kind: str = "note.written", **more: Any) -> Event:
    return book.append([Draft(stream, kind, {"text": text}, "试", **more)], by="王", now=NOON)[0]


def test_a_row_is_that_of_the_events_in_force(book: Book) -> None:
    note(book, "甲")
    note(book, "乙")
    note(book, "丙", "other:1")
    assert book.rows(TABLE) == [{"stream": "note:1", "version": 2, "seq": 2, "texts": ["甲", "乙"]}]

    note(book, "", withdraws=1)
    assert book.rows(TABLE) == [{"stream": "note:1", "version": 3, "seq": 4, "texts": ["乙"]}]

    note(book, "", withdraws=2)
    assert book.rows(TABLE) == []


def test_rows_can_be_filtered_and_come_in_the_order_of_their_streams(book: Book) -> None:
    for stream in ("note:2", "note:1", "note:3"):
        note(book, stream, stream)

    assert [row["stream"] for row in book.rows(TABLE)] == ["note:1", "note:2", "note:3"]
    assert [row["stream"] for row in book.rows(TABLE, TABLE.c.seq > 1)] == ["note:1", "note:3"]


def test_an_event_whose_fold_fails_is_not_appended(book: Book) -> None:
    note(book, "甲")

    with pytest.raises(ZeroDivisionError):
        note(book, "乙", kind="note.broken")
    assert book.head().seq == 1
    assert book.rows(TABLE)[0]["texts"] == ["甲"]


def test_every_module_of_the_folder_is_a_fold_with_a_prefix_and_a_table_of_its_own() -> None:
    known = folds.folds()

    assert len({fold.PREFIX for fold in known}) == len({fold.TABLE.name for fold in known}) == len(known)
    assert all(list(fold.TABLE.c.keys())[:3] == ["stream", "version", "seq"] for fold in known)
