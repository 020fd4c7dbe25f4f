"""Steps of the pool on a release: what may be taken is kept, what may not is refused in words, an undo goes back."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from copied_homes import copy_home

from service.decisions import pool as decisions
from service.decisions.case_events import BothVersions
from service.decisions.signed import Signed
from service.queries.cases import pool as queries
from service.queries.cases.memberships import membership_of, memberships
from service.queries.cases.pool_situations import Act
from warehouse.casebook.book import Book
from warehouse.casebook.events import in_force
from warehouse.casebook.folds import membership
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("append-only")

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
DAY = date(2026, 7, 1)
ACT = Act("officer", DAY)
WRITER = Signed("王", "试", NOW)
NEAR = "near_miss,blocked"
REPORT = {"assessment_report": "2026-3"}


@pytest.fixture(scope="module")
def home(released: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy of the release for this module; each test takes firms of its own."""
    return copy_home(released, tmp_path_factory.mktemp("pool") / "home")


@pytest.fixture(scope="module")
def candidates(home: Home) -> list[str]:
    """Firms that do not hold the title and may still meet it, of known revenue and credit."""
    rows = Published(home).rows(
        "select firm_id from mart_firm__verdicts where designation = 'hnte' and is_selected and not is_closed"
        " and firm_id not in (select firm_id from core_firm__held inner join parameter using (day)"
        " where designation = 'hnte') and firm_id not in (select firm_id from mart_movers__signals"
        " where signal in ('near_miss', 'blocked')) and firm_id in (select firm_id from core_firm__facts"
        " inner join parameter using (day) where revenue_fen_y0 is not null and is_on_dishonesty_list = false)"
        " order by firm_id"
    )
    return [row["firm_id"] for row in rows]


@pytest.fixture
def firm(candidates: list[str]) -> str:
    """A firm that no other test takes."""
    return candidates.pop()


def _take(home: Home, firm: str, step: str, act: Act = ACT, writer: Signed = WRITER) -> Any:
    return decisions.take_step(home, firm, step, None if membership_of(home, firm).row else "hnte", act, writer)


def test_a_firm_enters_with_what_is_due_in_working_days(home: Home, firm: str) -> None:
    event = _take(home, firm, "enter")

    assert event.kind == membership.ENTERED
    assert event.content["due"] == {"serve": "2026-07-29", "update": "2027-05-31", "renew": "2029-07-01"}
    (row,) = [row for row in queries.members(home, DAY) if row["firm_id"] == firm]
    assert (row["state_zh"], row["next_zh"], row["due_on"], row["is_late"]) == (
        "在库",
        "走访服务",
        date(2026, 7, 29),
        False,
    )


def test_what_was_due_is_done_by_its_step_alone(home: Home, firm: str) -> None:
    _take(home, firm, "enter")
    event = _take(home, firm, "serve", Act("officer", date(2026, 7, 20)))

    # 9 working days in July, 21 in August, 22 in September (20 worked, 25 off), 8 to 16 October (1 to 7 off, 10 worked)
    assert event.content["due"] == {"serve": "2026-10-16", "update": "2027-05-31", "renew": "2029-07-01"}


def test_a_step_that_may_not_be_taken_is_refused_with_every_reason(home: Home, firm: str) -> None:
    _take(home, firm, "nominate")
    with pytest.raises(BadInput, match=r"目前“线索”.*统计员不能办理.*须公示满五个工作日.*缺《入库通知》") as refused:
        _take(home, firm, "admit", Act("statistician", DAY))
    assert "not now: " in str(refused.value)
    assert len(membership_of(home, firm).events) == 1


def test_the_whole_way_in_takes_its_papers_and_days(home: Home, firm: str) -> None:
    way = [
        ("apply", "self_evaluation"),
        ("screen", "check_record"),
        ("consult", "opinions"),
        ("review", "panel_minutes"),
        ("publicise", "public_notice"),
    ]
    for step, paper in way:
        _take(home, firm, step, Act("officer", DAY, {paper: "2026-1"}))
    notice = {"admission_notice": "2026-2"}
    with pytest.raises(BadInput, match="已过 4 个工作日"):
        _take(home, firm, "admit", Act("officer", date(2026, 7, 7), notice))
    event = _take(home, firm, "admit", Act("officer", date(2026, 7, 8), notice))

    assert (event.content["state"], event.content["papers"]) == ("in_pool", notice)
    assert [row["step"] for row in queries.history(home, firm, DAY)] == [*(step for step, _ in way), "admit"]


def test_a_firm_that_leaves_keeps_its_history_and_continues_when_it_returns(home: Home, firm: str) -> None:
    _take(home, firm, "enter")
    left = _take(home, firm, "remove", Act("officer", DAY, {"ground_proof": "2026-1"}, "moved_out"))
    assert left.kind == membership.LEFT
    assert firm not in {row["firm_id"] for row in queries.members(home, DAY)}
    assert firm in {row["firm_id"] for row in queries.members(home, DAY, state="removed")}

    back = _take(home, firm, "nominate")

    assert back.kind == membership.RETURNED
    assert [row["step"] for row in queries.history(home, firm, DAY)] == ["enter", "remove", "nominate"]
    row = membership_of(home, firm).row
    assert row is not None
    assert (row["entries"], row["ground"], row["designation"]) == (2, None, "hnte")


def test_an_assessment_starts_a_new_term(home: Home, firm: str) -> None:
    _take(home, firm, "enter")
    _take(home, firm, "warn", Act("director", date(2027, 7, 1), REPORT))
    event = _take(home, firm, "renew", Act("director", date(2027, 9, 1), REPORT))

    assert event.kind == membership.ASSESSED
    row = membership_of(home, firm).row
    assert row is not None
    assert (row["assessment"], row["term_from"], row["entered_on"]) == ("renew", date(2027, 9, 1), DAY)


