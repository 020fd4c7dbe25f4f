"""What people do on cases reaches the next run: corrections, applications, owners; the same in part as in whole."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tiny_zone import TinyZone
from whole_and_part import same, tables, whole_run
from whole_job import run_steps
from work_zone import NOW, by, events, fill, firm, home_of, pdf

from service.decisions import applications, assignments, case_undo, contests, quarantine
from service.decisions.assignments import Officers
from service.decisions.case_events import number_of
from service.decisions.contests import Claim
from service.queries import evidence, movement
from service.queries.contest_sheet import sheet
from service.queries.due import due
from service.queries.mover_filters import Filters
from warehouse.casebook import proofs
from warehouse.casebook.book import Book
from warehouse.casebook.folds import application, contest
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

TODAY = NOW.date()
CLAIM = Claim(firm(), "revenue_y0", "5200万元")


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
    return number_of(contests.add(home, claim, [pdf(folder)], by(**more)).stream)


def contested(home: Home) -> set[str]:
    """The conditions of the firm that are marked as contested."""
    verdicts = evidence.of_home(home, firm(), None, None)["verdicts"]
    return {c["condition_id"] for verdict in verdicts for c in verdict["conditions"] if c["contest"]}


def test_what_would_change_is_worked_out_before_anything_is_sent(home: Home) -> None:
    answer = contests.preview(home, CLAIM)

    assert (answer["value_before"], answer["value"]) == ("2000", "52000")  # 千元, the unit of the file
    assert answer["cell"].endswith("/revenue")
    assert all(effect["before"] != effect["after"] for effect in answer["effects"])
    assert events(home) == []


def test_an_accepted_contest_is_the_figure_of_the_next_run_and_its_source_names_the_correction(
    zone: TinyZone, home: Home, tmp_path: Path
) -> None:
    number = raised(home, tmp_path)
    (row,) = Book(home).rows(contest.TABLE)
    assert (row["state"], row["due_on"], proofs.is_intact(home, row["proofs"][0]["sha256"])) == (
        "open", "2026-07-07", True,
    )  # fmt: skip
    before = revenue(home)
    run_steps(zone.home, zone.inbox)
    assert revenue(home) == before  # contested is not changed
    assert contested(home)

    accepted, correction = contests.accept(home, number, by("李", why="审计报告属实"))
    assert sheet(home, firm(), TODAY)["contests"][0]["is_counted"] is False
    run_steps(zone.home, zone.inbox)

    assert 5200 * 10**6 in revenue(home)
    assert contested(home) == set()
    (answer,) = sheet(home, firm(), TODAY)["contests"]
    assert (answer["state"], answer["correction"], answer["is_counted"]) == ("accepted", correction.seq, True)
    assert (answer["decided_why"], answer["effects"]) == ("审计报告属实", row["effects"])
    sources = [
        source["statement_id"]
        for verdict in evidence.of_home(home, firm(), None, None)["verdicts"]
        for condition in verdict["conditions"]
        for source in condition["sources"]
    ]
    assert correction.seq in sources

    case_undo.undo(home, accepted.seq, by="李", why="看错了", now=NOW)
    run_steps(zone.home, zone.inbox)
    assert revenue(home) == before
    assert Book(home).rows(contest.TABLE)[0]["state"] == "open"


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
        (Claim(firm(2), "revenue_y0", "5200万元"), "revenue_y0"),  # nothing was delivered of it
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


def test_a_contest_of_a_rejected_row_and_of_one_restated_since_cannot_be_accepted(
    zone: TinyZone, home: Home, tmp_path: Path
) -> None:
    number = raised(home, tmp_path)
    row = Book(home).rows(contest.TABLE)[0]["cell"].rpartition("/")[0]
    rejected = quarantine.reject(home, row, by="李", why="重复", now=NOW)
    with pytest.raises(BadInput):
        contests.accept(home, number, by("李"))
    quarantine.undo(home, str(rejected[0].statement_id), by="李", why="误", now=NOW)

    zone.yearly(2025, {"uscc": 1, "revenue": 3000, "rd_hnte": 100, "total_income": 3000}, note="_更正")
    run_steps(zone.home, zone.inbox)
    with pytest.raises(BadInput):
        contests.accept(home, number, by("李"))
    assert Book(home).rows(contest.TABLE)[0]["state"] == "open"


def test_owners_are_in_the_movers_and_in_what_is_due(zone: TinyZone, home: Home) -> None:
    assignments.assign(home, firm(), Officers("王", "赵"), by())
    assignments.assign(home, firm(2), Officers("钱"), by())
    assignments.take_leave(home, "王", TODAY - timedelta(days=1), TODAY, "李", by())
    run_steps(zone.home, zone.inbox)

    def named(owner: str) -> list[str]:
        return [row["firm_id"] for row in movement.flat(home, Filters(owner=owner))]

    assert (named("王"), named("李"), named("钱"), named("孙")) == ([firm()], [firm()], [firm(2)], [])
    (mover,) = movement.answer(home, Filters(owner="王"))
    assert (mover["owner"], mover["acting"]) == ("王", "李")
    assert {row["firm_id"] for row in due(home, 4000, owner="李").rows} <= {firm()}
    with pytest.raises(BadInput, match="钱"):
        due(home, 60, owner="孙")


def test_a_filed_application_is_known_to_the_next_run_and_closed_by_a_list(zone: TinyZone, home: Home) -> None:
    number = number_of(applications.open_(home, firm(), "hnte", by()).stream)
    applications.file(home, number, TODAY - timedelta(days=20), "GQ-1", by())
    run_steps(zone.home, zone.inbox)

    query = "select is_applied, applied_on from core_firm__applications where firm_id = $1 and designation = 'hnte'"
    (row,) = Published(home).rows(query, [firm()])
    assert (row["is_applied"], row["applied_on"]) == (True, TODAY - timedelta(days=20))
    assert Book(home).rows(application.TABLE)[0]["state"] == "filed"

    zone.recognition(
        "高新技术企业名单",
        "2026-06-25",
        "公告",
        ("杭州第1号科技有限公司", "GR202633000001"),
        head=("企业名称", "证书编号"),
    )
    run_steps(zone.home, zone.inbox)

    (row,) = Book(home).rows(application.TABLE)
    assert (row["state"], bool(row["title_id"])) == ("granted", True)
    assert Book(home).events()[-1].by == "tidu"


def test_a_list_before_the_filing_closes_nothing(zone: TinyZone, home: Home) -> None:
    zone.recognition("高新技术企业名单", "2025-12-01", "公告", ("杭州第1号科技有限公司",))
    run_steps(zone.home, zone.inbox)
    number = number_of(applications.open_(home, firm(), "hnte", by()).stream)
    applications.file(home, number, TODAY, "GQ-1", by())

    assert applications.close_by_lists(home, NOW) == []


def test_work_on_cases_is_a_part_and_gives_the_tables_of_a_whole_run(
    tiny: TinyZone, tmp_path: Path, merged: list[Path]
) -> None:
    home = home_of(tiny)
    first = assignments.assign(home, firm(15), Officers("王"), by())
    assignments.assign(home, firm(16), Officers("钱"), by())
    number = number_of(applications.open_(home, firm(16), "hnte", by()).stream)
    applications.file(home, number, TODAY, "GQ-1", by())
    raised(home, tmp_path, Claim(firm(15), "revenue_y0", "5200万元"))
    run_steps(tiny.home, tiny.inbox)

    assert len(merged) == 1
    same(tables(tiny.home), whole_run(tiny.home, tmp_path / "worked", tiny.inbox, buckets=2))

    assignments.take_leave(home, "钱", TODAY, TODAY, "李", by())
    case_undo.undo(home, first.seq, by="王", why="误", now=datetime(2026, 7, 1, tzinfo=UTC))
    run_steps(tiny.home, tiny.inbox)

    assert len(merged) == 2
    same(tables(tiny.home), whole_run(tiny.home, tmp_path / "undone", tiny.inbox))
    owners = Published(home).rows("select firm_id, officer, acting from mart_movers__firms where officer is not null")
    assert [(row["firm_id"], row["officer"], row["acting"]) for row in owners] == [(firm(16), "钱", "李")]
