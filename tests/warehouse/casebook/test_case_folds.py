"""The rows of a case follow from its events alone: folded at once, step by step, or after a withdrawal."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.casebook.events import Event, in_force
from warehouse.casebook.folds import application, assignment, contest, leave, request, task, visit
from warehouse.casebook.folds.leave import acting

pytestmark = pytest.mark.rule("append-only")

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
FIRM = "91330106MA01000169"
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31)).map(date.isoformat)
WORDS = st.text(min_size=1, max_size=12)


def event(seq: int, stream: str, kind: str, content: Mapping[str, Any], **more: Any) -> Event:
    return Event(
        seq, stream, seq, kind, dict(content), more.get("by", "王"), "试", NOON, more.get("withdraws"), None, ""
    )


def events_of(stream: str, *kinds: tuple[str, Mapping[str, Any]]) -> list[Event]:
    return [event(seq, stream, kind, content) for seq, (kind, content) in enumerate(kinds, 1)]


VISIT = {"firm": FIRM, "visited_on": "2026-06-30", "note": "看了车间", "next_on": None}
VISIT |= {"ours": [{"what": "送政策包", "by_on": "2026-07-10"}, {"what": "约银行", "by_on": None}], "theirs": []}
REQUEST = {"firm": FIRM, "what": "要厂房", "topic": "载体", "raised_on": "2026-06-30", "due_on": "2026-07-07"}
TASK = {"firm": FIRM, "what": "备材料", "start_by": "2026-07-01", "due_on": "2026-08-01"}
APPLICATION = {"firm": FIRM, "designation": "hnte", "period": "2026-1", "papers": ["申请书", "审计报告"]}
CONTEST: dict[str, Any] = {
    "firm": FIRM, "fact": "revenue_fen_y0", "claimed": "5200万元", "cell": "zone__yearly/a/Sheet1/4/revenue",
    "value": "52000", "value_before": "5200", "proofs": [], "effects": [], "run_id": "r", "raised_on": "2026-06-30",
    "due_on": "2026-07-07",
}  # fmt: skip


def test_a_kept_promise_of_a_visit_is_that_of_its_side_and_place() -> None:
    kept = {"firm": FIRM, "side": "ours", "number": 2, "on": "2026-07-03"}

    row = visit.fold(events_of("visit:1", (visit.RECORDED, VISIT), (visit.KEPT, kept)))

    assert row is not None
    assert [promise["kept_on"] for promise in row["ours"]] == [None, "2026-07-03"]
    assert (row["firm_id"], row["theirs"], row["recorded_by"]) == (FIRM, [], "王")


def test_a_request_is_open_answered_closed() -> None:
    answered = (request.ANSWERED, {"answer": "已联系", "on": "2026-07-01"})
    closed = (request.CLOSED, {"result": "solved", "on": "2026-07-02"})

    states = [
        row["state"]
        for number in (1, 2, 3)
        if (row := request.fold(events_of("request:1", (request.RAISED, REQUEST), answered, closed)[:number]))
    ]
    assert states == ["open", "answered", "closed"]


def test_a_task_is_postponed_and_ends() -> None:
    postponed = (task.POSTPONED, {"start_by": None, "due_on": "2026-09-01"})
    done = (task.DONE, {"outcome": "已交", "on": "2026-08-30"})

    row = task.fold(events_of("task:1", (task.ADDED, TASK), postponed, done))

    assert row is not None
    assert (row["start_by"], row["due_on"], row["state"], row["outcome"]) == (None, "2026-09-01", "done", "已交")


def test_an_application_knows_its_papers_receipt_and_result() -> None:
    ready = (application.READY, {"number": 1, "on": "2026-07-01"})
    filed = (application.FILED, {"on": "2026-07-20", "receipt": "GR-1"})
    decided = (application.DECIDED, {"result": "granted", "on": "2026-12-01", "title_id": "t"})

    row = application.fold(events_of("application:1", (application.OPENED, APPLICATION), ready, filed, decided))

    assert row is not None
    assert row["papers"] == [{"name": "申请书", "ready_on": "2026-07-01"}, {"name": "审计报告", "ready_on": None}]
    assert (row["receipt"], row["filed_on"], row["state"], row["title_id"]) == ("GR-1", "2026-07-20", "granted", "t")


def test_a_contest_keeps_who_raised_and_who_decided() -> None:
    events = events_of("contest:1", (contest.RAISED, CONTEST))
    events.append(event(2, "contest:1", contest.DECLINED, {"on": "2026-07-02"}, by="李"))

    row = contest.fold(events)

    assert row is not None
    assert (row["raised_by"], row["decided_by"], row["state"], row["decided_why"]) == ("王", "李", "declined", "试")


def test_a_firm_has_the_owner_of_the_newest_event_and_none_after_the_end() -> None:
    made = (assignment.MADE, {"firm": FIRM, "owner": "王", "deputy": None, "since": "2026-01-01"})
    over = {"firm": FIRM, "owner": "李", "deputy": "赵", "since": "2026-02-01", "former_owner": "王"}
    events = events_of("assignment:x", made, (assignment.HANDED_OVER, over), (assignment.ENDED, {"firm": FIRM}))

    assert [(row or {}).get("owner") for row in (assignment.fold(events[:n]) for n in (1, 2, 3))] == ["王", "李", None]
    assert assignment.fold([]) is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-12-27", "王"),
        ("2026-12-28", "李"),
        ("2026-12-31", "李"),
        ("2027-01-01", "李"),  # over the edge of the year
        ("2027-01-02", "赵"),  # the deputy of the leave is on leave too
        ("2027-01-03", None),  # so is the deputy of the firm
        ("2027-01-04", "王"),
    ],
)
def test_a_deputy_acts_during_a_leave_over_the_edge_of_a_year(day: str, expected: str | None) -> None:
    periods = {"王": ("2026-12-28", "2027-01-03", "李"), "李": ("2027-01-02", "2027-01-03", "钱")}
    periods |= {"赵": ("2027-01-03", "2027-01-05", "孙")}
    leaves = [
        leave.fold(events_of(f"leave:{officer}", (leave.TAKEN, taken_by(officer, *period))))
        for officer, period in periods.items()
    ]

    owned: Mapping[str, str | None] = {"owner": "王", "deputy": "赵"}
    assert acting(owned, [row for row in leaves if row], date.fromisoformat(day)) == expected


def taken_by(officer: str, first: str, last: str, deputy: str) -> dict[str, str]:
    return {"officer": officer, "first_on": first, "last_on": last, "deputy": deputy}


def test_a_leave_can_end_early() -> None:
    taken = (leave.TAKEN, taken_by("王", "2026-07-01", "2026-07-31", "李"))
    row = leave.fold(events_of("leave:王", taken, (leave.ENDED, {"taken": 1, "last_on": "2026-07-10"})))

    assert row is not None
    assert acting({"owner": "王", "deputy": None}, [row], date(2026, 7, 11)) == "王"


def test_what_is_opened_by_a_withdrawn_event_is_not_there() -> None:
    assert request.fold(in_force(events_of("request:1", (request.RAISED, REQUEST)))) is not None
    withdrawn = event(2, "request:1", request.RAISED, {}, withdraws=1)

    assert request.fold(in_force([*events_of("request:1", (request.RAISED, REQUEST)), withdrawn])) is None


CHANGES: dict[Any, tuple[tuple[str, Mapping[str, Any]], list[st.SearchStrategy[tuple[str, dict[str, Any]]]]]] = {
    visit: (
        (visit.RECORDED, VISIT),
        [
            st.builds(
                lambda on, number: (visit.KEPT, {"side": "ours", "number": number, "on": on}), DAYS, st.integers(1, 2)
            )
        ],
    ),
    request: (
        (request.RAISED, REQUEST),
        [
            st.builds(lambda on, answer: (request.ANSWERED, {"on": on, "answer": answer}), DAYS, WORDS),
            st.builds(lambda on: (request.CLOSED, {"on": on, "result": "solved"}), DAYS),
        ],
    ),
    task: (
        (task.ADDED, TASK),
        [
            st.builds(lambda on, outcome: (task.DONE, {"on": on, "outcome": outcome}), DAYS, WORDS),
            st.builds(lambda on: (task.POSTPONED, {"start_by": None, "due_on": on}), DAYS),
        ],
    ),
    application: (
        (application.OPENED, APPLICATION),
        [
            st.builds(lambda on, number: (application.READY, {"number": number, "on": on}), DAYS, st.integers(1, 2)),
            st.builds(lambda on, receipt: (application.FILED, {"on": on, "receipt": receipt}), DAYS, WORDS),
        ],
    ),
}


@pytest.mark.parametrize("fold", CHANGES, ids=lambda fold: fold.PREFIX)
@given(data=st.data())
def test_a_withdrawn_change_leaves_the_row_of_the_others(fold: Any, data: st.DataObject) -> None:
    opening, kinds = CHANGES[fold]
    changes = data.draw(st.lists(st.one_of(kinds), min_size=1, max_size=6))
    events = events_of(f"{fold.PREFIX}1", opening, *changes)
    place = data.draw(st.integers(1, len(changes)))
    undone = event(len(events) + 1, f"{fold.PREFIX}1", "any", {}, withdraws=events[place].seq)

    without = [other for other in events if other is not events[place]]
    assert fold.fold(in_force([*events, undone])) == fold.fold(without)
    assert fold.fold(events) == fold.fold(list(events))  # nothing is kept between two folds
    row = fold.fold(events)
    assert row is not None
    assert set(row) == set(fold.TABLE.c.keys()[3:])


@given(st.lists(st.sampled_from(["王", "李", "赵"]), min_size=1, max_size=8))
def test_the_owner_is_the_last_that_was_named(officers: list[str]) -> None:
    number = count(1)
    content = {"firm": FIRM, "deputy": None, "since": "2026-01-01"}
    made = [event(next(number), "assignment:x", assignment.MADE, {**content, "owner": owner}) for owner in officers]

    row = assignment.fold(made)
    assert row is not None
    assert row["owner"] == officers[-1]
