"""Windows in years: “the last three years” back from the day, or by calendar years."""

from datetime import date

import polars as pl


def certainly_within(then: pl.Expr, day: date, years: int) -> pl.Expr:
    """Whether a date counts by every reading: it lies in the year of the day or the ``years`` − 1 before it."""
    return (then.dt.year() > day.year - years) & (then <= day)


def perhaps_within(then: pl.Expr, day: date, years: int) -> pl.Expr:
    """Whether readings differ on a date: in the year ``years`` back, by calendar years or back from the day."""
    return then.dt.year() == day.year - years
