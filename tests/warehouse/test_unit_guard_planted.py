"""The unit guard on planted mistakes of every kind: what is proposed, what waits, what is only reported."""

from functools import cache

import polars as pl
import pytest
from planted_units import (
    POWERS,
    Zone,
    clean_zone,
    counts_of,
    in_a_year,
    in_another_unit,
    merged,
    of_revenue_and_staff,
    recall_of_factor,
    times,
    verdicts,
    verdicts_together,
    waiting,
)

from warehouse.sample.units import STAFF

pytestmark = pytest.mark.rule("proposals")

FIRMS = 60
MERGERS = [(12, 3), (12, 12), (5, 2), (30, 10), (8, 2)]
"""By what money and staff are multiplied."""
CELLS_TRIED = [(name, factor) for name in ("payroll_fen", "revenue_fen", "total_assets_fen") for factor in (1000, 1e-3)]
IN_THE_ONLY_REPORT = ["payroll_fen", "total_assets_fen"]
THIN = [1, 1000, 1e-4, 1e6]
"""By what the revenue of firms is multiplied that state revenue and staff alone."""


@cache
def zone(level: str = "sample") -> Zone:
    return clean_zone(level, drawn=500, firms=FIRMS)


@cache
def judged(level: str = "sample") -> dict[tuple[object, ...], pl.DataFrame]:
    """The verdicts of every mistake that is planted in a zone."""
    own = zone(level)
    planted = {("factor", power, False): in_another_unit(own, power, False) for power in POWERS}
    planted |= {("merger", *by): merged(own, *by) for by in MERGERS}
    thin = of_revenue_and_staff(own.reports)
    planted |= {("thin", factor): times(thin, factor, ["revenue_fen"], own.year, 9999) for factor in THIN}
    planted |= {("factor", power, True): in_another_unit(own, power, True) for power in POWERS}
    planted |= {("staff", factor): in_a_year(own, factor, STAFF) for factor in (10, 100)}
    planted |= {("cell", name, factor): in_a_year(own, factor, [name]) for name, factor in CELLS_TRIED}
    only = own.reports.filter(year=own.year)
    planted |= {("only", name): times(only, 1e4, [name], 0, 9999) for name in IN_THE_ONLY_REPORT}
    return verdicts_together(own, planted)


def test_a_zone_is_judged_as_its_firms_are_beside_others() -> None:
    alone = verdicts(zone(), in_another_unit(zone(), 3, True))
    together = judged()["factor", 3, True].with_columns(pl.col("firm").str.replace("#.*", ""))

    assert together.sort("firm", "year").equals(alone.sort("firm", "year"))


@pytest.mark.parametrize("in_every_year", [False, True])
@pytest.mark.parametrize("power", POWERS)
def test_a_factor_from_a_thousand_to_a_hundred_million_is_proposed(power: int, in_every_year: bool) -> None:
    assert recall_of_factor(zone(), judged()["factor", power, in_every_year], power, in_every_year) >= 0.9


@pytest.mark.parametrize("power", POWERS)
def test_a_factor_in_a_year_is_proposed_for_firms_that_vary_as_in_life(power: int) -> None:
    assert recall_of_factor(zone("life"), judged("life")["factor", power, False], power, in_every_year=False) >= 0.9


@pytest.mark.parametrize(("money", "staff"), MERGERS)
@pytest.mark.parametrize("level", ["sample", "life"])
def test_a_merger_does_not_wait(level: str, money: float, staff: float) -> None:
    """One firm in fifty at most: that of three people, whose payroll varies by itself."""
    assert waiting(judged(level)["merger", money, staff]) <= FIRMS // 50


@pytest.mark.parametrize("factor", [10, 100])
def test_a_wrong_head_count_is_a_head_count(factor: float) -> None:
    counts = counts_of(zone(), judged()["staff", factor])

    assert counts.get("staff", 0) >= 0.95 * FIRMS
    assert "factor" not in counts
    assert "cell" not in counts


@pytest.mark.parametrize(("name", "factor"), CELLS_TRIED)
def test_an_amount_beside_clean_amounts_is_a_cell(name: str, factor: float) -> None:
    counts = counts_of(zone(), judged()["cell", name, factor])

    assert counts.get("cell", 0) >= 0.9 * FIRMS
    assert "factor" not in counts


@pytest.mark.parametrize("name", IN_THE_ONLY_REPORT)
def test_a_cell_is_named_in_the_only_report_of_a_firm(name: str) -> None:
    of_a_cell = judged()["only", name]

    assert of_a_cell.filter(verdict="cell", cell=name.removesuffix("_fen")).height >= 0.9 * FIRMS
    assert of_a_cell.filter(verdict="factor").is_empty()


@pytest.mark.parametrize("factor", THIN)
def test_a_single_amount_proves_nothing_and_does_not_wait(factor: float) -> None:
    assert set(judged("life")["thin", factor]["verdict"]) <= {"typical", "possible_factor", "unknown"}
