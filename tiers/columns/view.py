"""Facts relative to an edition and a day: the column of each data year, the years before founding."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from tiers.columns.quantity import WIDE, Figure, Need
from tiers.schema.facts import ENDS, YEARS, dtypes, vocabulary

FILLED_YEARS = YEARS[1:]


@dataclass(frozen=True)
class View:
    """Facts by name and year; with printed data years ``offset`` columns lie between them and the day.

    ``is_filled``: the columns went through ``before_founding``, so that expressions need not ask for the founding.
    """

    day: date
    offset: int = 0
    is_filled: bool = False

    def fact(self, name: str) -> Figure:
        """An expression in base units: days as integers, ``_least`` and ``_most`` as bounds."""
        known = vocabulary()[name]
        column = pl.col(name)
        if known.type == "date":
            column = column.cast(pl.Int32)
        ends = [self.fact(f"{name}_{end}").expr if f"{name}_{end}" in vocabulary() else None for end in ENDS]
        return Figure(name, _stored(column, known.type), known.scale, *ends)

    def yearly(self, name: str, ago: int = 0) -> Figure:
        """A fact of the year ``ago`` years before the last data year; null where no column reaches so far back."""
        known, position = vocabulary()[name], ago + self.offset
        if position not in YEARS:
            nothing = pl.lit(None, dtype=pl.Int64)
            return Figure(f"{name}_earlier", nothing, known.scale)
        column = pl.col(f"{name}_y{position}")
        return Figure(f"{name}_y{position}", _stored(column, known.type), known.scale)

    def last_day(self, ago: int) -> date:
        """31 December of the year ``ago`` years before the last data year."""
        return date(self.day.year - 1 - self.offset - ago, 12, 31)

    def unborn(self, ago: int) -> pl.Expr:
        """True where the firm did not exist in that year at all; false where its founding is not known."""
        return (pl.col("founded_on") > self.last_day(ago)).fill_null(False)

    def in_business(self, name: str, ago: int) -> Figure:
        """A yearly fact that counts as nothing in a year before the firm existed."""
        figure = self.yearly(name, ago)
        if self._is_zero_if_unborn(ago):
            return figure
        value = pl.when(self.unborn(ago)).then(0).otherwise(figure.expr)
        return Figure(figure.fact, value, figure.scale)

    def needed(self, name: str, ago: int) -> Need:
        """That a yearly fact must be known, unless the firm did not exist in that year."""
        figure = self.yearly(name, ago)
        if self._is_zero_if_unborn(ago):
            return figure.need
        return Need(figure.fact, figure.expr.is_null() & ~self.unborn(ago))

    def _is_zero_if_unborn(self, ago: int) -> bool:
        """Whether ``before_founding`` has written the zero of a year before the firm existed into the column."""
        return self.is_filled and ago + self.offset in FILLED_YEARS

    def total(self, name: str, years: int) -> tuple[pl.Expr, tuple[Need, ...]]:
        """The sum over the last ``years`` years in which the firm existed, and what it rests on."""
        span = range(years)
        parts = [self.in_business(name, ago).expr.cast(WIDE) for ago in span]
        return sum(parts[1:], parts[0]), tuple(self.needed(name, ago) for ago in span)


@lru_cache
def before_founding(day: date) -> Mapping[str, pl.Expr]:
    """By column, yearly facts of years before the firm existed: zero, since nothing is missing there.

    The last full year before the day is left open: a firm founded after it is judged by its operating period.
    """
    return {
        column: pl.when(pl.col("founded_on") > View(day).last_day(ago))
        .then(pl.lit(0).cast(dtypes()[fact.type]))
        .otherwise(pl.col(column))
        .alias(column)
        for fact in vocabulary().values()
        if fact.is_yearly
        for ago in FILLED_YEARS
        for column in [f"{fact.name}_y{ago}"]
    }


def _stored(column: pl.Expr, kind: str) -> pl.Expr:
    """The integers under a decimal, in units of its last place."""
    return column.to_physical().cast(WIDE) if dtypes()[kind] == pl.Decimal else column
