"""Named quantities as exact column expressions: an integer over an integer, never a float in a decision.

Amounts of a fact stay below 10^17 hundredths (``LARGEST``), means and percentages below 10^11 units of 10^15 parts, so
that the products compared here fit 128-bit integers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction

import polars as pl

LARGEST = 10**17
"""No fact is larger than this, in fen or hundredths; staging keeps larger figures out."""

MOST_UNITS = 10**11
"""No mean or percentage is larger than this; staging keeps larger figures out."""

WIDE = pl.Int128

HUNDRED = 100
"""Scale of money; that of a count is 1."""

SCALE = 10**18
"""The unit of a sum of quotients: each is rounded at the eighteenth place, far below one fen in any firm's figures."""


def integer_for(bound: int) -> type[pl.Int64] | type[pl.Int128]:
    """The narrowest integers that hold every value up to ``bound``: half the time of the wide ones."""
    return pl.Int64 if bound < 2**63 else WIDE


@dataclass(frozen=True)
class Need:
    """A fact that a quantity rests on, and when it is absent though it ought to be there."""

    fact: str
    absent: pl.Expr


@dataclass(frozen=True)
class Figure:
    """One fact as a column: its name, its integer expression and how many of it make one of its unit."""

    fact: str
    expr: pl.Expr
    scale: int = 1
    at_least: pl.Expr | None = None
    at_most: pl.Expr | None = None
    """The ends between which the fact lies where it is null; null where an end is open."""

    @property
    def need(self) -> Need:
        """That this fact must be known."""
        return Need(self.fact, self.expr.is_null())

    @property
    def bound(self) -> int:
        """The largest integer of the column."""
        return LARGEST if self.scale <= HUNDRED else MOST_UNITS * self.scale


FirstDay = Callable[[str, Fraction], pl.Expr | None]
"""For an operator and its bound the first day on which the test holds if only time passes; None where there is none."""


@dataclass(frozen=True)
class Quantity:
    """``num / den`` in the base unit; with ``roots`` ≥ 1 a growth rate, the roots-th root of it less one."""

    num: pl.Expr
    den: pl.Expr | int = 1
    needs: tuple[Need, ...] = ()
    undefined: pl.Expr | None = None  # all facts are known, yet the quotient has no meaning
    roots: int = 0
    at_least: pl.Expr | None = None  # with facts missing: what the numerator cannot fall below
    at_most: pl.Expr | None = None  # with facts missing: what the numerator cannot rise above
    rounded: int = 0  # so many units the numerator may be off: that near to a threshold is on it
    bound: int = LARGEST  # the largest numerator or denominator there can be
    value: pl.Expr | None = None  # for display, where num / den would mislead
    locked: bool = field(default=False)  # nothing the firm does can change it: its age, its past
    first_day: FirstDay | None = None  # of a quantity that time alone makes larger


def plain(figure: Figure) -> Quantity:
    """A fact without arithmetic, with its scale and bounds."""
    return Quantity(
        figure.expr,
        figure.scale,
        (figure.need,),
        at_least=figure.at_least,
        at_most=figure.at_most,
        bound=figure.bound,
    )


def ratio(part: Figure, whole: Figure) -> Quantity:
    """Part of a whole; without meaning where the whole is zero or less."""
    return Quantity(
        part.expr.cast(WIDE),
        whole.expr.cast(WIDE),
        (whole.need, part.need),
        undefined=whole.expr <= 0,
        bound=max(part.bound, whole.bound),
    )


def growth(final: Figure, base: Figure, years: int) -> Quantity:
    """Compound yearly growth over ``years`` intervals; without meaning where the base is zero or less."""
    return replace(ratio(final, base), roots=years)


def together(*figures: Figure) -> Quantity:
    """The sum of counts that cannot be negative: those known are a floor under the sum."""
    known = pl.sum_horizontal([figure.expr.fill_null(0) for figure in figures])
    return Quantity(
        pl.sum_horizontal([figure.expr for figure in figures], ignore_nulls=False),
        figures[0].scale,
        tuple(figure.need for figure in figures),
        at_least=known,
        bound=figures[0].bound * len(figures),
    )
