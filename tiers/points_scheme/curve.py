"""One indicator as columns: the fewest and the most tenths a firm has in it, exactly, rounded down to a tenth."""

import math
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from tiers.columns.quantity import WIDE
from tiers.evaluation.measured import Measured, passes
from tiers.points_scheme.scheme import Indicator, Linear, Quantile, Step
from tiers.schema.literal import parse_literal

_TENTHS = pl.Int32
_NOUGHT = parse_literal("0 元")
ORDER = 10**9
"""Quotients are ranked to the ninth decimal."""


@dataclass(frozen=True)
class Ends:
    """The fewest and the most tenths."""

    low: pl.Expr
    high: pl.Expr


def points_of(indicator: Indicator, measured: Measured | None, weight: int, phase: pl.Expr) -> Ends:
    """The tenths of an indicator under the weight of one phase; ``phase`` is the column that ranks are taken within."""
    cap = weight if indicator.cap is None else min(indicator.cap, weight)
    open_ends = indicator.floor if indicator.negative == "deduct" else 0, cap
    missing = open_ends if indicator.missing == "range" else (0, 0)
    if measured is None:
        return Ends(*(pl.lit(end, dtype=_TENTHS) for end in missing))
    undefined = open_ends if indicator.undefined == "range" else (0, 0)
    below_zero = open_ends if indicator.negative == "unknown" else (0, 0)
    earned = _earned(indicator, measured, weight, phase).clip(indicator.floor, cap).cast(_TENTHS)
    exceptions = [(measured.is_missing, missing)]
    if measured.undefined is not None:
        exceptions.append((measured.undefined, undefined))
    if indicator.negative != "deduct":
        exceptions.append((passes(measured.num, measured, "less_than", _NOUGHT), below_zero))
    if indicator.quantile:  # where the phase is not known, nor is the place in it
        exceptions.append((phase.is_null(), (0, cap)))
    return Ends(_end(0, earned, exceptions), _end(1, earned, exceptions))


def _end(end: int, earned: pl.Expr, exceptions: list[tuple[pl.Expr, tuple[int, int]]]) -> pl.Expr:
    """What is earned, unless one of the exceptions holds; the first of them counts."""
    answer = earned
    for holds, ends in reversed(exceptions):
        answer = pl.when(holds).then(pl.lit(ends[end], dtype=_TENTHS)).otherwise(answer)
    return answer


def _earned(indicator: Indicator, measured: Measured, weight: int, phase: pl.Expr) -> pl.Expr:
    if indicator.linear is not None:
        return _along(indicator.linear, measured, weight)
    if indicator.quantile:
        return _by_place(indicator.quantile, measured, weight, phase)
    return _by_steps(indicator.steps, measured, weight)


def _part(weight: int, share: Fraction) -> pl.Expr:
    return pl.lit(math.floor(weight * share), dtype=WIDE)


def _by_steps(steps: tuple[Step, ...], measured: Measured, weight: int) -> pl.Expr:
    """The part of the first step whose test passes, else nothing."""
    earned = [
        pl.when(passes(measured.num, measured, operator, literal)).then(_part(weight, step.share))
        for step in steps
        for operator, literal in step.tests
    ]
    return pl.coalesce([*earned, pl.lit(0, dtype=WIDE)])


def _along(linear: Linear, measured: Measured, weight: int) -> pl.Expr:
    """Weight × (value − from) ÷ (to − from), in integers; a quotient is never worked out by itself."""
    start, span = linear.from_.amount, linear.to.amount - linear.from_.amount
    if measured.quantity.roots:
        start += 1  # a rate of one year: the quotient of both years less one
    num = measured.num.cast(WIDE)
    den = measured.den.cast(WIDE) if isinstance(measured.den, pl.Expr) else pl.lit(measured.den, dtype=WIDE)
    sign = 1 if span > 0 else -1
    above = (num * start.denominator - den * start.numerator) * (sign * weight * span.denominator)
    return above // (den * (start.denominator * abs(span.numerator)))


def _by_place(quantiles: tuple[Quantile, ...], measured: Measured, weight: int, phase: pl.Expr) -> pl.Expr:
    """By how many known firms of the same phase are strictly better; those alike share the better place."""
    key = measured.num.cast(WIDE)
    if isinstance(measured.den, pl.Expr):
        key = key * ORDER // measured.den.cast(WIDE)
    is_known = ~measured.is_missing
    if measured.undefined is not None:
        is_known &= ~measured.undefined.fill_null(True)
    known = pl.when(is_known).then(key)
    better = (known.rank("min", descending=True).over(phase).cast(WIDE)) - 1
    firms = known.count().over(phase).cast(WIDE)
    earned = [
        pl.when(better * quantile.top.denominator < firms * quantile.top.numerator).then(_part(weight, quantile.share))
        for quantile in quantiles
    ]
    return pl.coalesce([*earned, pl.lit(0, dtype=WIDE)])
