"""Decisions at the quarantine desk: they are applied by the next run, survive it, and can be undone."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from tiny_zone import Built, TinyZone, code
from whole_job import STEPS

from service.decisions import quarantine
from warehouse.casebook.statements import Casebook, Statement
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.models import graph

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
CORE = 4
"""The steps as far as the core."""


def fill(folder: Path) -> TinyZone:
    zone = TinyZone(folder)
    zone.registry((1, "杭州甲乙科技有限公司"), (2, "杭州丙丁科技有限公司"))
    usual = {"name": "某企业", "total_income": 3000}
    zone.yearly(
        2025,
        {"uscc": 1, "revenue": 2000, "rd_hnte": 100, **usual},
        {"uscc": 2, "revenue": -500, "total_assets": -1, **usual},
    )
    return zone


@pytest.fixture
def zone(run_once: Callable[..., TinyZone]) -> TinyZone:
    """The zone, run as far as the core."""
    return run_once("decisions", fill, steps=CORE)


@pytest.fixture
def first(zone: TinyZone) -> Built:
    """The build of that run."""
    (path,) = zone.home.glob("builds/*.duckdb")
    return Built(path)


class Desk:
    """One person deciding on the rows of one build, which need not be published."""

    def __init__(self, zone: TinyZone, built: Built, why: str) -> None:
        self.home, self.release, self.why = Home(zone.home), built.path, why

    def accept(self, row: str) -> list[Statement]:
        return quarantine.accept(self.home, row, by="王某某", why=self.why, now=AT, release=self.release)

    def correct(self, row: str, field: str, value: str) -> list[Statement]:
        return quarantine.correct(self.home, row, field, value, by="王某某", why=self.why, now=AT, release=self.release)

    def reject(self, row: str) -> list[Statement]:
        return quarantine.reject(self.home, row, by="王某某", why=self.why, now=AT, release=self.release)

    def undo(self, number_or_row: str) -> list[Statement]:
        return quarantine.undo(self.home, number_or_row, by="王某某", why=self.why, now=AT)


def desk(zone: TinyZone, built: Built, why: str = "来电核实") -> Desk:
    return Desk(zone, built, why)


def waiting(built: Built) -> list[tuple[object, ...]]:
    return built.rows(
        "select rule_id, field from quarantine where severity in ('reject', 'quarantine')"
        " and decision is null order by 1"
    )


def row_of(built: Built) -> str:
    return str(built.value("select distinct address from quarantine where rule_id = 'A01'"))


def revenue(built: Built) -> dict[str, int]:
    return dict(built.rows("select firm_id, revenue_fen from core_firm__yearly order by 1"))  # type: ignore[arg-type]


def accounts_add_up(built: Built) -> bool:
    return bool(built.value("select bool_and(rows_read = rows_loaded + rows_quarantined) from accounts"))


def test_an_address_is_the_same_in_every_run(zone: TinyZone, first: Built) -> None:
    assert row_of(first) == row_of(zone.run(steps=CORE))


def test_an_accepted_finding_lets_the_row_in_only_when_no_other_rule_holds_it(zone: TinyZone, first: Built) -> None:
    row = row_of(first)
    assert waiting(first) == [("A01", "revenue"), ("U10", "total_assets")]

    desk(zone, first).accept(f"{row}/A01")
    second = zone.run(steps=CORE)
    assert waiting(second) == [("U10", "total_assets")]
    assert code(2) not in revenue(second)

    desk(zone, second).accept(row)
    third = zone.run(steps=CORE)
    assert waiting(third) == []
    assert revenue(third)[code(2)] == -500 * 100_000
    assert third.rows("select distinct decision from quarantine where rule_id in ('A01', 'U10')") == [("accepted",)]
    assert accounts_add_up(third)
    assert third.value("select sum(rows_accepted) from accounts") == 1


def test_a_corrected_cell_is_checked_again_and_says_so_without_a_name(zone: TinyZone, first: Built) -> None:
    row = row_of(first)
    desk(zone, first).correct(row, "revenue", "-7")
    desk(zone, first).correct(row, "total_assets", "900")

    second = zone.run(steps=CORE)
    assert waiting(second) == [("A01", "revenue")]
    assert second.value("select value from quarantine where rule_id = 'A01'") == "-7"

    (statement,) = desk(zone, second).correct(row, "revenue", "500")
    third = zone.run(steps=CORE)
    assert revenue(third)[code(2)] == 500 * 100_000
    assert third.rows("select original, value from correction where field = 'revenue'") == [("-500", "500")]
    (source,) = third.rows(f"select source from ({graph.sql_of('mart_firm__history')}) where firm_id = '{code(2)}'")[0]
    assert f"第 {statement.statement_id} 号决定更正" in str(source)
    assert f"corrected by decision {statement.statement_id}" in str(source)
    assert "王某某" not in str(source)
    untouched = third.rows(f"select source from ({graph.sql_of('mart_firm__history')}) where firm_id = '{code(1)}'")[0]
    assert "更正" not in str(untouched)
    assert accounts_add_up(third)


def test_a_corrected_code_is_checked_as_a_code(zone: TinyZone) -> None:
    zone.registry((1, "杭州甲乙科技有限公司"), (2, "杭州丙丁科技有限公司"), (3, "杭州戊己科技有限公司"), day="20260602")
    text = (zone.inbox / "登记信息_20260602.csv").read_text("utf-8-sig").replace(code(3), code(3)[:-1] + "I")
    (zone.inbox / "登记信息_20260602.csv").write_text(text, "utf-8-sig")
    first = zone.run(steps=CORE)
    row = str(first.value("select address from quarantine where rule_id = 'G01'"))

    desk(zone, first).correct(row, "uscc", code(3))

    again = zone.run(steps=CORE)
    assert again.value(f"select name from core_firm where firm_id = '{code(3)}'") == "杭州戊己科技有限公司"


def test_a_rejected_row_stays_out_and_no_longer_waits_even_if_no_rule_fires(zone: TinyZone, first: Built) -> None:
    good = str(first.value("select distinct delivery_id from stg_zone__yearly"))
    sheet, row_no = first.rows("select sheet, row_no from stg_zone__yearly")[0]
    desk(zone, first).reject(row_of(first))
    desk(zone, first, "重复报送").reject(f"zone__yearly/{good}/{sheet}/{row_no}")

    second = zone.run(steps=CORE)

    assert waiting(second) == []
    assert revenue(second) == {}
    assert second.value("select sum(rows_rejected) from accounts") == 2
    assert accounts_add_up(second)


def test_nothing_is_decided_on_a_rejected_row_until_the_rejection_is_undone(zone: TinyZone, first: Built) -> None:
    row, before = row_of(first), waiting(first)
    (statement,) = desk(zone, first).reject(row)

    with pytest.raises(BadInput, match=f"undo {statement.statement_id}"):
        desk(zone, first).accept(row)

    desk(zone, first).undo(str(statement.statement_id))
    with pytest.raises(BadInput):
        desk(zone, first).undo(str(statement.statement_id))
    assert waiting(zone.run(steps=CORE)) == before


def test_a_restated_delivery_inherits_nothing_but_says_it_was_decided_before(zone: TinyZone, first: Built) -> None:
    statements = desk(zone, first).accept(row_of(first))
    zone.yearly(2025, {"uscc": 2, "revenue": -400, "total_income": 3000}, note="更正")

    second = zone.run(steps=CORE)

    assert second.rows(
        "select rule_id, decision, decided_before from quarantine where value = '-400' and rule_id = 'A01'"
    ) == [("A01", None, max(statement.statement_id for statement in statements))]


def test_a_decision_whose_row_is_gone_is_reported_and_changes_nothing(zone: TinyZone, first: Built) -> None:
    before = revenue(first)
    Casebook(Home(zone.home)).record(
        "quarantine_correct", "zone__yearly/0000/Sheet1/9/revenue", {"value": "1"}, by="王", why="x", now=AT
    )
    second = zone.run(steps=CORE)

    assert second.rows("select decision, is_gone from decision") == [("corrected", True)]
    assert revenue(second) == before


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("accept", "zone__yearly"),
        ("accept", "zone__yearly/x/Sheet1/4"),
        ("reject", "zone__yearly/x/Sheet1/4"),
        ("reject", "no_feed/x/Sheet1/4"),
        ("undo", "77"),
        ("undo", "zone__yearly/x/Sheet1/4"),
    ],
)
def test_a_decision_on_nothing_is_bad_input(zone: TinyZone, first: Built, act: str, words: str) -> None:
    with pytest.raises(BadInput):
        getattr(desk(zone, first), act)(words)


def test_a_cell_is_corrected_only_in_a_column_of_the_feed_with_name_and_reason(zone: TinyZone, first: Built) -> None:
    with pytest.raises(BadInput, match="revenue"):
        desk(zone, first).correct(row_of(first), 'revenue" = 1; --', "1")
    with pytest.raises(BadInput, match="--why"):
        desk(zone, first, why=" ").correct(row_of(first), "revenue", "1")


def test_a_row_whose_columns_are_not_sure_can_only_be_rejected(zone: TinyZone) -> None:
    with xlsxwriter.Workbook(zone.inbox / "登记信息_20260603.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["统一社会信用代码", "企业名称", "成立日期", "登记状态"])
        for number in (3, 4, 5):
            sheet.write_row(number - 2, 0, [code(number), f"杭州庚辛{number}", "2015-01-01", "存续"])
        sheet.write(3, 4, "多")  # a cell beyond the head
    built = zone.run(steps=CORE)
    row = str(built.value("select address from quarantine where rule_id = 'F03'"))
    for act in (lambda: desk(zone, built).accept(row), lambda: desk(zone, built).correct(row, "name", "x")):
        with pytest.raises(BadInput):
            act()
    desk(zone, built).reject(row)

    again = zone.run(steps=CORE)
    assert again.value("select decision from quarantine where rule_id = 'F03'") == "rejected"
    assert accounts_add_up(again)


def test_the_whole_job_publishes_with_decisions(zone: TinyZone, first: Built) -> None:
    desk(zone, first).correct(row_of(first), "revenue", "500")

    built = zone.run(steps=len(STEPS) - 1)

    assert built.value("select rows_decided from mart_run__freshness where feed = 'zone__yearly'") == 1
