"""Decisions at the quarantine desk: they are applied by the next run, survive it, and can be undone."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from tiny_zone import Built, TinyZone, code
from whole_job import STEPS

from service.decisions import quarantine
from service.queries.release.provenance import source_text, sources_of
from warehouse.casebook.statements import Casebook, Statement
from warehouse.database.build import Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.desk.desk import ZoneSnapshot

pytestmark = pytest.mark.rule("append-only")

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
CORE = 4
"""The steps as far as the core."""


NOT_DUE, BOTH, CELL, OUT, SOUND, UNDONE, RESTATED, CODE = range(1, 9)
"""Firms by what is decided about their rows; the first has a row that nobody decides about."""


def fill(folder: Path) -> TinyZone:
    zone = TinyZone(folder)
    zone.registry(*((number, f"杭州甲乙{number}科技有限公司") for number in range(NOT_DUE, CODE)))
    usual = {"name": "某企业", "total_income": 3000}
    sound = [{"uscc": number, "revenue": 2000, "rd_hnte": 100, **usual} for number in (NOT_DUE, SOUND)]
    bad = (BOTH, CELL, OUT, UNDONE, RESTATED)
    zone.yearly(2025, *sound, *({"uscc": n, "revenue": -500, "total_assets": -1, **usual} for n in bad))
    _a_wrong_code(zone)
    _columns_that_are_not_sure(zone)
    return zone


def _a_wrong_code(zone: TinyZone) -> None:
    zone.registry((CODE, "杭州戊己科技有限公司"), day="20260602")
    path = zone.inbox / "登记信息_20260602.csv"
    path.write_text(path.read_text("utf-8-sig").replace(code(CODE), code(CODE)[:-1] + "I"), "utf-8-sig")


def _columns_that_are_not_sure(zone: TinyZone) -> None:
    with xlsxwriter.Workbook(zone.inbox / "登记信息_20260603.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["统一社会信用代码", "企业名称", "成立日期", "登记状态"])
        for number in (21, 22, 23):
            sheet.write_row(number - 20, 0, [code(number), f"杭州庚辛{number}", "2015-01-01", "存续"])
        sheet.write(3, 4, "多")  # a cell beyond the head


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


def waiting(built: Built, row: str) -> list[tuple[object, ...]]:
    return built.rows(
        "select rule_id, field from quarantine where severity in ('reject', 'quarantine')"
        f" and decision is null and address = '{row}' order by 1"
    )


def row_of(built: Built, firm: int = BOTH) -> str:
    """The address of the report of a firm."""
    address = "'zone__yearly/' || delivery_id || '/' || sheet || '/' || row_no"
    return str(built.value(f"select min_by({address}, delivery_id) from raw_zone__yearly where uscc = '{code(firm)}'"))


def against(built: Built, rule: str) -> str:
    """The address of the row that a rule holds."""
    return str(built.value(f"select min(address) from quarantine where rule_id = '{rule}'"))


def revenue(built: Built) -> dict[str, int]:
    return dict(built.rows("select firm_id, revenue_fen from core_firm__yearly order by 1"))  # type: ignore[arg-type]


def accounts_add_up(built: Built) -> bool:
    sums = "select bool_and(rows_read = rows_loaded + rows_quarantined + rows_not_data) from accounts"
    return bool(built.value(sums))


def source(built: Built, firm: int) -> str:
    with Snapshot.open(built.path) as con:
        (row,) = sources_of(ZoneSnapshot(built.path, con), code(firm), AT.date()).of_year(2025)
    return f"{source_text(row, 'zh')} {source_text(row, 'en')}"


def reject_and_undo(own: Desk, row: str) -> None:
    """Nothing is decided on a rejected row until the rejection is undone, once."""
    (statement,) = own.reject(row)
    with pytest.raises(BadInput, match=f"undo {statement.statement_id}"):
        own.accept(row)
    own.undo(str(statement.statement_id))
    with pytest.raises(BadInput):
        own.undo(str(statement.statement_id))


def reject_what_is_not_sure(own: Desk, row: str) -> None:
    """A row whose columns are not sure can only be rejected."""
    for act in (lambda: own.accept(row), lambda: own.correct(row, "name", "x")):
        with pytest.raises(BadInput):
            act()
    own.reject(row)


def test_decisions_hold_in_the_runs_that_follow(zone: TinyZone, first: Built) -> None:
    """Each is about a firm of its own: accepted by rule and whole, corrected, rejected, undone, restated, gone."""
    own, not_sure = desk(zone, first), against(first, "F03")
    row = {firm: row_of(first, firm) for firm in range(NOT_DUE, CODE)}
    assert waiting(first, row[BOTH]) == [("A01", "revenue"), ("U10", "total_assets")]
    own.accept(f"{row[BOTH]}/A01")
    own.correct(row[CELL], "营业收入", "-7")  # by the heading
    own.correct(row[CELL], "total_assets", "9000")
    own.reject(row[OUT])
    desk(zone, first, "重复报送").reject(row[SOUND])
    reject_and_undo(own, row[UNDONE])
    accepted = own.accept(row[RESTATED])
    own.correct(against(first, "G01"), "uscc", code(CODE))
    reject_what_is_not_sure(own, not_sure)
    gone = "zone__yearly/0000/Sheet1/9/revenue"
    Casebook(own.home).record("quarantine_correct", gone, {"value": "1"}, by="王", why="x", now=AT)
    zone.yearly(2025, {"uscc": RESTATED, "revenue": -400, "total_income": 3000}, note="更正")

    second = zone.run(steps=CORE)
    assert waiting(second, row[BOTH]) == [("U10", "total_assets")]
    assert waiting(second, row[CELL]) == [("A01", "revenue")]
    assert second.rows(f"select value from quarantine where rule_id = 'A01' and address = '{row[CELL]}'") == [("-7",)]
    assert waiting(second, row[OUT]) == []
    assert waiting(second, row[UNDONE]) == [("A01", "revenue"), ("U10", "total_assets")]
    assert revenue(second).keys().isdisjoint(code(firm) for firm in (BOTH, CELL, OUT, SOUND, UNDONE))
    assert revenue(second)[code(NOT_DUE)] == 2000 * 100_000
    restated = "select decision, decided_before from quarantine where value = '-400' and rule_id = 'A01'"
    assert second.rows(restated) == [(None, max(statement.statement_id for statement in accepted))]
    assert second.value(f"select name from core_firm where firm_id = '{code(CODE)}'") == "杭州戊己科技有限公司"
    assert second.rows(f"select distinct decision from quarantine where address = '{not_sure}'") == [("rejected",)]
    assert second.rows("select decision, is_gone from decision where is_gone") == [("corrected", True)]
    assert second.value("select sum(rows_rejected) from accounts") == 3
    assert accounts_add_up(second)

    desk(zone, second).accept(row[BOTH])
    (statement,) = desk(zone, second).correct(row[CELL], "revenue", "5000")
    third = zone.run(steps=len(STEPS) - 1)
    assert waiting(third, row[BOTH]) == waiting(third, row[CELL]) == []
    assert (revenue(third)[code(BOTH)], revenue(third)[code(CELL)]) == (-500 * 100_000, 5000 * 100_000)
    decided = f"select distinct decision from quarantine where address = '{row[BOTH]}' and rule_id in ('A01', 'U10')"
    assert third.rows(decided) == [("accepted",)]
    assert third.value("select sum(rows_accepted) from accounts") == 2
    assert third.rows("select original, value from correction where field = 'revenue'") == [("-500", "5000")]
    assert f"第 {statement.statement_id} 号决定更正" in source(third, CELL)
    assert f"corrected by decision {statement.statement_id}" in source(third, CELL)
    assert "王某某" not in source(third, CELL)
    assert "更正" not in source(third, NOT_DUE)
    assert third.value("select rows_decided from mart_run__freshness where feed = 'zone__yearly'") == 5
    assert accounts_add_up(third)


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
    with pytest.raises(BadInput, match=r"五月.*无法按该列的类型读出"):
        desk(zone, first).correct(row_of(first), "revenue", "五月")
