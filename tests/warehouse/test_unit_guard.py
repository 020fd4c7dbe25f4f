"""The unit guard: what it finds, what it leaves alone, and how right it is where the truth is known."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.quality.unit_guard.judging import judge, peers_of
from warehouse.quality.unit_guard.messages import tell
from warehouse.quality.unit_guard.score import score, wrong_about
from warehouse.quality.unit_guard.settings import forms
from warehouse.quality.unit_guard.settings import settings as assumed
from warehouse.sample.forms import MONEY
from warehouse.sample.reports import draw_reports
from warehouse.sample.units import STAFF, Planted

FORM = forms()["zone__yearly"]
CLEAN, PLANTED = draw_reports(400, "sample", seed=7)
TOUCHED = {one.uscc for one in PLANTED}
GROUPS = peers_of(CLEAN, FORM, assumed())
FIRMS = [
    firm
    for firm, count, size in CLEAN.filter(pl.col("staff_end") >= 20)
    .group_by("firm")
    .agg(pl.len(), pl.col("payroll_fen").min())
    .sort("firm")
    .iter_rows()
    if count >= 4 and firm not in TOUCHED and size > 0
]


def told(planted: list[Planted]) -> pl.DataFrame:
    rows = [(one.uscc, one.year, one.kind, one.column, one.power) for one in planted]
    return pl.DataFrame(rows, ["firm", "year", "kind", "column", "power"], orient="row")


def of_firm(firm: str) -> pl.DataFrame:
    return CLEAN.filter(firm=firm).sort("year")


def times(reports: pl.DataFrame, factor: float, names: list[str], year: int | None = None) -> pl.DataFrame:
    here = pl.lit(True) if year is None else pl.col("year") == year
    return reports.with_columns(
        pl.when(here).then((pl.col(name) * factor).round()).otherwise(pl.col(name)).cast(pl.Int64).alias(name)
        for name in names
    )


def verdict(reports: pl.DataFrame) -> dict[int, tuple[str, int]]:
    judged = judge(reports, FORM, assumed(), GROUPS)
    return {row["year"]: (row["verdict"], row["power"]) for row in judged.iter_rows(named=True)}


FEN = [f"{name}_fen" for name in MONEY]
PEOPLE = [*STAFF, "rd_staff_end"]


@pytest.mark.parametrize("seed", [7, 9])
def test_on_the_sample_factors_are_right_and_few_are_missed(seed: int) -> None:
    reports, planted = draw_reports(2500, "sample", seed=seed)
    found = score(judge(reports, FORM, assumed()), told(planted))
    by_kind = {row["kind"]: row for row in found.iter_rows(named=True)}

    assert by_kind["unit"]["planted"] >= 20
    assert by_kind["unit"]["precision"] >= 0.98
    assert by_kind["unit"]["recall"] >= 0.95
    assert by_kind["cell"]["precision"] >= 0.9
    assert by_kind["cell"]["recall"] >= 0.9
    assert by_kind["staff"]["recall"] >= 0.6


@pytest.mark.parametrize("level", ["sample", "life", "hard"])
def test_no_merger_is_taken_for_a_unit_and_firms_like_those_in_life_are_left_alone(level: str) -> None:
    reports, planted = draw_reports(2500, level, seed=8)
    judged = judge(reports, FORM, assumed())
    truth = told(planted)

    assert truth.filter(kind="merger").height > 10
    assert wrong_about(judged, truth, "merger") == 0
    if level == "life":
        unit = score(judged, truth).row(0, named=True)
        assert unit["precision"] >= 0.95


@given(st.sampled_from(FIRMS), st.sampled_from([3, -3]), st.booleans())
@settings(max_examples=40)
def test_all_money_times_a_thousand_is_found_in_one_year_and_in_every_year(firm: str, power: int, always: bool) -> None:
    reports = of_firm(firm).filter(pl.all_horizontal(pl.col(name) >= 0 for name in FEN[:1]))
    year = reports["year"][1]
    moved = times(reports, 10.0**power, FEN, None if always else year)
    found = verdict(moved)
    expected = [(one, ("factor", -power)) for one in reports["year"] if always or one == year]

    assert [(one, found[one]) for one, _ in expected] == expected


@given(st.sampled_from(FIRMS), st.floats(3, 20))
@settings(max_examples=40)
def test_money_and_staff_together_are_a_merger(firm: str, factor: float) -> None:
    reports = of_firm(firm)
    year = reports["year"][2]
    merged = pl.concat(
        [reports.filter(pl.col("year") < year), times(reports.filter(pl.col("year") >= year), factor, [*FEN, *PEOPLE])],
        how="vertical_relaxed",
    )

    assert "factor" not in {kind for kind, _ in verdict(merged).values()}


@given(st.randoms(use_true_random=False))
@settings(max_examples=5)
def test_the_order_of_rows_does_not_matter(random: "object") -> None:
    shuffled = CLEAN.sample(fraction=1.0, shuffle=True, seed=random.randrange(10**6))  # type: ignore[attr-defined]
    columns = ["firm", "year", "verdict", "power", "cell"]
    first = judge(CLEAN, FORM, assumed()).select(columns).sort("firm", "year")

    assert judge(shuffled, FORM, assumed()).select(columns).sort("firm", "year").equals(first)


def test_a_wrong_head_count_is_no_unit_and_one_wrong_cell_is_named() -> None:
    firm = FIRMS[0]
    year = of_firm(firm)["year"][2]
    staff = judge(times(of_firm(firm), 100, list(STAFF), year), FORM, assumed(), GROUPS)
    cell = judge(times(of_firm(firm), 1000, ["payroll_fen"], year), FORM, assumed(), GROUPS)

    assert staff.filter(year=year)["verdict"].to_list() == ["staff"]
    assert cell.filter(year=year).select("verdict", "cell", "cell_rule").row(0) == ("cell", "payroll", "U05")


@pytest.mark.parametrize("lacking", [["payroll_fen"], ["payroll_fen", "total_assets_fen", "total_liabilities_fen"]])
def test_without_payroll_or_assets_a_thousandfold_report_is_still_found(lacking: list[str]) -> None:
    firm = FIRMS[1]
    reports = of_firm(firm).with_columns(pl.lit(None, dtype=pl.Int64).alias(name) for name in lacking)
    year = reports["year"][2]

    assert verdict(times(reports, 1000, [n for n in FEN if n not in lacking], year))[year] == ("factor", -3)


def told_for_tax(reports: pl.DataFrame, sales: float | None) -> pl.DataFrame:
    """The reports beside VAT sales and a tax return that are so many times the revenue, and nothing else told."""
    yuan = pl.col("revenue_fen") / 100 * sales if sales else pl.lit(None)
    return reports.with_columns(yuan.cast(pl.Float64).alias(name) for name in ("sales_of_vat", "revenue_of_tax"))


@pytest.mark.parametrize("lacking", [[], PEOPLE])
def test_a_firm_off_by_ten_in_every_year_is_told_by_the_tax_service_alone(lacking: list[str]) -> None:
    """Peers that lie far apart cannot say it; what another feed tells can, with a head count or without."""
    wide = replace(GROUPS, levels=[_wide(level) for level in GROUPS.levels])
    right = of_firm(FIRMS[2]).with_columns(pl.lit(None, dtype=pl.Int64).alias(name) for name in lacking)
    wrong = times(told_for_tax(right, 1.0), 0.1, [*FEN, "revenue_beside_vat_fen", "revenue_beside_tax_fen"])

    def said(reports: pl.DataFrame) -> set[tuple[str, int]]:
        judged = judge(reports, FORM, assumed(), wide)
        return {(kind, power) for kind, power in judged.select("verdict", "power").iter_rows() if kind == "factor"}

    assert said(wrong) == {("factor", 1)}
    assert said(told_for_tax(wrong, None)) == set()
    assert said(told_for_tax(right, 1.1)) == set()


def _wide(level: pl.DataFrame) -> pl.DataFrame:
    return level.with_columns(
        pl.when(pl.col(name) < 0.5).then(0.5).otherwise(pl.col(name)).alias(name)
        for name in level.columns
        if name.startswith("spread_") and "beside" not in name
    )


def test_what_is_likely_but_not_sure_is_told_and_used() -> None:
    sure = assumed().model_copy(
        update={"decision": assumed().decision.model_copy(update={"proposes_small_from": 1.1, "typical_from": 0.0})}
    )
    firm = FIRMS[0]
    year = of_firm(firm)["year"][2]
    judged = judge(times(of_firm(firm), 0.1, FEN, year), FORM, sure, GROUPS).filter(year=year)
    row = judged.with_columns(b_payroll=0.0).row(0, named=True) | {"staff_change": None}
    told = tell(row, FORM, assumed())

    assert row["verdict"] == "look"
    assert [(one.rule, one.severity, one.field, one.value) for one in told] == [("U04", "warn", "money_unit", "×10")]


def test_without_staff_and_history_nothing_is_claimed() -> None:
    reports = of_firm(FIRMS[0]).head(1).with_columns(pl.lit(None, dtype=pl.Int64).alias(name) for name in PEOPLE)

    assert {kind for kind, _ in verdict(times(reports, 1000, FEN)).values()} == {"unknown"}
