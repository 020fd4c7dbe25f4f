"""Conduct: accidents, offences and changes of control, where a record of them is kept."""

from datetime import date
from fractions import Fraction
from functools import partial

import polars as pl

from tiers.columns.quantity import Need, Quantity
from tiers.columns.view import View
from tiers.metrics.first_days import new_year_after, of_count
from tiers.metrics.registry import metric

_NO_INCIDENT_DAYS = 10**6
_DOUBTFUL = ("last_offence_on", "last_unknown_list_on")
"""Facts of entries that may have been major."""


@metric("day", "距最近一次重大事故或违法的天数", "days since the last major accident or offence")
def days_since_incident(view: View) -> Quantity:
    """Calendar days to the day; a million where the record is kept and empty; without it there may be a later one.

    Entries without a statement whether they were major leave it between the days to the last of them and to the
    last major one.
    """
    days, doubtful = (
        [(pl.lit(view.day) - pl.col(name)).dt.total_days() for name in names]
        for names in (("last_major_incident_on",), _DOUBTFUL)
    )
    floor = pl.when(_has_doubts()).then(pl.min_horizontal([*days, *doubtful]))
    needs = (Need("are_incidents_known", ~_is_recorded()), *map(_optional, ("last_major_incident_on", *_DOUBTFUL)))
    return Quantity(
        days[0].fill_null(_NO_INCIDENT_DAYS),
        1,
        needs,
        at_least=floor,
        at_most=days[0],
        value=days[0],
        locked=True,
        first_day=partial(of_count, pl.when(~_has_doubts()).then(pl.col("last_major_incident_on"))),
    )


@metric(
    "bool",
    "上年及本年内发生重大事故或违法",
    "had a major accident or offence last year or this year",
)
def had_incident_since_last_year(view: View) -> Quantity:
    """In the year before filing or the filing year itself, research misconduct included; 115号 第六条（四）."""
    return _since(view.day, "last_major_incident_on", "last_misconduct_on")


@metric("bool", "控制权已变更（被收购）", "control has passed to another firm")
def has_been_acquired(_: View) -> Quantity:
    """From the day on which the change of control was completed."""
    changed = pl.col("control_changed_on").is_not_null()
    unknown = ~(pl.col("are_control_changes_known").fill_null(False) | changed)
    return Quantity(changed, 1, (Need("are_control_changes_known", unknown), _optional("control_changed_on")))


@metric("bool", "存续", "exists")
def exists(_: View) -> Quantity:
    """Unless the register states an end by the day; a firm without a statement about it is taken to exist."""
    return Quantity(pl.col("is_living").fill_null(True), 1, (_optional("is_living"),), locked=True)


def _since(day: date, *dates: str) -> Quantity:
    """Whether one of the dates lies in this year or the last: one such date is enough for a yes, a no needs the record.

    An entry before them without a statement whether it was major leaves nothing open.
    """
    first = date(day.year - 1, 1, 1)
    has_happened, may_have = (
        pl.any_horizontal([(pl.col(name) >= first).fill_null(False) for name in names]) for names in (dates, _DOUBTFUL)
    )
    is_over = _has_doubts() & ~may_have
    unknown = ~(_is_recorded() | is_over | has_happened)
    return Quantity(
        has_happened,
        1,
        (Need("are_incidents_known", unknown), *map(_optional, (*dates, *_DOUBTFUL))),
        locked=True,
        first_day=partial(_after_next_year, day, dates),
    )


def _after_next_year(day: date, dates: tuple[str, ...], operator: str, bound: Fraction) -> pl.Expr | None:
    """Where the answer is to be no, the day on which the last of the dates is neither of this year nor of the last."""
    return new_year_after(dates, 2, day) if operator == "is" and not bound else None


def _optional(name: str) -> Need:
    """A date that is evidence where there is one; a record without it means that nothing happened."""
    return Need(name, pl.lit(False))


def _is_recorded() -> pl.Expr:
    return pl.col("are_incidents_known").fill_null(False)


def _has_doubts() -> pl.Expr:
    return pl.any_horizontal([pl.col(name).is_not_null() for name in _DOUBTFUL])
