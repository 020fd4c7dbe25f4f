"""Values of a missing fact among which every answer occurs: ends of its domain, neighbours of thresholds."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import polars as pl

from tiers.calendar import years_after
from tiers.columns.quantity import LARGEST
from tiers.columns.sheet import Sheet
from tiers.columns.view import View
from tiers.evaluation.measured import Measured, measure
from tiers.schema.condition import Comparison, Exclusion, Leaf
from tiers.schema.facts import DECIMALS, YEARS, dtypes, fact_of
from tiers.schema.literal import EPOCH, Literal
from tiers.schema.points import Scored

MOST = LARGEST // 1000
"""The upper end of an amount of money; products of two such amounts stay within 128 bits."""
ENDS = {"money": (0, MOST), "rank": (0, 10**6), "bool": (0, 1)}
ENDS |= {"people": (0, 10 ** (6 + DECIMALS))} | dict.fromkeys(("points", "percent"), (0, 10 ** (2 + DECIMALS)))
COUNT = (0, 10**9)
MAY_BE_NEGATIVE = ("total_profit_fen", "net_profit_fen")
_WIDE = pl.Int128


@dataclass(frozen=True)
class Edge:
    """A quantity against a bound; ``bound`` includes the root of a growth rate."""

    measured: Measured
    bound: Fraction
    literal: Literal


def thresholds(leaf: Leaf) -> Iterator[tuple[str, Literal]]:
    """Metric and value of every threshold a condition has: its tests, its bands, the bands of its points."""
    if isinstance(leaf, Comparison):
        tests = [*leaf.tests, *(leaf.contested.tests if leaf.contested else [])]
        tests += [test for band in leaf.bands for test in band.tests]
        for metric in filter(None, (leaf.metric, leaf.also_read_as)):
            yield from ((metric, literal) for _, literal in tests)
        if leaf.by is not None:
            yield from ((leaf.by, band.upper[1]) for band in leaf.bands if band.upper)
    if isinstance(leaf, Scored):
        for scale in (scale for indicator in leaf.indicators for scale in indicator.scales):
            yield from ((scale.metric, edge) for band in scale.bands if (edge := band.from_ or band.above) is not None)


def edges_of(leaf: Leaf, view: View) -> list[Edge]:
    """Every threshold of a condition with its quantity."""
    return [_edge(measure(metric, view, Sheet()), literal) for metric, literal in thresholds(leaf)]


def _edge(measured: Measured, literal: Literal) -> Edge:
    quantity = measured.quantity
    bound = (1 + literal.amount) ** quantity.roots if quantity.roots else literal.amount
    return Edge(measured, bound, literal)


class Candidates:
    """The values to try for one missing fact, given the conditions that need it."""

    def __init__(self, column: str, leaves: Sequence[Leaf], view: View) -> None:
        self.column, self.view = column, view
        self.kind = fact_of(column).type
        self.leaves = leaves
        edges = [edge for leaf in leaves for edge in edges_of(leaf, view) if column in edge.measured.facts]
        self.plain = [edge for edge in edges if len(edge.measured.facts) == 1]
        self.joint = [edge for edge in edges if len(edge.measured.facts) > 1]

    @property
    def ends(self) -> tuple[int, int]:
        """The domain of the stored integer."""
        low, high = ENDS.get(self.kind, COUNT)
        return (-high, high) if fact_of(self.column).name in MAY_BE_NEGATIVE else (low, high)

    def split(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Each row once for every value of the fact that is to be tried."""
        if self.kind == "text":
            return rows.with_columns(pl.lit(self._codes()).alias(self.column)).explode(self.column)
        if self.kind in ("date", "bool"):
            return self._exploded(rows, _constant(self._integers))
        return self._exploded(rows, self._numbers(rows))

    @cached_property
    def constants(self) -> pl.Series:
        """The values that are tried whatever the other figures are, as they are stored."""
        if self.kind == "text":
            return pl.Series(self.column, self._codes())
        return pl.DataFrame({self.column: pl.Series(self._integers, dtype=_WIDE)}).select(self._stored()).to_series()

    @cached_property
    def _integers(self) -> list[int]:
        if self.kind == "date":
            return self._dates()
        return [0, 1] if self.kind == "bool" else self._fixed

    def _exploded(self, rows: pl.DataFrame, values: pl.Expr | pl.Series) -> pl.DataFrame:
        return rows.with_columns(values.alias(self.column)).explode(self.column).with_columns(self._stored())

    def _stored(self) -> pl.Expr:
        value, dtype = pl.col(self.column), dtypes()[self.kind]
        if self.kind in ("people", "points", "percent"):
            value = value.cast(dtype) * pl.lit(Decimal(1).scaleb(-DECIMALS))
        if self.kind == "date":
            value = value.cast(pl.Int32)
        return value.cast(dtype).alias(self.column)

    @cached_property
    def _fixed(self) -> list[int]:
        """Ends of the domain and neighbours of thresholds of the fact alone."""
        low, high = self.ends
        fixed = {low, low + 1, high, 0, 1}
        for edge in self.plain:
            zero = edge.bound * fact_of(self.column).scale
            fixed |= {math.floor(zero) - 1, math.floor(zero), math.ceil(zero), math.ceil(zero) + 1}
        return [value for value in sorted(fixed) if low <= value <= high]

    def _numbers(self, rows: pl.DataFrame) -> pl.Expr | pl.Series:
        """A list of integers for each row: ends and neighbours of thresholds, those of ratios by the row's figures."""
        if not self.joint:
            return _constant(self._fixed)
        near = self._near_zeros(rows).filter(pl.col("x").is_between(*self.ends)).group_by("row").agg("x")
        lists = rows.select(row=pl.int_range(pl.len())).join(near, on="row", how="left", maintain_order="left")
        values = pl.concat_list(_constant(self._fixed), pl.col("x").fill_null([])).list.unique()
        return lists.select(values).to_series()

    def _near_zeros(self, rows: pl.DataFrame) -> pl.DataFrame:
        """``row`` (from 0) and ``x``: neighbours of where each joint quantity passes its bound, and where it turns.

        A quantity times its denominators is a straight line in the fact or, as a mean of growth rates has a year both
        above and below, a parabola. It is drawn through its heights at 1, 2 and 3. A row for each curve, so that the
        query is as short for many curves as for one.
        """
        points = rows.with_columns(_constant([1, 2, 3]).alias(self.column), row=pl.int_range(pl.len()))
        curves = points.explode(self.column).with_columns(self._stored()).select("row", *self._heights)
        heights = curves.unpivot(index="row", value_name="height")
        at_points = [pl.col("height").gather_every(3, place).alias(f"at{place + 1}") for place in range(3)]
        zeros = heights.select(pl.col("row").gather_every(3), *at_points).select("row", x=_ZEROS).explode("x")
        return zeros.select("row", x=pl.concat_list([pl.col("x") + step for step in (-2, -1, 0, 1)])).explode("x")

    @cached_property
    def _curves(self) -> list["_Curve"]:
        """Each edge, and each denominator against zero: where it vanishes the quantity ceases to be defined."""
        denominators = {str(edge.measured.quantity.den): edge for edge in self.joint}
        return [*map(_Curve.of, self.joint), *map(_Curve.of_denominator, denominators.values())]

    @cached_property
    def _heights(self) -> list[pl.Expr]:
        return [curve.height.alias(str(number)) for number, curve in enumerate(self._curves)]

    def _dates(self) -> list[int]:
        """Days since 1970: neighbours of printed dates, of anniversaries and of the ends of years."""
        day, days = self.view.day, {date.min, self.view.day}
        for edge in self.plain:
            if edge.literal.unit == "date":
                days.add(date.fromisoformat(edge.literal.text))
            if edge.literal.unit == "year":
                days |= {years_after(day, -math.ceil(edge.bound)), date(day.year - math.ceil(edge.bound), 1, 1)}
            if edge.literal.unit == "day":
                days.add(date.fromordinal(day.toordinal() - math.ceil(edge.bound)))
        days |= {date(day.year - ago, 1, 1) for ago in YEARS}
        near = {near_day.toordinal() + step for near_day in days for step in (-1, 0, 1)}
        return sorted(value - EPOCH for value in near if date.min.toordinal() <= value <= day.toordinal())

    def _codes(self) -> list[str]:
        """A code below every excluded prefix, and one below none."""
        excluded = {code for leaf in self.leaves if isinstance(leaf, Exclusion) for code in leaf.excluded_industries}
        free = next(str(code) for code in range(9999, 99, -1) if not str(code).startswith(tuple(excluded)))
        return [*(code.ljust(4, "9") for code in sorted(excluded)), free]


