"""Scores firms by a scheme: one pass over the columns, a range where figures are missing, broken down by indicator."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from tiers.columns.sheet import Sheet, Stage
from tiers.columns.view import View
from tiers.errors import FactsError, ScoreRefused
from tiers.evaluation.measured import Measured, measure, passes
from tiers.metrics import metric_of
from tiers.points_scheme.curve import Ends, points_of
from tiers.points_scheme.scheme import Indicator, Scheme
from tiers.schema.facts import codes, schema

PHASE = "phase"


@dataclass(frozen=True)
class Scores:
    """Scores of firms by a scheme on a day, in tenths of points; every row carries the scheme and its version."""

    scheme: Scheme
    day: date
    sheet: pl.DataFrame

    @property
    def totals(self) -> pl.DataFrame:
        """Grain firm_id: scheme_id, day, phase (null where not known), low, high, total, firms scored together."""
        return self.sheet.select(
            "firm_id",
            scheme_id=pl.lit(self.scheme.id),
            day=pl.lit(self.day),
            phase=_phase_name(self.scheme),
            low=pl.col("low"),
            high=pl.col("high"),
            total=pl.lit(self.scheme.total, dtype=pl.Int32),
            firms=pl.lit(self.sheet.height, dtype=pl.Int64),
        )

    def breakdown(self) -> pl.DataFrame:
        """Grain firm_id, indicator_id: group_id, value for people, weight, low, high, missing_fact."""
        return pl.concat([self._of(group.id, indicator) for group, indicator in self.scheme.indicators])

    def _of(self, group: str, indicator: Indicator) -> pl.DataFrame:
        known = [(phase.id, (indicator.weights or {})[phase.id]) for phase in self.scheme.phases]
        lows, highs = ([f"{indicator.id}.{end}.{name}" for name, _ in known] for end in ("low", "high"))
        has_figure = indicator.metric is not None
        names = {code: name for name, code in codes().items()}
        missing = pl.col(f"{indicator.id}.missing").replace_strict(names, default=None, return_dtype=pl.String)
        return self.sheet.select(
            "firm_id",
            scheme_id=pl.lit(self.scheme.id),
            group_id=pl.lit(group),
            indicator_id=pl.lit(indicator.id),
            value=pl.col(f"{indicator.id}.value") if has_figure else pl.lit(None, dtype=pl.Float64),
            weight=_of_phase([pl.lit(weight, dtype=pl.Int32) for _, weight in known], "max"),
            low=_of_phase([pl.col(name) for name in lows], "min"),
            high=_of_phase([pl.col(name) for name in highs], "max"),
            missing_fact=missing if has_figure else pl.lit(None, dtype=pl.String),
        )


def _phase_name(scheme: Scheme) -> pl.Expr:
    names = {number: phase.id for number, phase in enumerate(scheme.phases)}
    return pl.col(PHASE).replace_strict(names, default=None, return_dtype=pl.String)


def _of_phase(by_phase: list[pl.Expr], otherwise: str) -> pl.Expr:
    """The column of the firm's phase; where that is not known, the least or the most of all."""
    chosen = [pl.when(pl.col(PHASE) == number).then(column) for number, column in enumerate(by_phase)]
    ends = pl.min_horizontal(by_phase) if otherwise == "min" else pl.max_horizontal(by_phase)
    return pl.coalesce([*chosen, ends])


