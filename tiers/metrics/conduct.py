"""Conduct: accidents and offences, as far as somebody keeps a record of them."""

from datetime import date

import polars as pl

from tiers.metrics.registry import metric
from tiers.quantity import Need, Quantity
from tiers.view import View

_NO_INCIDENT_DAYS = 10**6


@metric("day", "距最近一次重大事故或违法的天数", "days since the last major accident or offence")
def days_since_incident(view: View) -> Quantity:
    """Calendar days to the day; a million where the record is kept and empty; unknown where no record is kept."""
    days = (pl.lit(view.day) - pl.col("last_major_incident_on")).dt.total_days()
    return Quantity(days.fill_null(_NO_INCIDENT_DAYS), 1, (_record(),), value=days)


@metric(
    "bool",
    "上年及本年内发生重大事故或违法",
    "had a major accident or offence last year or this year",
)
def had_incident_since_last_year(view: View) -> Quantity:
    """In the year before filing or the filing year itself; 115号 第六条（四）."""
    since = date(view.day.year - 1, 1, 1)
    return Quantity((pl.col("last_major_incident_on") >= since).fill_null(False), 1, (_record(),))


@metric("bool", "有重大事故或违法记录", "has a record of a major accident or offence")
def had_incident(_: View) -> Quantity:
    """Ever, as far as the record reaches."""
    return Quantity(pl.col("last_major_incident_on").is_not_null(), 1, (_record(),))


def _record() -> Need:
    known = pl.col("are_incidents_known").fill_null(False) | pl.col("last_major_incident_on").is_not_null()
    return Need("are_incidents_known", ~known)