def test_the_same_request_is_one_event(home: Home, firm: str) -> None:
    writer = Signed("王", "试", NOW, request=f"form-{firm}")

    first, again = (_take(home, firm, "enter", writer=writer) for _ in range(2))
    assert first == again
    assert len(membership_of(home, firm).events) == 1


def test_the_second_of_two_officers_sees_what_the_first_did(home: Home, firm: str) -> None:
    seen = _take(home, firm, "enter").version
    _take(home, firm, "serve", writer=Signed("李", "走访", NOW, version=seen))

    with pytest.raises(BothVersions) as conflict:
        _take(home, firm, "warn", Act("officer", DAY, REPORT), Signed("王", "不合格", NOW, version=seen))
    assert [(event.by, event.content["step"]) for event in conflict.value.events] == [("李", "serve")]


def test_only_the_newest_step_is_undone_and_once(home: Home, firm: str) -> None:
    first, second = _take(home, firm, "enter"), _take(home, firm, "serve")
    with pytest.raises(BadInput, match=f"先撤回第 {second.seq} 号"):
        decisions.undo(home, first.seq, WRITER)

    undone = decisions.undo(home, second.seq, WRITER)
    with pytest.raises(BadInput, match="已撤回"):
        decisions.undo(home, second.seq, WRITER)
    with pytest.raises(BadInput, match="本身是撤回"):
        decisions.undo(home, undone.seq, WRITER)
    with pytest.raises(BadInput, match="不是培育库的步骤"):
        decisions.undo(home, 10**9, WRITER)
    decisions.undo(home, first.seq, WRITER)

    assert membership_of(home, firm).row is None
    assert _take(home, firm, "enter").version == 5


def test_a_list_enters_at_once_and_again_writes_nothing(home: Home) -> None:
    writer = Signed("王", "可冲刺", NOW, request="list-1")
    taken = decisions.take_all(home, NEAR, "hnte", ACT, writer)
    events = len(Book(home).events())
    again = decisions.take_all(home, NEAR, "hnte", ACT, writer)
    anew = decisions.take_all(home, NEAR, "hnte", ACT, WRITER)

    assert len(taken.events) > 2
    assert {event.content["signal"] for event in taken.events} == {NEAR}
    assert {event.seq for event in again.events} == {event.seq for event in taken.events}
    assert (anew.events, len(anew.refused)) == ([], len(taken.events) + len(taken.refused))
    assert all(entry.reasons for entry in anew.refused)
    assert len(Book(home).events()) == events


def test_the_derived_rows_are_those_of_all_events_folded_anew(home: Home, firm: str) -> None:
    _take(home, firm, "enter")
    rows = {row["firm_id"]: row for row in Book(home).rows(membership.TABLE)}

    anew = {firm_id: member for firm_id, member in memberships(home).items() if member.row}
    assert rows.keys() == anew.keys()
    for firm_id, member in anew.items():
        row = membership.fold(in_force(Book(home).events(stream=f"pool:{firm_id}")))
        assert row is not None
        assert {**rows[firm_id], **row} == rows[firm_id]
        assert member.row == row


def test_a_member_is_cultivated_for_one_title_at_a_time(home: Home, firm: str) -> None:
    _take(home, firm, "enter")

    with pytest.raises(BadInput, match="请先出库"):
        decisions.take_step(home, firm, "serve", "gazelle", ACT, WRITER)


def test_a_paper_day_role_or_state_that_is_not_there_is_refused_with_those_that_are(home: Home, firm: str) -> None:
    with pytest.raises(BadInput, match="--designation"):
        decisions.take_step(home, firm, "enter", None, ACT, WRITER)
    with pytest.raises(BadInput, match="没有材料 diploma；有 self_evaluation"):
        decisions.take_step(home, firm, "enter", "hnte", Act("officer", DAY, {"diploma": "1"}), WRITER)
    with pytest.raises(BadInput, match="2019-12-31 没有关于 培育库"):
        decisions.take_step(home, firm, "enter", "hnte", Act("officer", date(2019, 12, 31)), WRITER)
    with pytest.raises(BadInput, match="没有角色 clerk；有 officer"):
        decisions.take_step(home, firm, "enter", "hnte", Act("clerk", DAY), WRITER)
    with pytest.raises(BadInput, match="没有状态 asleep；有 lead"):
        queries.members(home, DAY, state="asleep")


def test_what_may_be_taken_is_answered_step_by_step(home: Home, firm: str) -> None:
    rows = {row["step"]: row for row in queries.answers(home, firm, None, "hnte", ACT)}

    assert rows.keys() == {row["step"] for row in queries.definition(home, DAY)}
    assert {step for step, row in rows.items() if row["may"]} == {"nominate", "enter"}
    assert [reason["need"] for reason in rows["serve"]["reasons"]] == ["state"]


def test_what_is_late_is_listed_apart(home: Home, firm: str) -> None:
    _take(home, firm, "enter")

    assert firm not in {row["firm_id"] for row in queries.members(home, date(2026, 7, 29), late=True)}
    assert firm in {row["firm_id"] for row in queries.members(home, date(2026, 7, 30), late=True)}


def test_a_full_disk_leaves_nothing_half(home: Home, candidates: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from warehouse.casebook import appending

    events = len(Book(home).events())
    monkeypatch.setattr(appending, "fold_streams", _fail)
    with pytest.raises(OSError, match="No space"):
        decisions.take_step(home, candidates[0], "nominate", "hnte", ACT, WRITER)

    assert len(Book(home).events()) == events
    assert membership_of(home, candidates[0]).row is None


def _fail(*_: object) -> None:
    raise OSError(28, "No space left on device", str(Path("casebook.db")))
