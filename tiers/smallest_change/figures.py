"""The figures of a firm that can change, as integers: fen, units of the last decimal of a mean, counts, 0 or 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl

from tiers.columns.quantity import LARGEST, MOST_UNITS
from tiers.schema.facts import DECIMALS, ago_of, fact_of, schema, vocabulary

FIXED = {
    *(
        "founded_on",
        "is_living",
        "is_branch",
        "entity_kind",
        "industry_code",
        "last_major_incident_on",
        "are_incidents_known",
    ),
    *("are_control_changes_known", "is_first_application", "revenue_reach_years", "peak_post_money_usd_cents"),
}
"""What a firm is and what has happened; past years, dates and texts are fixed too."""
NO_RANK = 10**6
"""A rank of 0 means none, which is worse than every rank."""
DECIMAL = pl.Decimal(38, DECIMALS)
MOST = LARGEST // 1000
MOST_COUNTED = {pl.Int64: MOST, pl.Boolean: 1, DECIMAL: MOST_UNITS // 100 * 10**DECIMALS}
HUNDREDTH = 10 ** (DECIMALS - 2)
"""Means and percentages are proposed with two decimals."""

Figures = Mapping[str, int]
"""Values that differ from what they are now."""


@dataclass(frozen=True)
class Figure:
    """One figure as it is now, between which bounds it may lie, and how many of the stored make one of its unit."""

    name: str
    now: int
    low: int
    high: int
    unit: int
    step: int = 1
    """Values are proposed in multiples of this."""

    def share_of_change(self, then: int) -> Fraction:
        """The change over what it is now; of what is less than one, over one of its unit."""
        return Fraction(abs(then - self.now), max(abs(self.now), self.unit))


def changeable(firm: pl.DataFrame, offset: int, day: date) -> dict[str, Figure]:
    """The figures of one row that are known and not fixed.

    Of the years only the last one of an edition that follows the calendar: printed data years (``offset`` > 0) are
    closed, and a firm founded after that year has no figures of it.
    """
    founded_on = firm["founded_on"].item()
    has_last_year = not offset and (founded_on is None or founded_on.year < day.year)
    figures = {}
    for name, dtype in schema().items():
        value = firm[name].item()
        if value is None or not _may_change(name, dtype, has_last_year):
            continue
        now = int(value * 10**DECIMALS) if dtype == DECIMAL else int(value)
        if dtype == pl.Int32:
            figures[name] = Figure(name, now or NO_RANK, 1, NO_RANK, 1)
        else:
            step = HUNDREDTH if dtype == DECIMAL else 1
            figures[name] = Figure(name, now, min(0, now), _most(dtype), _unit(name, dtype), step)
    return figures


def _may_change(name: str, dtype: pl.DataType, has_last_year: bool) -> bool:
    ago = ago_of(name)
    is_closed = ago is not None and not (has_last_year and ago == 0)
    is_end = name in vocabulary() and vocabulary()[name].bound_of is not None
    return name not in FIXED and not is_closed and not is_end and dtype not in (pl.Date, pl.String)


def _most(dtype: pl.DataType) -> int:
    return next(most for kind, most in MOST_COUNTED.items() if dtype == kind)


def _unit(name: str, dtype: pl.DataType) -> int:
    fact = fact_of(name)
    if dtype == DECIMAL:
        return int(10**DECIMALS)
    return 100 if fact.type == "money" else 1


def typed(name: str, value: object) -> str:
    """The value of a figure as it is typed back into what-if, without rounding: ``1728.000001万元``."""
    if isinstance(value, bool):
        return "是" if value else "否"
    fact = fact_of(name)
    if fact.type != "money":
        return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
    unit = {"usd": "万美元", "eur": "万欧元"}.get(fact.unit, "万元")
    return f"{Decimal(str(value)) / 10**6:f}{unit}"


def as_stored(name: str, value: int) -> object:
    """The value as the column holds it."""
    dtype = schema()[name]
    if dtype == DECIMAL:
        return Decimal(value).scaleb(-DECIMALS)
    return bool(value) if dtype == pl.Boolean else value


def rows_of(firm: pl.DataFrame, states: Sequence[Figures]) -> pl.DataFrame:
    """One row a state: the firm with its changed figures."""
    now = {name: firm[name].item() for state in states for name in state}
    columns = [
        pl.Series(name, [as_stored(name, state[name]) if name in state else value for state in states], schema()[name])
        for name, value in now.items()
    ]
    return pl.concat([firm] * len(states)).with_columns(columns)
