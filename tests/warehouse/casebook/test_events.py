"""Events: appended in order, once, upon the version that was seen; nothing is changed, an undo is an event."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from warehouse.casebook.book import Book
from warehouse.casebook.events import FIRST, Conflict, Draft, Head, chained, in_force, row_of
from warehouse.errors import BadInput, CasebookFailed, HomeFailed
from warehouse.home import FROZEN, Home

pytestmark = pytest.mark.rule("append-only")

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def add(book: Book, stream: str = "paper:1", **more: object) -> int:
    draft = Draft(stream, "paper.entered", {"状态": "入库"}, "走访", **more)  # type: ignore[arg-type]
    return book.append([draft], by="王", now=NOON)[0].seq


def test_events_have_numbers_without_gaps_versions_of_their_stream_and_a_chain(book: Book) -> None:
    drafts = [Draft(f"paper:{firm}", "paper.entered", {"firm": firm}, "走访") for firm in (1, 2, 1)]
    events = book.append(drafts, by=" 王 ", now=NOON)

    assert [(event.seq, event.stream, event.version, event.by) for event in events] == [
        (1, "paper:1", 1, "王"),
        (2, "paper:2", 1, "王"),
        (3, "paper:1", 2, "王"),
    ]
    assert book.events() == events
    previous = FIRST
    for event in events:
        previous = chained(previous, row_of(event))
        assert event.hash == previous
    assert book.head() == Head(3, previous)


def test_events_can_be_read_by_stream_kind_and_number(book: Book) -> None:
    for stream in ("paper:1", "sheet:1", "paper:1"):
        add(book, stream)

    assert [event.seq for event in book.events(stream="paper:1")] == [1, 3]
    assert [event.seq for event in book.events(up_to=2)] == [1, 2]
    assert book.events(kinds=["visit.recorded"]) == []
    assert len(book.events(kinds=["paper.entered", "visit.recorded"])) == 3


def test_the_second_writer_of_a_version_gets_what_the_first_wrote(book: Book) -> None:
    add(book, version=0)
    add(book, version=1)

    with pytest.raises(Conflict) as caught:
        book.append(
            [Draft("sheet:7", "sheet.opened", {}, "x"), Draft("paper:1", "paper.left", {}, "x", version=1)],
            by="李",
            now=NOON,
        )

    assert [event.version for event in caught.value.events] == [2]
    assert "paper:1" in caught.value.zh
    assert "王" in caught.value.en
    assert book.head().seq == 2
    assert book.events(stream="sheet:7") == []


def test_a_version_that_was_lost_is_a_conflict_without_events(book: Book) -> None:
    with pytest.raises(Conflict) as caught:
        add(book, version=4)

    assert caught.value.events == []


def test_drafts_of_a_form_are_written_upon_the_version_that_was_seen(book: Book) -> None:
    drafts = [Draft("paper:1", "paper.entered", {"n": n}, "x", version=0, request="form") for n in (1, 2)]
    events = book.append(drafts, by="王", now=NOON)

    assert [event.version for event in events] == [1, 2]
    assert book.append(drafts, by="王", now=NOON) == events
    assert book.head().seq == 2


def test_a_request_repeated_with_another_stream_is_the_event_it_made(book: Book) -> None:
    first = add(book, "sheet:1", request="abc")

    assert add(book, "sheet:2", request="abc") == first
    assert book.head().seq == 1


def test_only_an_event_of_its_stream_can_be_withdrawn(book: Book) -> None:
    add(book, "paper:1")

    for number in (7, 1):
        with pytest.raises(BadInput, match=str(number)):
            add(book, "paper:2", withdraws=number)
    assert add(book, "paper:1", withdraws=1) == 2


def test_a_withdrawn_withdrawal_has_no_effect(book: Book) -> None:
    add(book)
    add(book, withdraws=1)
    assert in_force(book.events()) == []

    add(book, withdraws=2)
    assert [event.seq for event in in_force(book.events())] == [1]


@pytest.mark.parametrize(
    "change", ["update event set why = 'x'", "delete from event", "insert into event select * from event"]
)
def test_the_database_refuses_changes(book: Book, change: str) -> None:
    add(book)

    with pytest.raises(CasebookFailed), book.store.write() as con:
        con.execute(sa.text(change))
    assert book.events()[0].why == "走访"


@pytest.mark.parametrize("content", [{"x": float("nan")}, {"x": NOON}, {"x": "\ud800"}])
def test_what_both_databases_cannot_store_is_refused(book: Book, content: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="paper:1"):
        book.append([Draft("paper:1", "paper.entered", content, "x")], by="王", now=NOON)
    with pytest.raises(BadInput, match="why"):
        book.append([Draft("paper:1", "paper.entered", {}, "a\0b")], by="王", now=NOON)


def test_nothing_is_written_into_a_vintage(tmp_path: Path) -> None:
    (tmp_path / FROZEN).touch()

    with pytest.raises(HomeFailed):
        add(Book(Home(tmp_path)))
