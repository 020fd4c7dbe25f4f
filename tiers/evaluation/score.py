"""Scores: the range of points a firm can have, with bands that leave a choice and with missing facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from tiers.columns.literals import integer
from tiers.columns.sheet import Sheet, Stage
from tiers.columns.view import View
from tiers.evaluation.measured import NONE_MISSING, Measured, measure, passes
from tiers.schema.points import TENTHS, Block, Indicator, Points, Scale, Scored

_SMALL = pl.Int16
"""Type of points and band numbers."""


@dataclass(frozen=True)
class Range:
    """The lowest and highest points, the code of a missing fact that separates them, and the facts needed."""

    low: pl.Expr
    high: pl.Expr
    missing: pl.Expr = NONE_MISSING
    facts: tuple[str, ...] = ()


def score_of(scored: Scored, view: View, sheet: Sheet) -> Range:
    """The range of the total; blocks are capped."""
    columns = _Columns(scored, view, sheet)
    total = _sum([columns.part(part) for part in scored.score])
    if scored.stated is not None:
        total = columns.put(Stage.TOTAL, "total", total)
        total = _within(total, _exact(scored, columns.given("given", scored.stated)))
    return columns.put(Stage.SUM, "", total)


def points_of(scored: Scored, view: View, sheet: Sheet) -> list[pl.Expr]:
    """The highest points of each indicator, in tenths, before caps: columns of ``sheet``, of the edition's own name."""
    columns = _Columns(scored, view, sheet)
    return [columns.indicator(indicator).high for indicator in scored.indicators]


@dataclass(frozen=True)
class _Columns:
    """The columns of a score, each read by its name by those after it: written out, they would repeat one another."""

    scored: Scored
    view: View
    sheet: Sheet

    def put(self, stage: int, name: str, reach: Range) -> Range:
        """Give the ends of a range columns of their own, so that later stages name them."""
        own = ".".join(filter(None, (f"{self.sheet.owner}#{self.scored.id}", name)))
        ends = (("low", reach.low), ("high", reach.high), ("missing", reach.missing))
        low, high, missing = (self.sheet.put(stage, f"{own}.{end}", column) for end, column in ends)
        return Range(low, high, missing, reach.facts)

    def part(self, part: Indicator | Block) -> Range:
        """The range of an indicator, or of a block up to its cap."""
        if isinstance(part, Indicator):
            return self.indicator(part)
        inside = _sum([self.indicator(indicator) for indicator in part.of])
        cap = integer(part.cap, _SMALL)
        low, high = pl.min_horizontal(inside.low, cap), pl.min_horizontal(inside.high, cap)
        return Range(low, high, inside.missing, inside.facts)

    def given(self, name: str, fact: str) -> Range:
        """Points that experts gave, from the tenth below to the tenth above; null where they gave none."""
        measured = measure(fact, self.view, self.sheet)
        tenths, per = measured.num * TENTHS, measured.quantity.den
        low, high = tenths // per, (tenths + (per - 1)) // per
        given = Range(low.cast(_SMALL), high.cast(_SMALL), measured.missing, measured.facts)
        return self.put(Stage.SCALE, name, given)

    def indicator(self, indicator: Indicator) -> Range:
        """What the figures give, or people may give, narrowed to the points that experts gave."""
        reach = self.unstated(indicator)
        if indicator.stated is None:
            return reach
        given = self.given(f"{indicator.id}.given", indicator.stated)
        return self.put(Stage.INDICATOR, f"{indicator.id}.narrowed", _within(reach, given))

    def unstated(self, indicator: Indicator) -> Range:
        """The judged range, or the best of the indicator's scales."""
        if indicator.judged is not None:
            fewest, most = indicator.judged
            return Range(integer(fewest, _SMALL), integer(most, _SMALL))
        scales = [
            self.put(Stage.SCALE, f"{indicator.id}.{number}", _scale(scale, self.view, self.sheet))
            for number, scale in enumerate(indicator.scales)
        ]
        low, high = (
            pl.max_horizontal(ends) for ends in ([scale.low for scale in scales], [scale.high for scale in scales])
        )
        missing = pl.when(low != high).then(pl.coalesce([scale.missing for scale in scales]))
        return self.put(Stage.REACH, indicator.id, Range(low, high, missing, _facts(scales)))


