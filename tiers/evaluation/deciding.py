"""Which condition decides a group: one that leads to a way still open, and of several one that the firm can act on."""

from collections.abc import Sequence

import polars as pl

from tiers.columns import outcome
from tiers.columns.literals import integer
from tiers.evaluation.part import Part
from tiers.evaluation.remaining import INFINITE, is_closed


def first(parts: Sequence[Part], answer: pl.Expr) -> pl.Expr:
    """For groups that need all parts: the first part with the answer of the group; once met, the met route.

    Of parts that fail one that is closed decides, else one that the firm can act on, else the first.
    """
    routes = [pl.when(answer == outcome.MET).then(part.deciding) for part in parts if part.has_route]
    closed = [pl.when(is_closed(part.remaining)).then(part.deciding) for part in parts if part.may_close]
    within_reach = [pl.when(_can_be_acted_on(part)).then(part.deciding) for part in parts] if _differ(parts) else []
    return pl.coalesce(
        [*routes, *closed, *within_reach, *(pl.when(part.answer == answer).then(part.deciding) for part in parts)]
    )


def _differ(parts: Sequence[Part]) -> bool:
    return any(part.locked for part in parts)


def _can_be_acted_on(part: Part) -> pl.Expr:
    """Whether a part fails by a condition that neither time nor the past alone decides."""
    fails = part.answer == outcome.NOT_MET
    return fails & ~part.deciding.is_in(sorted(part.locked)) if part.locked else fails


def nearest(parts: Sequence[Part], answer: pl.Expr, needed: int, remaining: pl.Expr) -> pl.Expr:
    """For groups that need some parts: of the parts with the answer of the group the nearest one that is still open.

    Where so many are closed that the group is, by its ``remaining``, the first of those that are closed.
    """
    infinite = integer(INFINITE, pl.Int32)
    distance = [pl.when(part.answer == answer).then(part.remaining).otherwise(infinite) for part in parts]
    least = pl.min_horizontal(distance)
    near = [pl.when(far == least).then(part.deciding) for part, far in zip(parts, distance, strict=True)]
    if needed == 1:  # closed only where every part is
        return pl.coalesce(near)
    is_over = is_closed(remaining)
    closed = [pl.when(is_over & is_closed(part.remaining)).then(part.deciding) for part in parts if part.may_close]
    return pl.coalesce([*closed, *near])
