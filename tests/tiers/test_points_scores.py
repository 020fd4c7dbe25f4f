"""Scores: refused without weights, exact on every edge, a range where figures are missing."""

from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

import polars as pl
import pytest
from case_files import frame
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from random_firms import DAY, blanked, firms

from tiers.errors import FactsError, ScoreRefused
from tiers.points_scheme import Scheme, score
from tiers.points_scheme.loader import scheme_of
from tiers.points_scheme.scoring import columns_needed

pytestmark = pytest.mark.rule("exact")

EXAMPLE = scheme_of("example/2026")
WITHOUT_PLACES = EXAMPLE.model_copy(
    update={
        "groups": tuple(
            group.model_copy(update={"of": tuple(indicator for indicator in group.of if not indicator.quantile)})
            for group in EXAMPLE.groups
        )
    }
)
FIRM: dict[str, Any] = {
    "revenue_y0": "1000 万元",
    "revenue_y1": "800 万元",
    "rd_tax_y0": "55 万元",
    "staff_mean_quarterly_y0": 100,
    "tech_staff_mean_quarterly_y0": 25,
    "inventions_granted": 3,
    "total_income_y0": "1000 万元",
    "hitech_income_y0": "600 万元",
    "total_assets_y0": "500 万元",
    "total_liabilities_y0": "300 万元",
    "has_provincial_rd_institution": True,
    "financing_total_cny": "1000 万元",
}


def scored(changes: dict[str, Any], scheme: Scheme = EXAMPLE) -> tuple[dict[str, Any], dict[str, tuple[int, int]]]:
    scores = score(frame([{**FIRM, **changes}]), scheme, DAY)
    parts = {row["indicator_id"]: (row["low"], row["high"]) for row in scores.breakdown().to_dicts()}
    return scores.totals.row(0, named=True), parts


def test_a_firm_with_every_figure_has_one_score_and_its_parts_sum_to_it() -> None:
    total, parts = scored({})

    assert parts == {
        "rd_spending": (100, 100),  # alone, so nobody is better
        "rd_share": (137, 137),  # 25 × 5.5 / 10 = 13.75, rounded down to a tenth
        "tech_staff_share": (105, 105),
        "inventions": (45, 45),
        "revenue_growth": (83, 83),  # 10 × 25 / 30
        "hitech_share": (25, 25),
        "debt_ratio": (30, 30),
        "platform": (50, 50),
        "financing": (33, 33),
    }
    assert (total["low"], total["high"]) == (sum(low for low, _ in parts.values()),) * 2
    assert (total["scheme_id"], total["phase"], total["total"], total["firms"]) == ("example/2026", "startup", 1000, 1)


@pytest.mark.parametrize(
    ("changes", "indicator", "ends"),
    [
        ({"rd_tax_y0": "100 万元"}, "rd_share", (250, 250)),  # at the end of the stretch
        ({"rd_tax_y0": "99.99 万元"}, "rd_share", (249, 249)),  # one step before it
        ({"rd_tax_y0": "500 万元"}, "rd_share", (250, 250)),  # beyond
        ({"rd_tax_y0": 0}, "rd_share", (0, 0)),
        ({"tech_staff_mean_quarterly_y0": 30}, "tech_staff_share", (150, 150)),
        ({"tech_staff_mean_quarterly_y0": "29.99"}, "tech_staff_share", (105, 105)),
        ({"tech_staff_mean_quarterly_y0": "9.99"}, "tech_staff_share", (0, 0)),
        ({"tech_staff_mean_quarterly_y0": None}, "tech_staff_share", (0, 150)),
        ({"inventions_granted": None}, "inventions", (0, 0)),  # missing: zero
        ({"revenue_y1": "1100 万元"}, "revenue_growth", (-31, -31)),  # deduct, rounded down
        ({"revenue_y1": "4000 万元"}, "revenue_growth", (-50, -50)),  # its floor
        ({"revenue_y1": None}, "revenue_growth", (-50, 100)),
        ({"revenue_y1": 0}, "revenue_growth", (0, 0)),  # no rate from nothing
        ({"total_liabilities_y0": "450 万元"}, "debt_ratio", (0, 0)),  # falling stretch, its start
        ({"total_liabilities_y0": "200 万元"}, "debt_ratio", (50, 50)),  # its end
        ({"total_assets_y0": 0}, "debt_ratio", (0, 50)),  # undefined: range
        ({"total_liabilities_y0": "-1 元"}, "debt_ratio", (0, 50)),  # negative: unknown
        ({"financing_total_cny": "3000 万元"}, "financing", (80, 80)),  # its cap
        ({"has_provincial_rd_institution": False}, "platform", (0, 0)),
    ],
)
def test_curves_at_their_edges_and_what_is_missing_or_negative(
    changes: dict[str, Any], indicator: str, ends: tuple[int, int]
) -> None:
    _, parts = scored(changes)

    assert parts[indicator] == ends


