"""Scores: points of indicators, capped blocks and totals."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest
from case_files import frame

from tiers import Edition, evaluate, load_rulebook
from tiers.columns.sheet import Sheet
from tiers.columns.view import View
from tiers.evaluation.score import score_of
from tiers.schema.condition import Group, Leaf
from tiers.schema.points import TENTHS, Block, Indicator, Scored

pytestmark = pytest.mark.rule("rules-are-data")

DAY = date(2026, 6, 30)
INNOVATIVE = load_rulebook().edition("innovative_sme/CN/2022")
HNTE = load_rulebook().edition("hnte/CN/2016")


def scored(edition: Edition, name: str) -> Scored:
    (leaf,) = [leaf for leaf in edition.conditions.leaves() if leaf.id == name]
    assert isinstance(leaf, Scored)
    return leaf


def reach(leaf: Scored, firm: Mapping[str, Any]) -> tuple[float, float]:
    """Lowest and highest points of a firm."""
    sheet = Sheet("trial")
    points = score_of(leaf, View(DAY), sheet)
    rows = frame([firm])
    for columns in sheet:
        rows = rows.with_columns(**columns)
    low, high = rows.select(low=points.low, high=points.high).row(0)
    return low / TENTHS, high / TENTHS


def with_points(node: Any, points: Mapping[str, int]) -> Any:
    """The same conditions, the scores given: what the text does with a sum, whatever it is made of."""
    if isinstance(node, Group):
        return node.model_copy(update={"parts": tuple(with_points(part, points) for part in node.parts)})
    if isinstance(node, Leaf) and node.id in points:
        given = points[node.id] * TENTHS
        fixed = Indicator.model_construct(id="given", zh="", en="", judged=(given, given))
        return node.model_copy(update={"score": (fixed,)})
    return node


def outcome(edition: Edition, points: Mapping[str, int], firm: Mapping[str, Any]) -> tuple[str, str]:
    """The verdict and its deciding condition once the scores are given."""
    changed = edition.model_copy(update={"conditions": with_points(edition.conditions, points)})
    row = evaluate(frame([firm]), [changed], DAY).verdicts.row(0, named=True)
    return row["outcome"], row["deciding_condition"]


NO_DIRECT_WAY = {
    "has_recent_award": False,
    "is_demonstration_firm": False,
    "holds_hnte": False,
    "has_provincial_rd_institution": False,
    "new_equity_3y_fen": "0 元",
}


@pytest.mark.parametrize(
    ("name", "innovation", "growth", "specialisation", "expected"),
    [
        ("INNO-02", 20, 20, 15, ("not_met", "score_60")),
        ("INNO-04", 19, 30, 30, ("not_met", "innovation_20")),
        ("INNO-05", 40, 14, 30, ("not_met", "growth_15")),
        ("INNO-06", 20, 20, 20, ("met", "score_60")),
        ("one below the last floor", 40, 30, 14, ("not_met", "specialisation_15")),
        ("one short of sixty", 24, 20, 15, ("not_met", "score_60")),
    ],
)
def test_floors_and_sum_of_an_innovative_sme(
    name: str, innovation: int, growth: int, specialisation: int, expected: tuple[str, str]
) -> None:
    points = {
        "score_60": innovation + growth + specialisation,
        "innovation_20": innovation,
        "growth_15": growth,
        "specialisation_15": specialisation,
    }

    verdict = outcome(INNOVATIVE, points, NO_DIRECT_WAY)

    assert verdict[0] == expected[0], name
    assert expected[0] == "met" or verdict[1] == expected[1], name


@pytest.mark.parametrize(("name", "points", "expected"), [("HN-INN-01", 70, "not_met"), ("HN-INN-02", 71, "met")])
def test_seventy_itself_is_not_above_seventy(name: str, points: int, expected: str) -> None:
    leaf = with_points(scored(HNTE, "innovation_above_70"), {"innovation_above_70": points})
    alone = HNTE.model_copy(update={"conditions": Group(parts=(leaf,), needed=1)})

    assert evaluate(frame([{}]), [alone], DAY).verdicts["outcome"].to_list() == [expected], name


FULL = {
    "ip_class1_count": 5,
    "ip_class2_unused_count": 0,
    "ip_self_developed_count": 5,
    "took_part_in_standards": True,
    "conversions_y0": 5,
    "conversions_y1": 5,
    "conversions_y2": 5,
    "founded_on": "2015-01-01",
    **{f"revenue_y{ago}": "1000 万元" for ago in range(3)},
    **{f"total_assets_y{ago}": "1000 万元" for ago in range(3)},
    **{f"total_liabilities_y{ago}": "100 万元" for ago in range(3)},
}


def test_hn_inn_04_without_growth_eighty_can_still_be_reached() -> None:
    """HN-INN-04: reports that it cannot be barred, never that it passes."""
    leaf = scored(HNTE, "innovation_above_70")
    alone = HNTE.model_copy(update={"conditions": Group(parts=(leaf,), needed=1)})

    assert reach(leaf, FULL)[1] == 80
    assert evaluate(frame([FULL]), [alone], DAY).verdicts["outcome"].to_list() == ["judgement"]


def _part(name: str) -> Indicator:
    return next(indicator for indicator in scored(HNTE, "innovation_above_70").indicators if indicator.id == name)


@pytest.mark.parametrize(
    ("name", "fresh", "used", "expected"),
    [("HN-IP-08", 5, 3, (5, 6)), ("four fresh of seven", 4, 3, (3, 4)), ("all used", 0, 8, (0, 0))],
)
def test_class_two_rights_that_were_used_do_not_count_again(
    name: str, fresh: int, used: int, expected: tuple[int, int]
) -> None:
    leaf = scored(HNTE, "innovation_above_70").model_copy(update={"score": (_part("number_of_ip"),)})
    firm = {"ip_class1_count": 0, "ip_class2_count": fresh + used, "ip_class2_unused_count": fresh}

    assert reach(leaf, firm) == expected, name
    owns = next(leaf for leaf in HNTE.conditions.leaves() if leaf.id == "owns_ip")
    alone = HNTE.model_copy(update={"conditions": Group(parts=(owns,), needed=1)})
    assert evaluate(frame([firm]), [alone], DAY).verdicts["outcome"].to_list() == ["met" if fresh else "not_met"]


def test_hn_ip_09_the_block_of_rights_is_capped_at_thirty() -> None:
    """HN-IP-09: 8 + 8 + 8 + 6 and a bonus of 2 are 32, of which 30 count."""
    leaf = scored(HNTE, "innovation_above_70")
    (block,) = [part for part in leaf.score if isinstance(part, Block)]
    best = [max(end for span in _spans(indicator) for end in span) for indicator in block.of]

    assert sum(best) == 32 * TENTHS
    assert reach(leaf.model_copy(update={"score": (block,)}), FULL)[1] == 30


def _spans(indicator: Indicator) -> list[tuple[int, int]]:
    judged = [indicator.judged] if indicator.judged else []
    return judged + [band.span for scale in indicator.scales for band in scale.bands]


def test_in_009_growth_in_any_currency_is_the_same_arithmetic() -> None:
    """IN-009: from 120,000 to 128,564,000 pounds in three years is 923.2 % a year."""
    firm = {"revenue_eur_y3": "120000 欧元", "revenue_eur_y0": "128564000 欧元"}
    findings = evaluate(frame([firm]), [load_rulebook().edition("ft1000/CN/2020")], DAY).findings()

    (growth,) = findings.filter(pl.col("condition_id") == "has_grown")["value"].to_list()
    assert round(growth, 1) == 923.2
    assert round(((1 + growth / 100) ** 3 - 1) * 100, 1) == 107036.7
