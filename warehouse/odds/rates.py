"""The rate of like firms, shrunken towards wider groups of firms: nested beta-binomial empirical Bayes.

The strata divide the firms step by step. The share p of n firms of a group that moved is drawn from a beta
distribution around the shrunken rate m of the group that contains it; how much shares differ beyond chance, the
correlation r within groups, is estimated by moments over all groups of the step:
E[n (p - m)² / (m (1 - m))] = 1 + (n - 1) r (Kleinman, "Proportions with extraneous variance: single and independent
samples", JASA 68, 1973; Casella, "An introduction to empirical Bayes data analysis", American Statistician 39, 1985).
The posterior of a group is Beta(m s + k, (1 - m) s + n - k) with s = 1 / r - 1, and its mean is the rate.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from tiers.movement.odds import Odds
from warehouse.odds.strata import columns

Floats = np.ndarray[tuple[Any, ...], np.dtype[np.float64]]


class Rates:
    """Rates by stratum of one kind and title, fitted on rows with ``has_happened`` and the columns of the strata."""

    def __init__(self, rows: pl.DataFrame, limits: Odds) -> None:
        self._strata = columns(limits)
        self._tail = (1 - limits.interval) / 2
        self._most = float(limits.parent_firm_years_max)
        self._rows = rows.height
        self.overall = _share(int(rows["has_happened"].sum()), rows.height)
        self._strengths: list[float] = []
        self._groups: list[pl.DataFrame] = []
        parents = pl.DataFrame({"rate": [self.overall]})
        for step in range(len(self._strata)):
            groups = _within(_counted(rows, self._strata[: step + 1]), parents, self._strata[:step])
            strength = _strength(self._most, *(groups[name].to_numpy() for name in ("n", "k", "rate")))
            parents = groups.select(
                *self._strata[: step + 1],
                "n",
                "k",
                rate=(pl.col("rate") * strength + pl.col("k")) / (strength + pl.col("n")),
            )
            self._strengths.append(strength)
            self._groups.append(parents)
            parents = parents.drop("n", "k")

    def of(self, rows: pl.DataFrame) -> pl.DataFrame:
        """By row: odds, low, high, and like_firms, firm-years of the smallest group unlike its parent."""
        strata = rows.select(self._strata)
        groups = strata.unique(maintain_order=True)  # some hundred, whose quantiles take the time
        odds = self._of_groups(groups)
        return strata.join(groups.hstack(odds), on=self._strata, how="left", maintain_order="left").select(odds.columns)

    def _of_groups(self, groups: pl.DataFrame) -> pl.DataFrame:
        from scipy.special import betaincinv  # 0.3 s of CPU, which a run without history does without

        placed = groups.with_row_index("place")
        mean, weight = np.full(groups.height, self.overall), np.full(groups.height, float(self._rows))
        like = np.full(groups.height, self._rows)
        for step, (known, strength) in enumerate(zip(self._groups, self._strengths, strict=True)):
            joined = placed.join(known, on=self._strata[: step + 1], how="left").sort("place")
            n, k = (joined[name].fill_null(0).to_numpy() for name in ("n", "k"))
            mean = (mean * strength + k) / (strength + n)
            weight = _weight(weight, strength, n)
            like = n if strength < self._most else like
        low, high = (betaincinv(mean * weight, (1 - mean) * weight, tail) for tail in (self._tail, 1 - self._tail))
        return pl.DataFrame({"odds": mean, "low": low, "high": high, "like_firms": like.astype("int64")})


def _counted(rows: pl.DataFrame, strata: Sequence[str]) -> pl.DataFrame:
    """Firm-years ``n`` and events ``k`` by group, in one order, so that sums have the same bytes."""
    return (
        rows.group_by(strata).agg(n=pl.len().cast(pl.Int64), k=pl.col("has_happened").sum().cast(pl.Int64)).sort(strata)
    )


def _within(groups: pl.DataFrame, parents: pl.DataFrame, strata: Sequence[str]) -> pl.DataFrame:
    """The groups with the rate of the group that contains each."""
    if not strata:
        return groups.join(parents, how="cross")
    return groups.join(parents, on=list(strata), how="left", maintain_order="left")


def _strength(most: float, n: Floats, k: Floats, mean: Floats) -> float:
    """How many firm-years the wider group weighs: 1 / r - 1, and ``most`` where its groups do not differ."""
    spread = n * (k / n - mean) ** 2 / (mean * (1 - mean))
    more, beyond_chance = float((n - 1).sum()), float((spread - 1).sum())
    if beyond_chance * most <= more:
        return most
    return max(more / beyond_chance - 1, 0.0)


def _weight(parent: Floats, strength: float, n: Floats) -> Floats:
    """The firm-years that a rate rests on: ``n``, and of its parent so many as it is known by and like it.

    A parent known by ``parent`` firm-years, around which groups differ by ``strength``, weighs as much as
    1 / (1 / parent + 1 / strength) of the group itself; the more it weighs, the more it contains of the ``n``.
    """
    lent = parent * strength / (parent + strength)
    weight: Floats = lent + n * (1 - lent / parent)
    return weight


def _share(events: int, rows: int) -> float:
    """The share of all rows, kept from 0 and 1 as by one row of either outcome (Laplace)."""
    return (events + 1) / (rows + 2)
