"""Firms that were given a service beside like firms that were not: the difference of their shares, never its cause.

Of each group of like firms n1 were served, a of them closed the gap, and of n0 others b did. The difference is that of
Mantel and Haenszel, Σ w (a / n1 - b / n0) / Σ w with w = n1 n0 / (n1 + n0), its variance that of Sato, consistent for
many small groups as for few large ones (Greenland and Robins, "Estimation of a common effect parameter from sparse
follow-up data", Biometrics 41, 1985; Sato, "On the variance estimator for the Mantel-Haenszel risk difference",
Biometrics 45, 1989).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Annotated, Self

from pydantic import Field, model_validator

from tiers.messages.counted import Counted
from tiers.schema.strict import Strict, Words
from tiers.yaml_file import YamlFile

WRITTEN = Path(__file__).with_suffix(".yml")
Count = Annotated[int, Field(ge=1)]


class Days(Strict):
    """How long lies between two evaluations that a year is compared by."""

    least: Count
    most: Count


class Bands(Strict):
    """Edges of like firms; a value on an edge belongs to the band above it."""

    age_years: tuple[int, ...]
    staff: tuple[int, ...]

    @model_validator(mode="after")
    def _rises(self) -> Self:
        for edges in (self.age_years, self.staff):
            if list(edges) != sorted(set(edges)):
                raise ValueError("the edges of bands must rise")
        return self


class Sentences(Strict):
    """The texts of a difference, and of none."""

    difference: Words
    few_served: Words
    few_like: Words


class EffectRules(Strict):
    """The content of ``effect.yml``."""

    days: Days
    bands: Bands
    least_served: Count
    least_like: Count
    interval: Annotated[float, Field(gt=0, lt=1)]
    words: Sentences


@lru_cache
def effect_rules(written: Path = WRITTEN) -> EffectRules:
    """The rules; an invalid file raises ``DefinitionError`` with its line."""
    file = YamlFile(written)
    return file.validated(EffectRules, file.content, ())


@dataclass(frozen=True)
class Group:
    """Firms of the same rung, age, size and gap: how many were served or not, and how many of them closed it."""

    served: int
    served_closed: int
    like: int
    like_closed: int


@dataclass(frozen=True)
class Difference:
    """Firms that could be compared; shares of one, weighted by group; their difference in percentage points.

    ``refused``: why there is no difference, ``few_served`` or ``few_like``, None where there is one.
    """

    served: int
    closed: int
    like: int
    share: float | None = None
    like_share: float | None = None
    points: float | None = None
    low: float | None = None
    high: float | None = None
    refused: str | None = None

    def words(self, lang: str) -> str:
        """The sentence of it, in one language."""
        rules = effect_rules()
        sentence = getattr(getattr(rules.words, self.refused or "difference"), lang)
        least = rules.least_like if self.refused == "few_like" else rules.least_served
        figures = {name: None if value is None else f"{value:.1f}" for name, value in self._percents().items()}
        return str(
            sentence.format(
                served=Counted(self.served), closed=self.closed, like=Counted(self.like), least=least, **figures
            )
        )

    def _percents(self) -> dict[str, float | None]:
        shares = {"share": self.share, "like_share": self.like_share}
        percents = {name: None if share is None else 100 * share for name, share in shares.items()}
        return {**percents, "points": self.points, "low": self.low, "high": self.high}


def difference(groups: Iterable[Group]) -> Difference:
    """The difference over all groups that have firms of both kinds; others cannot be compared and are left out."""
    rules, both = effect_rules(), [group for group in groups if group.served and group.like]
    served, closed = sum(group.served for group in both), sum(group.served_closed for group in both)
    like = sum(group.like for group in both)
    if served < rules.least_served:
        return Difference(served, closed, like, refused="few_served")
    if like < rules.least_like:
        return Difference(served, closed, like, refused="few_like")
    weights = [group.served * group.like / (group.served + group.like) for group in both]
    share = _mean(weights, [group.served_closed / group.served for group in both])
    like_share = _mean(weights, [group.like_closed / group.like for group in both])
    apart = share - like_share
    reach = NormalDist().inv_cdf((1 + rules.interval) / 2) * sqrt(_variance(both, apart)) / sum(weights)
    low, high = max(apart - reach, -1.0), min(apart + reach, 1.0)
    return Difference(served, closed, like, share, like_share, 100 * apart, 100 * low, 100 * high)


def _mean(weights: Sequence[float], shares: Sequence[float]) -> float:
    return sum(weight * share for weight, share in zip(weights, shares, strict=True)) / sum(weights)


def _variance(groups: Iterable[Group], mean: float) -> float:
    """Sato's variance of the weighted sum of differences: mean Σ p + Σ q."""
    first = second = 0.0
    for group in groups:
        n1, n0 = group.served, group.like
        x1, x0, total = group.served_closed, group.like_closed, group.served + group.like
        first += (n1**2 * x0 - n0**2 * x1 + n1 * n0 * (n0 - n1) / 2) / total**2
        second += (x1 * (n0 - x0) + x0 * (n1 - x1)) / (2 * total)
    return max(mean * first + second, 0.0)