def _sum(parts: Sequence[Range]) -> Range:
    return Range(
        pl.sum_horizontal([part.low for part in parts]),
        pl.sum_horizontal([part.high for part in parts]),
        pl.coalesce([part.missing for part in parts]),
        _facts(parts),
    )


def _facts(parts: Sequence[Range]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for part in parts for fact in part.facts))


def _exact(scored: Scored, given: Range) -> Range:
    """A sum given to hundredths as the tenth on its side of the required tenths."""
    ((operator, _),) = scored.tests
    end = given.high if operator in ("more_than", "at_most") else given.low
    return Range(end, end, given.missing, given.facts)


def _within(reach: Range, given: Range) -> Range:
    """The range narrowed to what experts gave, as far as the figures of the firm allow so many points."""
    low, high = (
        pl.when(end.is_null()).then(bound).otherwise(pl.min_horizontal(pl.max_horizontal(end, reach.low), reach.high))
        for end, bound in ((given.low, reach.low), (given.high, reach.high))
    )
    missing = pl.when(low != high).then(reach.missing)
    return Range(low, high, missing, _facts([reach, given]))


def _scale(scale: Scale, view: View, sheet: Sheet) -> Range:
    """The points of the highest band reached; with a missing fact, the range from the surely reached to the best."""
    measured = measure(scale.metric, view, sheet)
    spans = [band.span for band in scale.bands]
    worst, best = min(0, *(low for low, _ in spans)), max(high for _, high in spans)
    place = _place(scale.bands, measured, measured.num, "band", sheet)
    surely: pl.Expr = integer(worst, _SMALL)
    if measured.floor is not None:
        surely = _points(_place(scale.bands, measured, measured.floor, "sure", sheet), [low for low, _ in spans])
    low = _points(place, [low for low, _ in spans])
    high = _points(place, [high for _, high in spans])
    if measured.undefined is not None:
        undefined = scale.undefined if isinstance(scale.undefined, tuple) else (scale.undefined,) * 2
        low, high = (
            pl.when(measured.undefined).then(integer(given, _SMALL)).otherwise(points)
            for given, points in zip(undefined, (low, high), strict=True)
        )
    return Range(
        pl.when(measured.is_missing).then(surely).otherwise(low),
        pl.when(measured.is_missing).then(integer(best, _SMALL)).otherwise(high),
        measured.missing,
        measured.facts,
    )


def _place(bands: Sequence[Points], measured: Measured, num: pl.Expr, kind: str, sheet: Sheet) -> pl.Expr:
    """The number of bands reached, which identifies the highest since bands are nested; 0 for none."""
    edges = ",".join(
        f">={band.from_.text}" if band.from_ else f">{band.above.text if band.above else '*'}" for band in bands
    )
    reached = [_reached(band, measured, num).cast(_SMALL) for band in bands]
    return sheet.put(Stage.BAND, f"{measured.name}.{kind}:{edges}", pl.sum_horizontal(reached))


def _reached(band: Points, measured: Measured, num: pl.Expr) -> pl.Expr:
    if band.from_ is not None:
        return passes(num, measured, "at_least", band.from_)
    if band.above is not None:
        return passes(num, measured, "more_than", band.above)
    return pl.lit(True)


def _points(place: pl.Expr, points: Sequence[int]) -> pl.Expr:
    """The points of a band number; ``points`` are those of the bands, the highest first."""
    rising = [0, *reversed(points)]
    steps = [(place >= number).cast(_SMALL) * (up - down) for number, (down, up) in enumerate(pairwise(rising), 1)]
    return pl.sum_horizontal(steps)
