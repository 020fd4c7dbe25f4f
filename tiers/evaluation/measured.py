"""Metrics as columns of a sheet, computed once, and exact comparison with literals in integers."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Final

import polars as pl

from tiers.columns.literals import integer
from tiers.columns.quantity import WIDE, Quantity, integer_for
from tiers.columns.sheet import Sheet, Stage
from tiers.columns.view import View
from tiers.errors import TierError
from tiers.metrics import metric_of
from tiers.schema.facts import ago_of, codes
from tiers.schema.literal import Literal

NOTHING: Final = pl.lit(None, dtype=pl.Float64)
NONE_MISSING: Final = pl.lit(None, dtype=pl.Int16)


@dataclass(frozen=True)
class Measured:
    """A quantity as columns: ``num / den`` exact, ``value`` displayed, ``missing`` the code of the absent fact."""

    num: pl.Expr
    den: pl.Expr | int
    missing: pl.Expr
    undefined: pl.Expr | None
    floor: pl.Expr | None
    ceiling: pl.Expr | None
    value: pl.Expr
    quantity: Quantity
    unit: str
    name: str
    has_no_base: pl.Expr | None = None  # undefined because the firm did not exist in a year that is needed

    @property
    def value_name(self) -> str:
        """The column of ``value``, which is worked out from those of ``num`` and ``den``."""
        return f"{self.name}.value"

    @property
    def is_missing(self) -> pl.Expr:
        """Whether a fact that the quantity needs is missing."""
        return self.missing.is_not_null()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that the quantity needs."""
        return tuple(dict.fromkeys(need.fact for need in self.quantity.needs))


def measure(name: str, view: View, sheet: Sheet) -> Measured:
    """The metric of a name as columns of ``sheet``; ``view`` fixes the day and the years."""
    measured, columns = _columns_of(name, view)
    for column, expression in columns.items():
        sheet.put(Stage.VALUE if column == measured.value_name else Stage.MEASURE, column, expression)
    return measured


@lru_cache(maxsize=4096)
def _columns_of(name: str, view: View) -> tuple[Measured, Mapping[str, pl.Expr]]:
    """A metric and its columns by name: many editions ask for the same, and writing it takes a millisecond."""
    metric = metric_of(name)
    if metric is None:
        raise TierError(f"no metric and no fact is called {name}")
    quantity = metric.formula(view)
    own, width = f"{name}@{view.offset}", integer_for(quantity.bound)
    columns: dict[str, pl.Expr] = {}

    def put(part: str, expression: pl.Expr) -> pl.Expr:
        columns[f"{own}.{part}"] = expression
        return pl.col(f"{own}.{part}")

    is_text = metric.unit == "code"
    undefined = None if quantity.undefined is None else put("undefined", quantity.undefined)
    num = put("num", quantity.num if is_text else quantity.num.cast(width))
    den = put("den", quantity.den.cast(width)) if isinstance(quantity.den, pl.Expr) else quantity.den
    measured = Measured(
        num=num,
        den=den,
        missing=put("missing", _first_absent(quantity)),
        undefined=undefined,
        has_no_base=None if undefined is None else _has_no_base(quantity, undefined, view.day),
        floor=None if quantity.at_least is None else put("floor", quantity.at_least.cast(width)),
        ceiling=None if quantity.at_most is None else put("ceiling", quantity.at_most.cast(width)),
        value=put("value", display(replace(quantity, num=num, den=den), metric.unit)),
        quantity=quantity,
        unit=metric.unit,
        name=own,
    )
    return measured, columns


def _has_no_base(quantity: Quantity, undefined: pl.Expr, day: date) -> pl.Expr | None:
    years = {ago_of(need.fact) or 0 for need in quantity.needs} - {0}
    if not years:
        return None
    return undefined & (pl.col("founded_on") > View(day).last_day(max(years)))


def _first_absent(quantity: Quantity) -> pl.Expr:
    whens = [pl.when(need.absent).then(integer(codes()[need.fact], pl.Int16)) for need in quantity.needs]
    return pl.coalesce(whens) if whens else NONE_MISSING


def display(quantity: Quantity, unit: str) -> pl.Expr:
    """The displayed value as a float: a share in percent, money in its unit, a date as YYYYMMDD."""
    if quantity.value is not None:
        return quantity.value.cast(pl.Float64)
    if unit == "date":
        day = quantity.num.cast(pl.Date)
        return (day.dt.year() * 10000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day()).cast(pl.Float64)
    if unit == "code":
        return NOTHING
    if not isinstance(quantity.den, pl.Expr):
        return quantity.num.cast(pl.Float64) / (quantity.den / (100 if unit == "percent" else 1))
    share = quantity.num.cast(pl.Float64) / quantity.den.cast(pl.Float64)
    share = pl.when(quantity.den != 0).then(share)
    if quantity.roots:
        share = pl.when(share >= 0).then(share.pow(1 / quantity.roots) - 1)
    return share * 100 if unit == "percent" else share


def passes(num: pl.Expr, measured: Measured, operator: str, literal: Literal) -> pl.Expr:
    """Compare ``num / den`` with a literal; quotients by cross-multiplication, since ``den`` is positive."""
    bound = literal.amount
    if measured.quantity.roots:
        bound = (1 + bound) ** measured.quantity.roots
    if not isinstance(measured.den, pl.Expr):
        return integer_passes(num, operator, bound * measured.den)
    width = integer_for(measured.quantity.bound * max(bound.denominator, abs(bound.numerator)))
    left = num.cast(width) * integer(bound.denominator, width)
    right = measured.den.cast(width) * integer(bound.numerator, width)
    if measured.quantity.rounded:
        near = integer(measured.quantity.rounded * bound.denominator, width)
        left = pl.when((left - right).abs() <= near).then(right).otherwise(left)
    return _compared(left, operator, right)


def integer_passes(num: pl.Expr, operator: str, bound: Fraction) -> pl.Expr:
    """Compare an integer with a rational bound."""
    if operator == "is" and bound.denominator != 1:
        return pl.when(num.is_not_null()).then(False)
    up = operator in ("at_least", "less_than")
    return _compared(num, operator, _literal(math.ceil(bound) if up else math.floor(bound)))


def _literal(value: int) -> pl.Expr:
    return integer(value, pl.Int64 if abs(value) < 2**63 else WIDE)


def _compared(left: pl.Expr, operator: str, right: pl.Expr) -> pl.Expr:
    if operator == "at_least":
        return left >= right
    if operator == "more_than":
        return left > right
    if operator == "at_most":
        return left <= right
    if operator == "less_than":
        return left < right
    return left == right
