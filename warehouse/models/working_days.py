"""Working days in China from the ``holidays`` library, with the days worked at weekends for a longer holiday (调休)."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from warehouse.machine.deferred import deferred

if TYPE_CHECKING:
    from holidays import HolidayBase

YEARS_AROUND = range(-2, 7)
"""Years around that of the evaluation day: what is overdue and its lead before it, the longest validity after it."""


@cache
def working_days(place: str, day: date) -> pl.DataFrame:
    """The days around a day in the country of a place: is_working, is_make_up, is_known, and ``number``.

    Grain day. ``number``: the working days from the first of them up to that day.
    ``is_known`` is false from the year on for which the library has no make-up days; it gives the holidays of such a
    year by the rule alone, without stating so.
    """
    years = range(day.year + YEARS_AROUND.start, day.year + YEARS_AROUND.stop)
    calendar = _calendar(place.partition("-")[0], years)
    # the library keeps make-up days of other years in the same set
    made_up = {made for made in calendar.weekend_workdays if made.year in years}
    last_known = max((made.year for made in made_up), default=years.start - 1)
    days = pl.date_range(date(years.start, 1, 1), date(years.stop - 1, 12, 31), eager=True)
    rows = [(on, calendar.is_working_day(on), on in made_up, on.year <= last_known) for on in days]
    columns = ("day", "is_working", "is_make_up", "is_known")
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        number=pl.col("is_working").cast(pl.Int32).cum_sum()
    )


def _calendar(country: str, years: range) -> "HolidayBase":
    """The holidays of a country, without importing those of all others, most of the time."""
    from holidays import country_holidays
    from holidays.registry import COUNTRIES

    others = [f"holidays.countries.{name}" for name, codes in COUNTRIES.items() if country not in codes]
    with deferred(*others):
        return country_holidays(country, years=years)


def day_after(place: str, day: date, count: int) -> date:
    """The ``count``-th working day after a day, within the years ahead; raises ``ValueError`` beyond them."""
    days = working_days(place, day)
    later = days.filter(pl.col("is_working") & (pl.col("day") > day))["day"]
    if count > len(later):
        raise ValueError(f"{count} working days after {day} end beyond {days['day'][-1]}")
    return later[count - 1]  # type: ignore[no-any-return]


def count_between(place: str, first: date, last: date) -> int:
    """The working days after ``first`` up to ``last``, none where it is not earlier; counted back few years."""
    days = working_days(place, last)
    return int(days.filter((pl.col("day") > first) & (pl.col("day") <= last))["is_working"].sum())


def left(place: str, today: date, due_on: date) -> int:
    """The working days after today up to a day; negative by how many it is past, at least by one."""
    if today <= due_on:
        return count_between(place, today, due_on)
    return -max(count_between(place, due_on, today), 1)


def is_known(place: str, day: date) -> bool:
    """Whether the make-up working days of the year of a day are published."""
    return bool(working_days(place, day).filter(pl.col("day") == day)["is_known"].item())
