"""Which firm an event is about: named by its stream, or by an event of its stream; none by accounts and statements."""

from datetime import UTC, datetime

import pytest

from warehouse.casebook.events import Event
from warehouse.casebook.folds import service
from warehouse.release.firm_events import firms_of, is_about_firms

pytestmark = pytest.mark.rule("append-only")

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def event(seq: int, stream: str, kind: str, **content: object) -> Event:
    return Event(seq, stream, 1, kind, content, "王", "x", NOON, None, None, "")


def test_the_firms_of_a_stream_are_those_of_its_name_or_of_events_that_name_them() -> None:
    events = [
        event(1, "pool:91330106MA01000169", "pool.entered", pool="gazelle"),
        event(2, "visit:a", "visit.recorded", firm="F1"),
        event(3, "visit:a", "visit.kept", side="ours"),
        event(4, "service:b", service.GIVEN, firm_id="F2"),
        event(5, "leave:c", "leave.taken", by="王", firms=["F3", "F4"]),
        event(6, "leave:d", "leave.taken", by="王"),
        event(7, "name_join:name:甲", "name_join", firm="F3"),
    ]

    assert firms_of(events) == {
        "pool:91330106MA01000169": {"91330106MA01000169"},
        "visit:a": {"F1"},
        "service:b": {"F2"},
        "leave:c": {"F3", "F4"},
    }


def test_accounts_tokens_and_decisions_on_held_releases_change_no_figure() -> None:
    without = [
        ("account:a", "account.created"),
        ("token:a", "token.made"),
        ("delivery:a", "delivery.made"),
        ("release_accept:r", "release_accept"),
    ]

    assert [is_about_firms(event(1, stream, kind)) for stream, kind in without] == [False] * len(without)
    assert is_about_firms(event(1, "leave:c", "leave.taken"))
    assert is_about_firms(event(1, "threshold:x", "threshold"))
