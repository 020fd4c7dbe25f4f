"""What people do on cases reaches the next run: corrections, applications, owners.

That a part knows it as a whole run does: ``test_decision_links``.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tiny_zone import TinyZone
from whole_job import run_steps
from work_zone import NOW, assert_a_changed_proof_is_a_problem, by, events, fill, firm, home_of, pdf

from flows.terminal.contest_sheet import lines
from service.decisions import applications, assignments, case_undo, contests, quarantine
from service.decisions.assignments import Officers
from service.decisions.contests import Claim
from service.queries import evidence, movement
from service.queries.contest_sheet import sheet
from service.queries.due import due
from service.queries.mover_filters import Filters
from warehouse.casebook import proofs
from warehouse.casebook.book import Book
from warehouse.casebook.events import name_of
from warehouse.casebook.folds import application, contest
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("append-only")
TODAY = NOW.date()
CLAIM = Claim(firm(), "revenue_y0", "5200万元")
NEGATIVE = Claim(firm(2), "revenue_y0", "-1千元")
"""A revenue that no row may have."""
RESTATED = Claim(firm(2), "revenue_y0", "6000万元")
"""Of a row that is restated before it is decided."""
FACTS = 5
"""Steps after which a run has made facts of what was decided."""


@pytest.fixture
def zone(run_once: Callable[..., TinyZone]) -> TinyZone:
    """Three firms with a release."""
    return run_once("three-firms", fill)


@pytest.fixture
def home(zone: TinyZone) -> Home:
    return home_of(zone)


def revenue(home: Home) -> Any:
    facts = Published(home).rows("select revenue_fen_y0 from core_firm__facts where firm_id = $1", [firm()])
    return {row["revenue_fen_y0"] for row in facts}


def raised(home: Home, folder: Path, claim: Claim = CLAIM, **more: Any) -> str:
    return contests.add(home, claim, [pdf(folder)], by(**more)).name


def rules_of(findings: Any) -> list[tuple[str, str]]:
    return [(finding["rule_id"], finding["field_word"]) for finding in findings]


def contested(home: Home) -> set[str]:
    """The conditions of the firm that are marked as contested."""
    verdicts = evidence.of_home(home, firm(), None, None)["verdicts"]
    return {c["condition_id"] for verdict in verdicts for c in verdict["conditions"] if c["contest"]}


def test_what_would_change_is_worked_out_before_anything_is_sent(home: Home) -> None:
    answer = contests.preview(home, CLAIM)

    assert (answer["value_before"], answer["value"]) == ("2000", "52000")  # 千元, the unit of the file
    assert answer["cell"].endswith("/revenue")
    assert all(effect["before"] != effect["after"] for effect in answer["effects"])
    assert answer["kept_out"] == []

    waits = contests.preview(home, NEGATIVE)
    assert (waits["effects"], rules_of(waits["kept_out"])) == ([], [("A01", "营业收入")])
    assert "请对照原件改正" in waits["kept_out"][0]["message_zh"]
    assert events(home) == []


def test_a_declined_contest_changes_nothing_and_says_why(home: Home, tmp_path: Path) -> None:
    number = raised(home, tmp_path)
    with pytest.raises(BadInput):
        contests.decline(home, number, by("李", why=" "))

    contests.decline(home, number, by("李", why="证明与主张不符"))

    (answer,) = sheet(home, firm(), TODAY)["contests"]
    assert (answer["state"], answer["decided_why"], answer["correction"]) == ("declined", "证明与主张不符", None)
    for decide in (contests.accept, contests.decline):
        with pytest.raises(BadInput):
            decide(home, number, by("李"))


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Claim(firm(), "revenue_y0", "很多"), "revenue_y0"),
        (Claim(firm(), "no_such_fact", "1"), "no_such_fact"),
        (Claim(firm(), "revenue_cagr_3y", "1"), "revenue_cagr_3y"),
        (Claim(firm(3), "revenue_y0", "5200万元"), "上年营业收入"),  # nothing was delivered of it
        (Claim(firm(), "revenue_y0", "5200万元", row="zone__yearly/a/b/1"), "--row"),
    ],
)
def test_what_is_read_from_no_cell_cannot_be_contested(home: Home, tmp_path: Path, claim: Claim, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        contests.add(home, claim, [pdf(tmp_path)], by())
    assert events(home) == []


def test_a_figure_is_contested_once_at_a_time_and_the_same_form_once(home: Home, tmp_path: Path) -> None:
    first = raised(home, tmp_path, request="f1")
    assert raised(home, tmp_path, request="f1") == first
    with pytest.raises(BadInput, match=first):
        raised(home, tmp_path)

    contests.decline(home, first, by("李"))
    assert raised(home, tmp_path) != first


def test_a_contest_of_a_rejected_row_cannot_be_accepted(home: Home, tmp_path: Path) -> None:
    number = raised(home, tmp_path)
    row = Book(home).rows(contest.TABLE)[0]["cell"].rpartition("/")[0]
    quarantine.reject(home, row, by="李", why="重复", now=NOW)
    with pytest.raises(BadInput):
        contests.accept(home, number, by("李"))
    assert Book(home).rows(contest.TABLE)[0]["state"] == "open"


def filed(home: Home, number: int, days_ago: int) -> str:
    """The number of an application of the firm of this number, filed so many days ago."""
    application_of = applications.open_(home, firm(number), "hnte", by()).name
    applications.file(home, application_of, TODAY - timedelta(days=days_ago), f"GQ-{number}", by())
    return application_of


def contests_of(home: Home) -> dict[str, str]:
    """Where contests stand, by their number."""
    return {name_of(row["stream"]): row["state"] for row in Book(home).rows(contest.TABLE)}


def states(home: Home) -> dict[str, str]:
    """Where applications stand, by the firm."""
    return {row["firm_id"]: row["state"] for row in Book(home).rows(application.TABLE)}


def assert_owners_are_in_the_movers_and_in_what_is_due(home: Home) -> None:
    def named(owner: str) -> list[str]:
        return [row["firm_id"] for row in movement.flat(home, Filters(owner=owner))]

    assert (named("王"), named("李"), named("钱"), named("孙")) == ([firm()], [firm()], [firm(2)], [])
    (mover,) = movement.answer(home, Filters(owner="王"))
    assert (mover["owner"], mover["acting"]) == ("王", "李")
    assert {row["firm_id"] for row in due(home, 4000, owner="李").rows} <= {firm()}
    with pytest.raises(BadInput, match="钱"):
        due(home, 60, owner="孙")


def assert_a_filed_application_is_known(home: Home) -> None:
    query = "select is_applied, applied_on from core_firm__applications where firm_id = $1 and designation = 'hnte'"
    (row,) = Published(home).rows(query, [firm()])
    assert (row["is_applied"], row["applied_on"]) == (True, TODAY - timedelta(days=20))


def assert_the_correction_is_counted_and_named(home: Home, correction: int, effects: Any) -> None:
    assert 5200 * 10**6 in revenue(home)
    assert contested(home) == set()
    (answer,) = sheet(home, firm(), TODAY)["contests"]
    assert (answer["state"], answer["correction"], answer["is_counted"]) == ("accepted", correction, True)
    assert (answer["decided_why"], answer["effects"]) == ("审计报告属实", effects)
    verdicts = evidence.of_home(home, firm(), None, None)["verdicts"]
    conditions = [condition for verdict in verdicts for condition in verdict["conditions"]]
    assert correction in [source["statement_id"] for condition in conditions for source in condition["sources"]]


def test_work_on_cases_reaches_the_runs_that_follow(zone: TinyZone, home: Home, tmp_path: Path) -> None:
    """A contest is raised, accepted and undone, and one of a row that is restated since cannot be accepted.

    An application is closed by a list; owners are in the lists.
    """
    number = raised(home, tmp_path)
    (row,) = Book(home).rows(contest.TABLE)
    assert (row["state"], row["due_on"], proofs.is_intact(home, row["proofs"][0]["sha256"])) == (
        "open", "2026-07-07", True,
    )  # fmt: skip
    assert_a_changed_proof_is_a_problem(home, row["proofs"][0])
    before, restated = revenue(home), raised(home, tmp_path, RESTATED)
    zone.yearly(2025, {"uscc": 2, "name": "某企业", "revenue": 2100, "total_income": 3000}, note="_更正")
    filed(home, 1, days_ago=20)
    assignments.assign(home, firm(), Officers("王", "赵"), by())
    assignments.assign(home, firm(2), Officers("钱"), by())
    assignments.take_leave(home, "王", TODAY - timedelta(days=1), TODAY, "李", by())
    zone.recognition("高新技术企业名单", "2025-12-01", "公告", ("杭州第2号科技有限公司",))
    run_steps(zone.home, zone.inbox)

    assert revenue(home) == before  # contested is not changed
    assert contested(home)
    assert_owners_are_in_the_movers_and_in_what_is_due(home)
    assert_a_filed_application_is_known(home)
    filed(home, 2, days_ago=0)
    assert applications.close_by_lists(home, NOW) == []  # the list came before the filing
    assert states(home) == {firm(): "filed", firm(2): "filed"}
    with pytest.raises(BadInput, match=restated):
        contests.accept(home, restated, by("李"))
    assert contests_of(home) == {number: "open", restated: "open"}

    accepted, correction = contests.accept(home, number, by("李", why="审计报告属实"))
    (answer,) = sheet(home, firm(), TODAY)["contests"]
    assert (answer["standing"], answer["is_counted"]) == ("next_run", False)
    other = raised(home, tmp_path, NEGATIVE)
    assert rules_of(contests.kept_out(home, other)) == [("A01", "营业收入")]
    contests.accept(home, other, by("李", why="审计报告属实"))
    certificate = ("杭州第1号科技有限公司", "GR202633000001")
    zone.recognition("高新技术企业名单", "2026-06-25", "公告", certificate, head=("企业名称", "证书编号"))
    run_steps(zone.home, zone.inbox)

    assert_the_correction_is_counted_and_named(home, correction.seq, row["effects"])
    answer = sheet(home, firm(2), TODAY)
    (decided,) = (entry for entry in answer["contests"] if entry["state"] == "accepted")
    assert (decided["standing"], decided["is_counted"]) == ("waits", False)
    shown = "\n".join(lines(answer))
    assert "未计入" in shown
    assert "A01 营业收入" in shown
    assert "tidu quarantine accept zone__yearly/" in shown
    assert states(home) == {firm(): "granted", firm(2): "filed"}
    assert {row["firm_id"] for row in Book(home).rows(application.TABLE) if row["title_id"]} == {firm()}
    assert Book(home).events()[-1].by == "tidu"

    case_undo.undo(home, accepted.seq, by="李", why="看错了", now=NOW)
    undone = zone.run(steps=FACTS).rows(
        f"select distinct revenue_fen_y0 from core_firm__facts where firm_id = '{firm()}'"
    )
    assert {value for (value,) in undone} == before
    assert contests_of(home) == {number: "open", restated: "open", other: "accepted"}
