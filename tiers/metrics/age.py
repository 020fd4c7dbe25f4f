"""Time: the age of a firm and how long it has been registered."""

from functools import partial

import polars as pl

from tiers.columns.quantity import Quantity
from tiers.columns.view import View
from tiers.metrics.first_days import of_anniversary, of_count, of_full_years, of_year_end
from tiers.metrics.registry import metric


@metric("year", "成立年限", "age in years")
def age_years(view: View) -> Quantity:
    """Whole anniversaries since founding."""
    return _years_since(view, "founded_on")


@metric("year", "距最近一轮融资年数", "years since the latest round")
def years_since_round(view: View) -> Quantity:
    """Anniversaries of the latest round with a valuation."""
    return _years_since(view, "latest_round_on")


def _years_since(view: View, name: str) -> Quantity:
    """A difference of YYYYMMDD, so that the tenth anniversary is ten exactly."""
    fact = view.fact(name)
    years, months, days = _since(view, pl.col(name))
    return Quantity(
        years * 10000 + months * 100 + days,
        10000,
        (fact.need,),
        value=years + months / 12 + days / (12 * 31),  # whole on every anniversary
        locked=True,
        at_least=None if fact.at_most is None else _difference(view, f"{name}_most"),
        at_most=None if fact.at_least is None else _difference(view, f"{name}_least"),
        first_day=partial(of_anniversary, pl.col(name)),
    )


def _since(view: View, then: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Years, months and days between two dates, each by itself."""
    months = view.day.month - then.dt.month().cast(pl.Int32)
    return view.day.year - then.dt.year(), months, view.day.day - then.dt.day().cast(pl.Int32)


def _difference(view: View, name: str) -> pl.Expr:
    years, months, days = _since(view, pl.col(name))
    return years * 10000 + months * 100 + days


@metric("year", "成立以来的完整年数", "full years since founding")
def full_years(view: View) -> Quantity:
    """Anniversaries since founding: one reading of 完整年度; the other is ``full_fiscal_years``."""
    years = _years_since(view, "founded_on")
    first_day = partial(of_full_years, pl.col("founded_on"))
    return Quantity(years.num // 10000, 1, years.needs, locked=True, first_day=first_day)


@metric("year", "完整会计年度数", "full fiscal years")
def full_fiscal_years(view: View) -> Quantity:
    """Calendar years between founding and the year of the day; the year of founding only from 1 January."""
    founded = pl.col("founded_on")
    is_first_day = (founded.dt.month() == 1) & (founded.dt.day() == 1)
    first_year = founded.dt.year() + pl.when(is_first_day).then(0).otherwise(1)
    need = view.fact("founded_on").need
    return Quantity(view.day.year - first_year, 1, (need,), locked=True, first_day=partial(of_year_end, first_year))


@metric("day", "注册成立天数", "days since registration")
def days_since_founding(view: View) -> Quantity:
    """Calendar days from registration to the day; 195号 三（一）."""
    days = (pl.lit(view.day) - pl.col("founded_on")).dt.total_days()
    first_day = partial(of_count, pl.col("founded_on"))
    return Quantity(days, 1, (view.fact("founded_on").need,), locked=True, first_day=first_day)
