"""The answer for a figure next to a line of any edition, from the cell of a file on, is that of exact arithmetic."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from tiny_zone import TinyZone, code

from tiers import load_rulebook
from tiers.columns import outcome
from tiers.columns.sheet import Sheet
from tiers.columns.view import View
from tiers.evaluation.compare import columns_of
from tiers.schema.condition import Comparison
from tiers.schema.literal import Literal
from warehouse import recipe
from warehouse.database.build import Build, Snapshot
from warehouse.home import Home
from warehouse.intake.delivery import deliveries
from warehouse.models import building
from warehouse.quality.unit_guard import factors
from warehouse.quality.unit_guard.converting import apply_factors

DAY = date(2026, 6, 30)
FORM = {
    "id00": ("统一社会信用代码", ""), "id01": ("企业名称", ""), "id02": ("数据年份", ""), "qc05_0": ("营业收入", "元"),
    "zx05": ("研发费用（加计扣除口径）", "元"), "qd01": ("从业人员期末人数", "人"),
    "zx09": ("职工总数（季平均）", "人"), "zx10": ("科技人员（季平均）", "人"),
}  # fmt: skip
WHOLE = 1000
RATE = Decimal("7.1957")
"""Yuan for a dollar in 2024, as in the reference table."""
SHIFTS = tuple(Decimal(text) for text in ("-0.004", "-0.000001", "0", "0.000001", "0.004"))
FEN = tuple(Decimal(text) for text in ("-0.01", "0", "0.01"))


@dataclass(frozen=True)
class Case:
    """A firm whose figure of ``metric`` is ``amount``; ``cell`` is the figure as written in its file."""

    metric: str
    amount: Fraction
    cell: Decimal


def _cases(metric: str, line: Fraction) -> Iterator[Case]:
    shown = Decimal(line.numerator) / Decimal(line.denominator)
    if metric == "market_share_pct":
        cells = [100 * shown + shift for shift in SHIFTS]
        yield from (Case(metric, Fraction(cell) / 100, cell) for cell in cells)
    elif metric == "tech_staff_share_quarterly":
        yield from (Case(metric, Fraction(cell) / WHOLE, cell) for cell in (WHOLE * shown + shift for shift in SHIFTS))
    elif metric == "staff_mean_quarterly_y0":
        yield from (Case(metric, Fraction(shown + shift), shown + shift) for shift in SHIFTS)
    elif metric == "rd_tax_to_revenue":
        cells = [10**9 * shown + fen for fen in FEN]
        yield from (Case(metric, Fraction(cell) / 10**9, cell) for cell in cells)
    elif metric == "revenue_y0":
        yield from (Case(metric, Fraction(shown + fen), shown + fen) for fen in FEN)
    elif metric == "latest_post_money_usd_cents":
        yield from (Case(metric, Fraction(cell) / Fraction(RATE), cell) for cell in (RATE * shown + fen for fen in FEN))


Lines = dict[str, dict[str, tuple[Comparison, str, Literal]]]


def lines() -> Lines:
    """Of each metric, every test that some edition makes, by its text."""
    tests: Lines = {}
    for edition in load_rulebook().editions.values():
        for leaf in edition.conditions.leaves():
            if isinstance(leaf, Comparison) and leaf.by is None and not (leaf.contested or leaf.also_read_as):
                ((operator, literal),) = leaf.tests
                tests.setdefault(leaf.metric, {})[f"{operator} {literal.text}"] = leaf, operator, literal
    return tests


def cases() -> list[Case]:
    """A firm on each line, and some a little above and below."""
    amounts = {(metric, literal.amount) for metric, tests in lines().items() for _, _, literal in tests.values()}
    return [case for metric, amount in sorted(amounts, key=str) for case in _cases(metric, amount)]


def fill(zone: TinyZone) -> None:
    """The registry, the yearly form as a workbook, declarations and rounds as CSV."""
    firms = list(enumerate(cases(), 1))
    zone.registry(*((number, f"杭州第{number}号科技有限公司") for number, _ in firms))
    with xlsxwriter.Workbook(zone.inbox / "企业年度报表_2025.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [heading for heading, _ in FORM.values()])
        sheet.write_row(1, 0, list(FORM))
        sheet.write_row(2, 0, [unit for _, unit in FORM.values()])
        for number, case in firms:
            sheet.write_row(number + 2, 0, [code(number), f"杭州第{number}号科技有限公司", 2025, *_figures(case)])
    declared, rounds = "统一社会信用代码,企业名称,年份,细分市场占有率", "企业名称,融资日期,轮次,融资金额,投后估值"
    own = [(number, case) for number, case in firms if case.metric == "market_share_pct"]
    zone.other("企业申报信息_2025.csv", declared, *([code(n), "某", 2025, f"{case.cell}%"] for n, case in own))
    own = [(number, case) for number, case in firms if case.metric == "latest_post_money_usd_cents"]
    zone.other(
        "融资事件_20260601.csv",
        rounds + ",统一社会信用代码,投资方,投资方类型,信息来源",
        *(
            [f"杭州第{n}号科技有限公司", "2024-09-03", "A轮", "", f"{c.cell}元人民币", code(n), "", "", ""]
            for n, c in own
        ),
    )


def _figures(case: Case) -> list[float | str]:
    """Revenue, R&D, staff at year end, mean staff, mean technical staff."""
    cell = float(case.cell)
    revenue = {"revenue_y0": cell, "rd_tax_to_revenue": 1e9}.get(case.metric, 1.0)
    means: list[float | str] = ["", ""]
    if case.metric == "tech_staff_share_quarterly":
        means = [float(WHOLE), cell]
    if case.metric == "staff_mean_quarterly_y0":
        means = [cell, ""]
    return [revenue, cell if case.metric == "rd_tax_to_revenue" else "", 20, *means]


def build_facts(root: Path) -> None:
    """Files to facts, without the checks: what is written here is to be read, not to be plausible."""
    zone = TinyZone(root)
    fill(zone)
    zone.run(DAY, steps=1)
    home = Home(zone.home)
    with Build.open(root / "facts.duckdb") as build:
        recipe.load_rows(build, home, deliveries(home))
        recipe.write_inputs(build, [], recipe.Parameters(DAY, DAY, "CN-3301", "test"))
        building.build_layer(build, "staging")
        factors.write_decisions(build)
        apply_factors(build)
        recipe.build_core(build)
        recipe.build_facts(build)


@pytest.fixture(scope="module")
def facts(made_once: Callable[[str, Callable[[Path], object]], Path]) -> pl.DataFrame:
    with Snapshot.open(made_once("exact_lines", build_facts) / "facts.duckdb") as snapshot:
        return snapshot.frame("select * from core_firm__facts order by firm_id")


def test_the_answer_next_to_every_line_is_that_of_exact_arithmetic(facts: pl.DataFrame) -> None:
    wrong, asked = [], 0
    firms = {code(number): case for number, case in enumerate(cases(), 1)}
    view = View(DAY)
    for metric, tests in lines().items():
        own = [(number, case) for number, case in firms.items() if case.metric == metric]
        rows = facts.filter(pl.col("firm_id").is_in([number for number, _ in own]))
        for leaf, operator, literal in tests.values() if own else ():
            sheet = Sheet()
            columns = columns_of(leaf, view, sheet)
            frame = rows
            for stage in sheet:
                frame = frame.with_columns(**stage)
            answers = frame.select("firm_id", answer=columns.outcome)
            for firm, answer in answers.iter_rows():
                asked += 1
                holds = _holds(firms[firm].amount, operator, literal.amount)
                expected = outcome.MET if holds else outcome.CODE[leaf.otherwise]
                if answer != expected:
                    wrong.append((leaf.id, firms[firm], outcome.NAMES[answer]))

    assert asked > 100
    assert wrong == []


def _holds(amount: Fraction, operator: str, line: Fraction) -> bool:
    return {
        "at_least": amount >= line,
        "more_than": amount > line,
        "at_most": amount <= line,
        "less_than": amount < line,
        "is": amount == line,
    }[operator]