class _Compiler:
    """Measures first, then the phase, then each indicator under the weights of each phase, then the sums."""

    def __init__(self, scheme: Scheme, day: date) -> None:
        self.scheme, self.view, self.sheet = scheme, View(day), Sheet(scheme.id)
        measured = {indicator.id: self.measured(indicator) for _, indicator in scheme.indicators}
        self.sheet.put(Stage.BAND, PHASE, self.phase())
        for name, value in measured.items():
            if value is not None:
                self.sheet.put(Stage.BAND, f"{name}.value", value.value)
                self.sheet.put(Stage.BAND, f"{name}.missing", value.missing)
        for phase in scheme.phases:
            for _, indicator in scheme.indicators:
                self.put_points(indicator, measured[indicator.id], phase.id)
        for end, otherwise in (("low", "min"), ("high", "max")):
            sums = [pl.sum_horizontal(list(self.groups(phase.id, end))) for phase in scheme.phases]
            self.sheet.put(Stage.ANSWER, end, _of_phase(sums, otherwise))

    def measured(self, indicator: Indicator) -> Measured | None:
        return None if indicator.metric is None else measure(indicator.metric, self.view, self.sheet)

    def phase(self) -> pl.Expr:
        """The number of the first phase whose size is not reached; null where the size is not known."""
        first = pl.lit(0, dtype=pl.Int8)
        if self.scheme.phase_by is None:
            return first
        size = measure(self.scheme.phase_by, self.view, self.sheet)
        edges = [phase.below for phase in self.scheme.phases if phase.below is not None]
        reached = [passes(size.num, size, "at_least", edge).cast(pl.Int8) for edge in edges]
        return pl.when(~size.is_missing).then(pl.sum_horizontal([first, *reached], ignore_nulls=False))

    def put_points(self, indicator: Indicator, measured: Measured | None, phase: str) -> None:
        ends: Ends = points_of(indicator, measured, (indicator.weights or {})[phase], pl.col(PHASE))
        for end, column in (("low", ends.low), ("high", ends.high)):
            self.sheet.put(Stage.SUM, f"{indicator.id}.{end}.{phase}", column)

    def groups(self, phase: str, end: str) -> Iterator[pl.Expr]:
        for group in self.scheme.groups:
            points = pl.sum_horizontal([pl.col(f"{indicator.id}.{end}.{phase}") for indicator in group.of])
            yield points if group.cap is None else pl.min_horizontal(points, pl.lit(group.cap, dtype=pl.Int32))


def columns_needed(scheme: Scheme, day: date) -> list[str]:
    """The columns of facts a scheme reads, so that no others are fetched."""
    return _needed(_compiled(scheme, day))


def _needed(sheet: Sheet) -> list[str]:
    roots = {name for stage in sheet for column in stage.values() for name in column.meta.root_names()}
    return ["firm_id", *(name for name in schema() if name in roots and name != "firm_id")]


def _compiled(scheme: Scheme, day: date) -> Sheet:
    """The columns of a scheme; one that is a list of names only is refused: weights are never guessed."""
    if not scheme.has_weights:
        raise ScoreRefused(
            "weights_not_loaded",
            f"{scheme.id} 的指标权重未载入，不能评分",
            f"the weights of {scheme.id} are not loaded: it scores nobody",
        )
    return _Compiler(scheme, day).sheet


def score(facts: pl.DataFrame, scheme: Scheme, day: date) -> Scores:
    """Score firms, one row each; ranks are taken among all rows given.

    Raises ``ScoreRefused`` without weights or before and after its time, ``FactsError`` where a column is absent.
    """
    compiled = _compiled(scheme, day)
    needed = _needed(compiled)
    if day < scheme.in_force.from_ or (scheme.in_force.to is not None and day > scheme.in_force.to):
        raise ScoreRefused("not_in_force", f"{day} 时 {scheme.id} 不在有效期", f"{scheme.id} is not in force on {day}")
    absent = set(needed) - set(facts.columns)
    if absent:
        raise FactsError(f"the facts lack the columns {', '.join(sorted(absent))}")
    sheet = facts.select(pl.col(name).cast(schema()[name]) for name in needed)
    for columns in compiled:
        sheet = sheet.with_columns(**columns)
    return Scores(scheme, day, sheet)


def unit_of(indicator: Indicator) -> str:
    """The unit its value is shown in."""
    metric = metric_of(indicator.metric) if indicator.metric else None
    return metric.unit if metric else ""