@pytest.mark.parametrize(
    ("revenue", "phase"),
    [
        ("1999.99 万元", "startup"),
        ("2000 万元", "growth"),
        ("19999.99 万元", "growth"),
        ("2 亿元", "stable"),
        (None, None),
    ],
)
def test_the_phase_follows_the_size(revenue: str | None, phase: str | None) -> None:
    assert scored({"revenue_y0": revenue})[0]["phase"] == phase


def test_without_its_phase_a_firm_has_the_range_over_all_phases() -> None:
    total, parts = scored({"revenue_y0": None}, WITHOUT_PLACES)

    assert parts["tech_staff_share"] == (56, 105)
    assert total["low"] < total["high"]
    assert scored({"revenue_y0": None})[1]["rd_spending"] == (0, 120)


def test_points_together_are_capped() -> None:
    total, parts = scored({"financing_total_cny": "9000 万元"})
    bare, _ = scored({"financing_total_cny": 0})

    assert parts["platform"][0] + parts["financing"][0] == 130
    assert total["low"] - bare["low"] == 80
    high, _ = scored({"financing_total_cny": "9000 万元", "revenue_y0": "3 亿元", "revenue_y1": "3 亿元"})
    low, _ = scored({"financing_total_cny": 0, "revenue_y0": "3 亿元", "revenue_y1": "3 亿元"})
    assert high["low"] - low["low"] == 50  # 10 + 5 reach the cap of 15


def test_ranks_are_among_the_known_firms_of_the_phase_and_ties_share_the_better_rank() -> None:
    spending = [*range(10, 20), 19]
    people = frame([{**FIRM, "rd_tax_y0": f"{amount} 万元"} for amount in spending] + [{**FIRM, "rd_tax_y0": None}])

    scores = score(people, EXAMPLE, DAY).breakdown().filter(pl.col("indicator_id") == "rd_spending")

    assert scores["low"].to_list() == [20, 20, 20, 20, 50, 50, 50, 80, 80, 100, 100, 0]
    assert scores["high"].to_list()[-1] == 100


@examples(5)
@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_the_range_contains_the_score_of_complete_figures(seed: int, hidden: int) -> None:
    complete = firms(seed)
    known = complete.with_columns(inventions_granted=pl.lit(0, dtype=pl.Int64))  # counts as zero if missing
    full = score(known, WITHOUT_PLACES, DAY).totals
    gaps = score(blanked(known, hidden), WITHOUT_PLACES, DAY).totals.join(full, on="firm_id", suffix="_full")

    inside = (pl.col("low") <= pl.col("low_full")) & (pl.col("high_full") <= pl.col("high"))
    assert gaps.filter(~inside).is_empty()


@examples(30)
@given(st.integers(0, 10**15), st.integers(1, 10**15))
def test_a_stretch_is_exact(part: int, total: int) -> None:
    row = frame([FIRM]).with_columns(
        rd_tax_fen_y0=pl.lit(part, dtype=pl.Int64), revenue_fen_y0=pl.lit(total, dtype=pl.Int64)
    )
    scores = score(row, EXAMPLE, DAY)
    weight = {"startup": 250, "growth": 200, "stable": 160}[scores.totals["phase"].item()]

    share = min(Fraction(1), Fraction(part, total) * 10)
    assert scores.breakdown().filter(pl.col("indicator_id") == "rd_share")["low"].item() == floor(weight * share)


def test_every_row_carries_the_version_and_the_order_changes_nothing() -> None:
    people = blanked(firms(5, 80), 5)
    scores = score(people, EXAMPLE, DAY)
    turned = score(people.reverse(), EXAMPLE, DAY)

    assert set(scores.totals["scheme_id"]) == set(scores.breakdown()["scheme_id"]) == {"example/2026"}
    assert scores.totals.sort("firm_id").equals(turned.totals.sort("firm_id"))


def test_the_national_scheme_refuses_while_its_weights_are_absent() -> None:  # PT-001
    national = scheme_of("CN/2024")

    with pytest.raises(ScoreRefused) as refused:
        score(frame([FIRM]), national, DAY)

    assert refused.value.reason == "weights_not_loaded"
    assert "权重未载入" in str(refused.value)
    assert not national.has_weights
    assert sum(1 for _ in national.indicators) == 18
    assert [len(group.of) for group in national.groups] == [7, 7, 4]
    assert {indicator.confidence for _, indicator in national.indicators} <= {"memory", "secondary"}


def test_a_scheme_scores_only_in_its_time_and_with_its_columns() -> None:
    with pytest.raises(ScoreRefused, match="not_in_force"):
        score(frame([FIRM]), EXAMPLE, date(2025, 12, 31))
    with pytest.raises(ScoreRefused, match="not_in_force"):
        score(frame([FIRM]), EXAMPLE, date(2027, 1, 1))
    with pytest.raises(FactsError, match="rd_tax_fen_y0"):
        score(frame([FIRM]).drop("rd_tax_fen_y0"), EXAMPLE, DAY)
    assert "exports_fen_y0" not in columns_needed(EXAMPLE, DAY)
