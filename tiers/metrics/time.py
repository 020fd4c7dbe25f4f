"""Time: the age of a firm and how long it has been registered."""

import polars as pl

from tiers.metrics.registry import metric
from tiers.quantity import Quantity
from tiers.view import View

_DAYS_A_YEAR = 365.2425


@metric("year", "成立年限", "age in years")
def age_years(view: View) -> Quantity:
    """Whole anniversaries since founding, as a difference of YYYYMMDD, so that the tenth anniversary is ten exactly."""
    founded = pl.col("founded_on")
    written = founded.dt.year() * 10000 + founded.dt.month().cast(pl.Int32) * 100 + founded.dt.day()
    today = view.day.year * 10000 + view.day.month * 100 + view.day.day
    days = (pl.lit(view.day) - founded).dt.total_days()
    return Quantity(
        today - written,
        10000,
        (view.fact("founded_on").need,),
        value=days / _DAYS_A_YEAR,
        locked=True,
    )


@metric("day", "注册成立天数", "days since registration")
def days_since_founding(view: View) -> Quantity:
    """Calendar days from registration to the day; 195号 三（一）."""
    days = (pl.lit(view.day) - pl.col("founded_on")).dt.total_days()
    return Quantity(days, 1, (view.fact("founded_on").need,), locked=True)
