"""The unit guard: mistakes it detects, reports it leaves alone, precision and recall on known truth."""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from drawn_reports import draw_reports
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from unit_guard_score import score, wrong_about

from warehouse.database.build import Build
from warehouse.quality.unit_guard.judging import judge, peers_of
from warehouse.quality.unit_guard.messages import messages_of
from warehouse.quality.unit_guard.settings import forms
from warehouse.quality.unit_guard.settings import settings as assumed
from warehouse.quality.unit_guard.source import groups_of
from warehouse.sample.forms import MONEY
from warehouse.sample.units import STAFF, Planted

pytestmark = pytest.mark.rule("proposals")

FORM = forms()["zone__yearly"]
CLEAN, PLANTED = draw_reports(400, "sample", seed=7)
TOUCHED = {mistake.uscc for mistake in PLANTED}
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


def truth_of(planted: list[Planted]) -> pl.DataFrame:
    rows = [(mistake.uscc, mistake.year, mistake.kind, mistake.column, mistake.power) for mistake in planted]
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
    scores = score(judge(reports, FORM, assumed()), truth_of(planted))
    by_kind = {row["kind"]: row for row in scores.iter_rows(named=True)}

    assert by_kind["unit"]["planted"] >= 20
    assert by_kind["unit"]["precision"] >= 0.98
    assert by_kind["unit"]["recall"] >= 0.95
    assert by_kind["cell"]["precision"] >= 0.9
    assert by_kind["cell"]["recall"] >= 0.9
    assert by_kind["staff"]["recall"] >= 0.6


@pytest.mark.parametrize("level", ["sample", "life", "hard"])
def test_no_merger_is_judged_a_unit_and_precision_holds_on_realistic_firms(level: str) -> None:
    reports, planted = draw_reports(2500, level, seed=8)
    judged = judge(reports, FORM, assumed())
    truth = truth_of(planted)

    assert truth.filter(kind="merger").height > 10
    assert wrong_about(judged, truth, "merger") == 0
    if level == "life":
        unit = score(judged, truth).row(0, named=True)
        assert unit["precision"] >= 0.95


@pytest.mark.parametrize("power", [3, -3])
@pytest.mark.parametrize("always", [False, True])
def test_a_factor_of_a_thousand_is_detected_in_a_year_and_in_every_year(power: int, always: bool) -> None:
    """Of every firm, in one judgement: firms do not depend on one another."""
    years = {firm: of_firm(firm)["year"].to_list() for firm in FIRMS}
    moved = [times(of_firm(firm), 10.0**power, FEN, None if always else years[firm][1]) for firm in FIRMS]
    judged = judge(pl.concat(moved), FORM, assumed(), GROUPS).select("firm", "year", "verdict", "power").rows()
    verdicts = {(firm, year): tuple(kind) for firm, year, *kind in judged}
    expected = [(firm, year) for firm in FIRMS for year in (years[firm] if always else [years[firm][1]])]

    assert {key: verdicts[key] for key in expected if verdicts[key] != ("factor", -power)} == {}


@given(st.lists(st.floats(3, 20), min_size=len(FIRMS), max_size=len(FIRMS)))
@examples(3)
def test_money_and_staff_together_are_a_merger(factors: list[float]) -> None:
    """Of every firm, by factors drawn for each."""
    merged = []
    for firm, factor in zip(FIRMS, factors, strict=True):
        reports, year = of_firm(firm), of_firm(firm)["year"][2]
        later = times(reports.filter(pl.col("year") >= year), factor, [*FEN, *PEOPLE])
        merged += [reports.filter(pl.col("year") < year), later]

    judged = judge(pl.concat(merged, how="vertical_relaxed"), FORM, assumed(), GROUPS)
    assert judged.filter(verdict="factor")["firm"].to_list() == []


@given(st.randoms(use_true_random=False))
@examples(5)
def test_the_order_of_rows_does_not_matter(random: "object") -> None:
    shuffled = CLEAN.sample(fraction=1.0, shuffle=True, seed=random.randrange(10**6))  # type: ignore[attr-defined]
    columns = ["firm", "year", "verdict", "power", "cell"]
    first = judge(CLEAN, FORM, assumed()).select(columns).sort("firm", "year")

    assert judge(shuffled, FORM, assumed()).select(columns).sort("firm", "year").equals(first)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_peers_to_be_stated_do_not_depend_on_the_order_of_rows(own_empty_build: Path, seed: int) -> None:
    shuffled = CLEAN.sample(fraction=1.0, shuffle=True, seed=seed)

    assert stated_peers(own_empty_build, shuffled) == stated_peers(own_empty_build, CLEAN)


