"""The unit guard on planted mistakes of every kind: what is proposed, what waits, what is only reported."""

from functools import cache

import polars as pl
import pytest
from planted_units import (
    CELLS,
    POWERS,
    Zone,
    clean_zone,
    of_revenue_and_staff,
    recall_of_factor,
    times,
    verdicts,
    verdicts_of,
    waiting_after_merger,
)

from warehouse.sample.units import STAFF

FIRMS = 60


@cache
def zone(level: str = "sample") -> Zone:
    return clean_zone(level, drawn=500, firms=FIRMS)


@pytest.mark.parametrize("in_every_year", [False, True])
@pytest.mark.parametrize("power", POWERS)
def test_a_factor_from_a_thousand_to_a_hundred_million_is_proposed(power: int, in_every_year: bool) -> None:
    assert recall_of_factor(zone(), power, in_every_year) >= 0.9


@pytest.mark.parametrize("power", POWERS)
def test_a_factor_in_a_year_is_proposed_for_firms_that_vary_as_in_life(power: int) -> None:
    assert recall_of_factor(zone("life"), power, in_every_year=False) >= 0.9


@pytest.mark.parametrize(("money", "staff"), [(12, 3), (12, 12), (5, 2), (30, 10), (8, 2)])
@pytest.mark.parametrize("level", ["sample", "life"])
def test_a_merger_does_not_wait(level: str, money: float, staff: float) -> None:
    """One firm in fifty at most: that of three people, whose payroll varies by itself."""
    assert waiting_after_merger(zone(level), money, staff) <= FIRMS // 50


@pytest.mark.parametrize("factor", [10, 100])
def test_a_wrong_head_count_is_a_head_count(factor: float) -> None:
    counts = verdicts_of(zone(), factor, STAFF)

    assert counts.get("staff", 0) >= 0.95 * FIRMS
    assert "factor" not in counts
    assert "cell" not in counts


@pytest.mark.parametrize("name", ["payroll_fen", "revenue_fen", "total_assets_fen"])
@pytest.mark.parametrize("factor", [1000, 0.001])
def test_an_amount_beside_clean_amounts_is_a_cell(name: str, factor: float) -> None:
    counts = verdicts_of(zone(), factor, [name])

    assert counts.get("cell", 0) >= 0.9 * FIRMS
    assert "factor" not in counts


@pytest.mark.parametrize("name", ["payroll_fen", "total_assets_fen"])
def test_a_cell_is_named_in_the_only_report_of_a_firm(name: str) -> None:
    alone = times(zone().reports.filter(year=zone().year), 1e4, [name], 0, 9999)
    judged = verdicts(zone(), alone)

    assert judged.filter(verdict="cell", cell=name.removesuffix("_fen")).height >= 0.9 * FIRMS
    assert judged.filter(verdict="factor").is_empty()


@pytest.mark.parametrize("factor", [1, 1000, 1e-4, 1e6])
def test_a_single_amount_proves_nothing_and_does_not_wait(factor: float) -> None:
    thin = times(of_revenue_and_staff(zone("life").reports), factor, ["revenue_fen"], zone().year, 9999)
    kinds = set(verdicts(zone("life"), thin)["verdict"])

    assert kinds <= {"typical", "look", "unknown"}
    assert ("look" in kinds) == (factor != 1)


def test_growth_over_several_years_waits_less_than_the_same_growth_in_one() -> None:
    """The years in between are lacking, so the growth of money per head by four is that of three years."""
    first = pl.col("year") == 2021
    near = zone().reports.filter(pl.col("year").is_in([2021, 2022]))
    grown = times(near, 4, CELLS, 2022, 2022)
    far = grown.with_columns(pl.when(first).then(pl.col("year") - 5).otherwise("year").alias("year"))

    def waiting(reports: pl.DataFrame) -> int:
        return verdicts(zone(), reports).filter(pl.col("verdict").is_in(["factor", "staff", "doubtful"])).height

    assert waiting(far) <= waiting(grown)


def test_clean_reports_do_not_wait() -> None:
    for level in ("sample", "life"):
        kinds = verdicts(zone(level), zone(level).reports)["verdict"]
        assert kinds.is_in(["typical", "look"]).mean() == 1.0
