"""Conduct: accidents, offences and changes of control, where a record of them is kept."""

from datetime import date

import polars as pl

from tiers.calendar import years_after
from tiers.columns.quantity import Need, Quantity
from tiers.columns.view import View
from tiers.metrics.registry import metric

_NO_INCIDENT_DAYS = 10**6


@metric("day", "距最近一次重大事故或违法的天数", "days since the last major accident or offence")
def days_since_incident(view: View) -> Quantity:
    """Calendar days to the day; a million where the record is kept and empty; without it there may be a later one."""
    days = (pl.lit(view.day) - pl.col("last_major_incident_on")).dt.total_days()
    needs = (Need("are_incidents_known", ~_is_recorded()), _optional("last_major_incident_on"))
    return Quantity(days.fill_null(_NO_INCIDENT_DAYS), 1, needs, at_most=days, value=days)


@metric(
    "bool",
    "上年及本年内发生重大事故或违法",
    "had a major accident or offence last year or this year",
)
def had_incident_since_last_year(view: View) -> Quantity:
    """In the year before filing or the filing year itself, research misconduct included; 115号 第六条（四）."""
    return _since(date(view.day.year - 1, 1, 1), "last_major_incident_on", "last_misconduct_on")


@metric("bool", "近三年有严重失信或被撤销登记编号", "serious dishonesty or a revoked number in three years")
def had_bad_record_3y(view: View) -> Quantity:
    """On the same day three years ago or later; 工企业函〔2025〕137号."""
    return _since(years_after(view.day, -3), "last_bad_record_on")


@metric("bool", "上年及本年内有失信或被撤销登记编号的记录", "a bad record last year or this year")
def had_bad_record_since_last_year(view: View) -> Quantity:
    """Serious dishonesty, lifted or not, or a revoked number since 1 January of the year before; Xi'an 2024."""
    return _since(date(view.day.year - 1, 1, 1), "last_bad_record_on")


@metric("bool", "控制权已变更（被收购）", "control has passed to another firm")
def has_been_acquired(_: View) -> Quantity:
    """From the day on which the change of control was completed."""
    changed = pl.col("control_changed_on").is_not_null()
    unknown = ~(pl.col("are_control_changes_known").fill_null(False) | changed)
    return Quantity(changed, 1, (Need("are_control_changes_known", unknown), _optional("control_changed_on")))


@metric("bool", "有重大事故或违法记录", "has a record of a major accident or offence")
def had_incident(_: View) -> Quantity:
    """Ever, as far as the record reaches."""
    has_happened = pl.col("last_major_incident_on").is_not_null()
    return Quantity(
        has_happened,
        1,
        (Need("are_incidents_known", ~(_is_recorded() | has_happened)), _optional("last_major_incident_on")),
    )


@metric("bool", "已注销、吊销或迁出", "deregistered, revoked or moved away")
def has_ended(_: View) -> Quantity:
    """Where the register says so on the day; a firm without a statement about it is taken to exist."""
    return Quantity(~pl.col("is_living").fill_null(True), 1, (_optional("is_living"),), locked=True)


def _since(first: date, *dates: str) -> Quantity:
    """Whether one of the dates lies on or after ``first``: one such date is enough for a yes, a no needs the record."""
    has_happened = pl.any_horizontal([(pl.col(name) >= first).fill_null(False) for name in dates])
    unknown = ~(_is_recorded() | has_happened)
    return Quantity(has_happened, 1, (Need("are_incidents_known", unknown), *map(_optional, dates)))


def _optional(name: str) -> Need:
    """A date that is evidence where there is one; a record without it says that nothing happened."""
    return Need(name, pl.lit(False))


def _is_recorded() -> pl.Expr:
    return pl.col("are_incidents_known").fill_null(False)