def _constant(values: Sequence[int]) -> pl.Expr:
    """The same list for every row."""
    return pl.lit(pl.Series([values], dtype=pl.List(_WIDE))).first()


def _zeros() -> pl.Expr:
    """A list: where the curve with the heights ``at1``, ``at2`` and ``at3`` is zero, and where it turns, rounded down.

    Null where there is no such point.
    """
    height, step = pl.col("at1"), pl.col("at2") - pl.col("at1")
    bend = pl.col("at3") - pl.col("at2") - step
    is_line = bend == 0
    line = 1 - height // pl.when(step != 0).then(step)
    turn = 1 - (2 * step - bend) // pl.when(~is_line).then(2 * bend)
    # Twice the height is bend * t² + slope * t + 2 * height in t = x - 1; roots that rounding moves lie about the turn,
    # which is tried too
    wide, slope = bend.cast(pl.Float64), (2 * step - bend).cast(pl.Float64)
    spread = (slope * slope - 8 * wide * height.cast(pl.Float64)).sqrt()
    roots = [(1 + (-slope + sign * spread) / (2 * wide)).floor() for sign in (-1, 1)]
    whole = [pl.when(root.is_between(-MOST, MOST)).then(root).cast(_WIDE) for root in roots]
    return pl.concat_list([*(pl.when(is_line).then(line).otherwise(root) for root in whole), turn])


_ZEROS = _zeros()


@dataclass(frozen=True, eq=False)
class _Curve:
    """How far a quantity is from its bound, times the denominators: a wide whole number over the facts."""

    height: pl.Expr

    @classmethod
    def of(cls, edge: Edge) -> "_Curve":
        num, den = edge.measured.quantity.num.cast(_WIDE), _denominator(edge)
        return cls(num * edge.bound.denominator - den * edge.bound.numerator)

    @classmethod
    def of_denominator(cls, edge: Edge) -> "_Curve":
        return cls(_denominator(edge))


def _denominator(edge: Edge) -> pl.Expr:
    den = edge.measured.quantity.den
    return (den if isinstance(den, pl.Expr) else pl.lit(den)).cast(_WIDE)