def stated_peers(path: Path, reports: pl.DataFrame) -> str:
    """The content of the statement on the peers of these reports, as JSON."""
    place = {"delivery_id": pl.lit("d"), "sheet": pl.lit(None, dtype=pl.String)}
    with Build.open(path) as build:
        build.put(f"reports_{FORM.name}", reports.with_columns(**place))
        groups, is_new = groups_of(build, FORM, assumed())
    assert is_new
    return json.dumps(groups.content())


def test_a_wrong_head_count_is_no_unit_and_a_wrong_cell_is_named() -> None:
    firm = FIRMS[0]
    year = of_firm(firm)["year"][2]
    staff = judge(times(of_firm(firm), 100, list(STAFF), year), FORM, assumed(), GROUPS)
    cell = judge(times(of_firm(firm), 1000, ["payroll_fen"], year), FORM, assumed(), GROUPS)

    assert staff.filter(year=year)["verdict"].to_list() == ["staff"]
    assert cell.filter(year=year).select("verdict", "cell", "cell_rule").row(0) == ("cell", "payroll", "U05")


@pytest.mark.parametrize("lacking", [["payroll_fen"], ["payroll_fen", "total_assets_fen", "total_liabilities_fen"]])
def test_a_factor_of_a_thousand_is_detected_without_payroll_or_assets(lacking: list[str]) -> None:
    firm = FIRMS[1]
    reports = of_firm(firm).with_columns(pl.lit(None, dtype=pl.Int64).alias(name) for name in lacking)
    year = reports["year"][2]

    assert verdict(times(reports, 1000, [n for n in FEN if n not in lacking], year))[year] == ("factor", -3)


def beside_tax(reports: pl.DataFrame, sales: float | None) -> pl.DataFrame:
    """The reports beside VAT sales and revenue of a tax return that are ``sales`` times the revenue."""
    yuan = pl.col("revenue_fen") / 100 * sales if sales else pl.lit(None)
    return reports.with_columns(yuan.cast(pl.Float64).alias(name) for name in ("sales_of_vat", "revenue_of_tax"))


@pytest.mark.parametrize("lacking", [[], PEOPLE])
def test_a_factor_of_ten_in_every_year_is_detected_by_tax_figures(lacking: list[str]) -> None:
    """Peers with a wide spread cannot decide it; the figures of another feed can, with and without a head count."""
    wide = replace(GROUPS, levels=[_wide(level) for level in GROUPS.levels])
    right = of_firm(FIRMS[2]).with_columns(pl.lit(None, dtype=pl.Int64).alias(name) for name in lacking)
    wrong = times(beside_tax(right, 1.0), 0.1, [*FEN, "revenue_beside_vat_fen", "revenue_beside_tax_fen"])

    def factors(reports: pl.DataFrame) -> set[tuple[str, int]]:
        judged = judge(reports, FORM, assumed(), wide)
        return {(kind, power) for kind, power in judged.select("verdict", "power").iter_rows() if kind == "factor"}

    assert factors(wrong) == {("factor", 1)}
    assert factors(beside_tax(wrong, None)) == set()
    assert factors(beside_tax(right, 1.1)) == set()


def _wide(level: pl.DataFrame) -> pl.DataFrame:
    return level.with_columns(
        pl.when(pl.col(name) < 0.5).then(0.5).otherwise(pl.col(name)).alias(name)
        for name in level.columns
        if name.startswith("spread_") and "beside" not in name
    )


def test_a_likely_factor_gives_a_warning_and_the_report_is_used() -> None:
    sure = assumed().model_copy(
        update={"decision": assumed().decision.model_copy(update={"proposes_small_from": 1.1, "typical_from": 0.0})}
    )
    firm = FIRMS[0]
    year = of_firm(firm)["year"][2]
    judged = judge(times(of_firm(firm), 0.1, FEN, year), FORM, sure, GROUPS).filter(year=year)
    row = judged.with_columns(b_payroll=0.0).row(0, named=True) | {"staff_change": None}
    messages = messages_of(row, FORM, assumed())

    assert row["verdict"] == "possible_factor"
    assert [(message.rule, message.severity, message.field, message.value) for message in messages] == [
        ("U04", "warn", "money_unit", "×10")
    ]


def test_without_staff_and_history_the_verdict_is_unknown() -> None:
    reports = of_firm(FIRMS[0]).head(1).with_columns(pl.lit(None, dtype=pl.Int64).alias(name) for name in PEOPLE)

    assert {kind for kind, _ in verdict(times(reports, 1000, FEN)).values()} == {"unknown"}
