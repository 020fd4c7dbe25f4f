"""First days on which a span of time reaches a bound, by the calendar in which its metric counts."""

import math
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import polars as pl


def of_anniversary(then: pl.Expr, operator: str, bound: Fraction) -> pl.Expr | None:
    """For years as a difference of YYYYMMDD; the anniversary of 29 February is 1 March where there is none."""
    if bound.denominator != 1 or operator not in ("at_least", "more_than"):
        return None
    month = pl.date(then.dt.year() + int(bound), then.dt.month(), 1)
    day = month + pl.duration(days=then.dt.day().cast(pl.Int32) - (operator == "at_least"))
    return pl.min_horizontal(day, month.dt.offset_by("1mo"))


def of_full_years(then: pl.Expr, operator: str, bound: Fraction) -> pl.Expr | None:
    """For anniversaries as a whole number."""
    least = _least(operator, bound)
    return None if least is None else of_anniversary(then, "at_least", Fraction(least))


def of_year_end(first_year: pl.Expr, operator: str, bound: Fraction) -> pl.Expr | None:
    """For full calendar years from ``first_year`` on."""
    least = _least(operator, bound)
    return None if least is None else pl.date(first_year + least, 1, 1)


def of_count(then: pl.Expr, operator: str, bound: Fraction) -> pl.Expr | None:
    """For days since a date."""
    least = _least(operator, bound)
    return None if least is None else then + pl.duration(days=least)


def new_year_after(names: Sequence[str], years: int, day: date) -> pl.Expr:
    """1 January so many years after the last of some dates; null for one that is still open: it has the day itself."""
    last = pl.max_horizontal([pl.col(name) for name in names])
    return pl.when(last < day).then(pl.date(last.dt.year() + years, 1, 1))


def _least(operator: str, bound: Fraction) -> int | None:
    """The least whole number that passes a lower bound; None for another operator."""
    return {"at_least": math.ceil(bound), "more_than": math.floor(bound) + 1}.get(operator)
