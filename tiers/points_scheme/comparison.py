"""Comparison of two scores: of one scheme in one version only and, where places count, of one day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tiers.schema.strict import Words

Result = Literal["higher", "lower", "equal", "overlapping", "not_comparable"]


@dataclass(frozen=True)
class Score:
    """A score as it was given: the scheme with its version, the range in tenths; ``pool_day`` where places counted."""

    scheme_id: str
    low: int
    high: int
    pool_day: date | None = None


@dataclass(frozen=True)
class Comparison:
    """The relation of the first score to the second, and the reason where it is undecided."""

    result: Result
    reason: Words | None = None


def compare_scores(first: Score, second: Score) -> Comparison:
    """Whether the first is surely higher or lower; ranges that overlap decide nothing."""
    if first.scheme_id != second.scheme_id:
        schemes = f"{first.scheme_id}, {second.scheme_id}"
        return Comparison(
            "not_comparable",
            Words(
                zh=f"两个方案的指标、权重和总分不同，分数不可比：{schemes}", en=f"two schemes are two scales: {schemes}"
            ),
        )
    if first.pool_day != second.pool_day:
        days = f"{first.pool_day}, {second.pool_day}"
        words = Words(
            zh=f"按位次计分，评分范围不同日：{days}", en=f"points by place among firms of different days: {days}"
        )
        return Comparison("not_comparable", words)
    if first.low > second.high:
        return Comparison("higher")
    if first.high < second.low:
        return Comparison("lower")
    if first.low == first.high == second.low == second.high:
        return Comparison("equal")
    return Comparison("overlapping", Words(zh="缺数使区间重叠，高低未定", en="figures are missing: the ranges overlap"))
