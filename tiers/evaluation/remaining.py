"""What remains to be met of a condition or group, as one integer: whether it is closed, its weight, its conditions.

Below ``CLOSED`` it is ``WEIGHT`` times the weight of the conditions that are not met, plus how many of them fail or
are undecided. A condition that can never be met adds ``CLOSED``. So sums of parts that are all needed, and minima of
parts of which one is needed, are closed exactly where no way is left, and prefer ways that are open, then near.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from tiers.evaluation.compare import Columns
from tiers.evaluation.part import Part

WEIGHT: Final = 1 << 8
CLOSED: Final = 1 << 24
INFINITE: Final = (1 << 31) - 1


def of_condition(answer: pl.Expr, columns: Columns) -> pl.Expr:
    """Zero once it is met; what people have to judge has a weight and does not count."""
    weight = WEIGHT * _weight(columns)
    failing = weight + 1 + (CLOSED if columns.closes else 0)
    return pl.lit(pl.Series([failing, weight + 1, weight, 0], dtype=pl.Int32)).gather(answer)


def of_group(parts: Sequence[Part], needed: int) -> pl.Expr:
    """The sum of as many of the nearest parts as are needed."""
    columns = [part.remaining for part in parts]
    if needed == len(parts):
        return pl.sum_horizontal(columns)
    if needed == 1:
        return pl.min_horizontal(columns)
    return pl.concat_list(columns).list.sort().list.head(needed).list.sum()


def is_closed(remaining: pl.Expr) -> pl.Expr:
    """Whether every way contains a condition that can never be met."""
    return remaining >= CLOSED


def conditions(remaining: pl.Expr) -> pl.Expr:
    """How many conditions of the nearest way fail or are undecided."""
    return remaining % WEIGHT


def _weight(columns: Columns) -> int:
    """1 for quantities, 10 for yes/no facts, 100 for what the firm cannot change."""
    if columns.is_locked:
        return 100
    return 10 if columns.unit in ("bool", "code", "date", "rank") else 1
