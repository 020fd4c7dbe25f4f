"""Any sequence of appends, conflicts, repeated requests and withdrawals: the book holds what a list would."""

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from warehouse.casebook.book import Book
from warehouse.casebook.events import Conflict, Draft, Event, in_force
from warehouse.casebook.verifying import verify
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
CONTENTS = st.dictionaries(TEXTS, st.none() | st.booleans() | st.integers() | TEXTS | st.lists(TEXTS), max_size=3)
DRAFTS = st.builds(
    Draft,
    stream=st.sampled_from(["note:1", "note:2", "note:%_'"]),
    kind=st.sampled_from(["note.written", "note.struck"]),
    content=CONTENTS,
    why=st.just("试"),
    version=st.none() | st.integers(0, 6),
    request=st.none() | st.sampled_from(["a", "b", "c"]),
    withdraws=st.none() | st.integers(1, 8),
)
BATCHES = st.lists(st.lists(DRAFTS, min_size=1, max_size=3), max_size=8)


@dataclass
class Model:
    """What the book should hold: a list, and the event of each request."""

    events: list[dict[str, Any]] = field(default_factory=list)

    def append(self, drafts: list[Draft]) -> list[int] | type[Exception]:
        """The numbers of the events of the drafts, or the error that leaves everything as it was."""
        before, added, numbers, counts = list(self.events), list(self.events), [], dict[str, int]()
        for draft in drafts:
            request = draft.request
            if request is not None:
                counts[request] = counts.get(request, 0) + 1
                request = request if counts[request] == 1 else f"{request}#{counts[request]}"
            earlier = next((event for event in added if request is not None and event["request"] == request), None)
            if earlier:
                numbers.append(earlier["seq"])
                continue
            if draft.version not in (None, sum(event["stream"] == draft.stream for event in before)):
                return Conflict
            if draft.withdraws and not any(
                (event["seq"], event["stream"]) == (draft.withdraws, draft.stream) for event in added
            ):
                return BadInput
            version = 1 + sum(event["stream"] == draft.stream for event in added)
            added.append({**vars(draft), "request": request, "seq": len(added) + 1, "version": version})
            numbers.append(len(added))
        self.events = added
        return numbers


def appended(book: Book, drafts: list[Draft], now: datetime) -> list[int] | type[Exception]:
    try:
        return [event.seq for event in book.append(drafts, by="王", now=now)]
    except BadInput as error:
        return type(error)


@examples(60)
@given(BATCHES)
def test_the_book_holds_what_a_list_would(batches: list[list[Draft]]) -> None:
    folder, model = Path(tempfile.mkdtemp()), Model()
    try:
        book = Book(Home(folder))
        for nth, drafts in enumerate(batches):
            assert appended(book, drafts, NOON - timedelta(days=nth)) == model.append(drafts)
        events = book.events()
        assert [{name: vars(event)[name] for name in wanted} for event, wanted in paired(events, model)] == model.events
        assert verify(book.store).problems == ()
        book.store.engine.dispose()
    finally:
        shutil.rmtree(folder)


def paired(events: list[Event], model: Model) -> list[tuple[Event, dict[str, Any]]]:
    return list(zip(events, model.events, strict=True))


@given(st.lists(st.none() | st.integers(0, 9), max_size=10))
def test_an_event_is_in_force_unless_one_in_force_withdraws_it(withdrawals: list[int | None]) -> None:
    events = [
        Event(
            seq, "note:1", seq, "note.written", {}, "王", "x", NOON, target if (target or 0) < seq else None, None, ""
        )
        for seq, target in enumerate(withdrawals, 1)
    ]

    def holds(event: Event) -> bool:
        return not any(later.withdraws == event.seq and holds(later) for later in events if later.seq > event.seq)

    assert in_force(events) == [event for event in events if event.withdraws is None and holds(event)]
