"""Membership and services given fold from their events: purely, and the same whatever is withdrawn."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event, in_force
from warehouse.casebook.folds import membership, service
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

NOW = datetime(2026, 6, 30, 8, tzinfo=UTC)
STREAM = "pool:91330106MA01000231"


def _event(seq: int, kind: str, withdraws: int | None = None, **content: Any) -> Event:
    known = {"pool": "CN/2020", "designation": "gazelle", "step": "serve", "state": "in_pool", "phase": "service"}
    whole = {"on": f"2026-06-{seq:02}", **known, "due": {}, **content}
    return Event(seq, STREAM, seq, kind, whole, "王", "因", NOW, withdraws, None, "")


ENTERED = _event(1, membership.ENTERED, step="enter", due={"serve": "2026-07-28", "renew": "2029-06-01"})
SERVED = _event(2, membership.STEPPED, due={"serve": "2026-09-01", "renew": "2029-06-01"})
WATCHED = _event(3, membership.ASSESSED, step="warn", state="watch", phase="assessment", due={"renew": "2026-09-01"})
RENEWED = _event(4, membership.ASSESSED, step="renew", due={"serve": "2026-09-30"})
LEFT = _event(5, membership.LEFT, step="remove", state="removed", phase="exit", ground="moved_out")
RETURNED = _event(6, membership.RETURNED, step="nominate", state="lead", phase="entry", due={"apply": "2026-07-20"})


def _row(*events: Event) -> dict[str, Any]:
    row = membership.fold(events)
    assert row is not None
    return row


def test_a_firm_that_never_entered_has_no_row() -> None:
    assert membership.fold([]) is None


def test_what_is_due_first_is_shown() -> None:
    row = _row(ENTERED, SERVED)

    assert (row["due_step"], row["due_on"]) == ("serve", date(2026, 9, 1))


def test_a_state_has_the_day_it_began() -> None:
    assert _row(ENTERED, SERVED)["since"] == date(2026, 6, 1)
    assert _row(ENTERED, SERVED, WATCHED)["since"] == date(2026, 6, 3)


def test_a_renewal_starts_a_new_term_and_a_warning_does_not() -> None:
    assert _row(ENTERED, SERVED, WATCHED)["term_from"] == date(2026, 6, 1)
    row = _row(ENTERED, SERVED, WATCHED, RENEWED)

    assert (row["term_from"], row["admitted_on"]) == (date(2026, 6, 4), date(2026, 6, 1))
    assert (row["assessed_on"], row["assessment"]) == (date(2026, 6, 4), "renew")


def test_a_firm_that_left_keeps_its_row_with_the_ground() -> None:
    row = _row(ENTERED, LEFT)

    assert (row["state"], row["left_on"], row["ground"]) == ("removed", date(2026, 6, 5), "moved_out")
    assert (row["due_step"], row["due_on"], row["entered_on"]) == (None, None, date(2026, 6, 1))


def test_a_firm_that_returns_continues_with_a_new_stay() -> None:
    row = _row(ENTERED, RENEWED, LEFT, RETURNED)

    assert (row["entries"], row["entered_on"], row["state"]) == (2, date(2026, 6, 6), "lead")
    assert [row[name] for name in (*membership.DAYS, "assessment", "ground")] == [None] * 6


def test_an_undo_gives_the_row_of_before() -> None:
    undone = _event(6, membership.WITHDRAWN, withdraws=5)

    assert membership.fold(in_force([ENTERED, SERVED, LEFT, undone])) == membership.fold([ENTERED, SERVED])
    assert membership.fold(in_force([ENTERED, _event(2, membership.WITHDRAWN, withdraws=1)])) is None


@given(kinds=st.lists(st.sampled_from([ENTERED, SERVED, WATCHED, RENEWED, LEFT, RETURNED]), max_size=12))
def test_undoing_the_newest_events_one_by_one_goes_back_the_same_way(kinds: Sequence[Event]) -> None:
    events = [Event(**{**vars(event), "seq": seq, "version": seq}) for seq, event in enumerate(kinds, 1)]
    rows = [membership.fold(events[:count]) for count in range(len(events) + 1)]

    book = list(events)
    for count in range(len(events), 0, -1):
        book.append(_event(len(book) + 1, membership.WITHDRAWN, withdraws=count))
        assert membership.fold(in_force(book)) == rows[count - 1]


def _given(seq: int, kind: str, **content: Any) -> Event:
    whole = {"on": f"2026-06-{seq:02}", "firm": "91330106MA01000231", "service": "rd_accounting", **content}
    return Event(seq, "service:a", seq, kind, whole, "王", "因", NOW, None, None, "")


def test_a_service_has_the_newest_outcome() -> None:
    outcomes = [_given(number, service.ASSESSED, outcome=name) for number, name in ((2, "open"), (3, "closed"))]
    events = [_given(1, service.GIVEN), *outcomes]
    row, first = service.fold(events), service.fold(events[:1])

    assert row is not None
    assert first is not None
    assert (row["given_on"], row["outcome"], row["outcome_on"]) == (date(2026, 6, 1), "closed", date(2026, 6, 3))
    assert (first["outcome"], first["outcome_on"], first["given_by"]) == (None, None, "王")


def test_an_outcome_of_a_withdrawn_service_is_no_row() -> None:
    assert service.fold([_given(2, service.ASSESSED, outcome="open")]) is None


@pytest.mark.parametrize("fold", [membership, service], ids=["membership", "service"])
def test_a_row_has_the_columns_of_its_table(fold: Any) -> None:
    row = membership.fold([ENTERED]) if fold is membership else service.fold([_given(1, service.GIVEN)])

    assert row is not None
    assert row.keys() | {"stream", "version", "seq"} == set(fold.TABLE.c.keys())


def test_the_migrated_tables_keep_the_rows(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    book = Book(Home(tmp_path))
    drafts = [Draft(STREAM, event.kind, event.content, "因") for event in (ENTERED, SERVED, LEFT, RETURNED)]
    services = (_given(1, service.GIVEN), _given(2, service.ASSESSED, outcome="open"))
    drafts += [Draft("service:a", event.kind, event.content, "因") for event in services]
    book.append(drafts, by="王", now=NOW + timedelta(days=1))

    (member,), (served,) = book.rows(membership.TABLE), book.rows(service.TABLE)

    assert member == {"stream": STREAM, "version": 4, "seq": 4, **_row(ENTERED, SERVED, LEFT, RETURNED)}
    assert (served["stream"], served["version"], served["outcome"]) == ("service:a", 2, "open")
