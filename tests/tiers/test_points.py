"""Points of single indicators: the worked cases of 195号 and 362号 with their ids."""

from datetime import date
from typing import Any

import pytest
from case_files import files, frame

from tiers import load_rulebook
from tiers.columns.sheet import Sheet
from tiers.columns.view import View
from tiers.evaluation.score import score_of
from tiers.schema.points import Indicator, Scored

pytestmark = pytest.mark.rule("rules-are-data")

OLD = date(2010, 1, 1)
DAY = date(2026, 6, 30)


def points(edition: str, indicator: str, firm: dict[str, Any]) -> tuple[float, float]:
    """The range of an indicator of an edition's score."""
    leaf = next(leaf for leaf in load_rulebook().edition(edition).conditions.leaves() if isinstance(leaf, Scored))
    alone: list[Indicator] = [part for part in leaf.indicators if part.id == indicator]
    sheet = Sheet("alone")
    reach = score_of(leaf.model_copy(update={"score": tuple(alone)}), View(DAY), sheet)
    facts = frame([{"founded_on": OLD, **firm}])
    for columns in sheet:
        facts = facts.with_columns(**columns)
    low, high = facts.select(reach.low / 10, high=reach.high / 10).row(0)
    return float(low), float(high)


def series(*yuan: int) -> dict[str, Any]:
    """Sales of the last years, the newest last; a firm has only the years given."""
    years = {f"revenue_y{ago}": f"{value} 元" for ago, value in enumerate(reversed(yuan))}
    return {**years, "founded_on": date(DAY.year - len(yuan), 1, 5) if len(yuan) < 3 else OLD}


@pytest.mark.parametrize(
    ("sales", "expected"),
    [
        pytest.param((100_000, 135_000, 182_250), (9, 10), id="HN-GR-01"),
        pytest.param((100_000, 135_000, 182_249), (7, 8), id="HN-GR-02"),
        pytest.param((100_000, 125_000, 156_250), (7, 8), id="HN-GR-03"),
        pytest.param((100_000, 105_000, 110_249), (1, 2), id="HN-GR-06"),
        pytest.param((100_000, 100_000, 100_001), (1, 2), id="HN-GR-07"),
        pytest.param((100_000, 200_000, 100_000), (7, 8), id="HN-GR-09"),
        pytest.param((100_000, 50_000, 100_000), (7, 8), id="HN-GR-10"),
        pytest.param((100_000, 80_000, 60_000), (0, 0), id="HN-GR-11"),
        pytest.param((0, 100_000, 150_000), (9, 10), id="HN-GR-12"),
        pytest.param((0, 0, 500_000), (0, 0), id="HN-GR-15"),
        pytest.param((100_000, 150_000, 0), (0, 0), id="HN-GR-16"),
        pytest.param((-100_000, 100_000, 200_000), (0, 10), id="HN-GR-18"),
        pytest.param((100_000,), (0, 0), id="HN-GR-20"),
        pytest.param((0, 140_000), (0, 0), id="HN-GR-21"),
    ],
)
def test_growth_of_sales(sales: tuple[int, ...], expected: tuple[int, int]) -> None:
    assert points("hnte/CN/2016", "sales_growth", series(*sales)) == expected


@pytest.mark.parametrize(
    ("results", "founded", "expected"),
    [
        pytest.param((4, 4, 4), OLD, (19, 24), id="HN-TR-03"),
        pytest.param((4, 4, 3), OLD, (13, 18), id="HN-TR-04"),
        pytest.param((3, 3, 3), OLD, (13, 18), id="HN-TR-05"),
        pytest.param((2, 2, 2), OLD, (7, 12), id="HN-TR-06"),
        pytest.param((1, 1, 0), OLD, (0, 0), id="HN-TR-08"),
        pytest.param((0, 0, 0), OLD, (0, 0), id="HN-TR-09"),
        pytest.param((5, 5, None), date(2024, 2, 1), (25, 30), id="HN-TR-10"),
    ],
)
def test_results_turned_into_products(
    results: tuple[int | None, ...], founded: date, expected: tuple[int, int]
) -> None:
    firm = {f"conversions_y{ago}": count for ago, count in enumerate(results)}

    assert points("hnte/CN/2016", "conversions", {**firm, "founded_on": founded}) == expected


@pytest.mark.parametrize(
    ("class1", "unused", "expected"),
    [
        pytest.param(1, 0, (7, 8), id="HN-IP-01"),
        pytest.param(0, 4, (3, 4), id="HN-IP-03"),
        pytest.param(0, 3, (3, 4), id="HN-IP-04"),
        pytest.param(0, 2, (1, 2), id="HN-IP-05"),
        pytest.param(0, 0, (0, 0), id="HN-IP-06"),
        pytest.param(0, 5, (5, 6), id="five"),
    ],
)
def test_the_number_of_rights(class1: int, unused: int, expected: tuple[int, int]) -> None:
    firm = {"ip_class1_count": class1, "ip_class2_unused_count": unused}

    assert points("hnte/CN/2016", "number_of_ip", firm) == expected


def assets(rate: float) -> dict[str, Any]:
    """Three years of total assets that grow evenly."""
    first = 1_000_000
    return {f"total_assets_y{2 - year}": f"{first * (1 + rate) ** year:.2f} 元" for year in range(3)}


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        pytest.param(0.35, (8, 10), id="H08-GR-01"),
        pytest.param(0.25, (6, 7.9), id="H08-GR-02"),
        pytest.param(0.15, (4, 5.9), id="H08-GR-03"),
        pytest.param(0.049, (0.1, 1.9), id="H08-GR-05"),
    ],
)
def test_growth_of_total_assets_in_2008(rate: float, expected: tuple[float, float]) -> None:
    assert points("hnte/CN/2008", "asset_growth", assets(rate)) == expected


def test_a_missing_figure_leaves_the_whole_range() -> None:
    firm = {**files()["hnte/CN/2016"]["met"], "revenue_y1": None}

    assert points("hnte/CN/2016", "sales_growth", firm) == (0, 10)
