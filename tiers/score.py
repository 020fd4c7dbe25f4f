"""Points: what a firm surely has and what it can reach, where people choose inside a band or a figure is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from tiers.edition import Block, Indicator, Scale, Scored
from tiers.errors import TierError
from tiers.literal import Literal
from tiers.metrics import metric_of
from tiers.quantity import WIDE, Need, Quantity
from tiers.view import View


@dataclass(frozen=True)
class Range:
    """The lowest and highest points a firm can have, as whole numbers, and the figures it rests on."""

    low: pl.Expr
    high: pl.Expr
    needs: tuple[Need, ...] = ()


def score_of(scored: Scored, view: View) -> Range:
    """The range of the sum; blocks are capped."""
    return _sum([_part(part, view) for part in scored.score])


def _part(part: Indicator | Block, view: View) -> Range:
    if isinstance(part, Indicator):
        return _indicator(part, view)
    inside = _sum([_indicator(one, view) for one in part.of])
    cap = pl.lit(part.cap)
    return Range(pl.min_horizontal(inside.low, cap), pl.min_horizontal(inside.high, cap), inside.needs)


def _sum(parts: list[Range]) -> Range:
    return Range(
        pl.sum_horizontal([part.low for part in parts]),
        pl.sum_horizontal([part.high for part in parts]),
        tuple(need for part in parts for need in part.needs),
    )


def _indicator(indicator: Indicator, view: View) -> Range:
    """A range that people fill, or the best of the indicator's scales."""
    if indicator.judged is not None:
        return Range(pl.lit(indicator.judged[0]), pl.lit(indicator.judged[1]))
    scales = [_scale(scale, view) for scale in indicator.scales]
    low = pl.max_horizontal([scale.low for scale in scales])
    high = pl.max_horizontal([scale.high for scale in scales])
    settled = low == high
    needs = tuple(Need(need.fact, need.absent & ~settled) for scale in scales for need in scale.needs)
    return Range(low, high, needs)


def _scale(scale: Scale, view: View) -> Range:
    """The points of the first band reached; with a figure missing, anything from worst to best."""
    metric = metric_of(scale.metric)
    if metric is None:
        raise TierError(f"no metric and no fact is called {scale.metric}")
    quantity = metric.formula(view)
    spans = [band.span for band in scale.bands]
    worst, best = min(0, *(low for low, _ in spans)), max(high for _, high in spans)
    absent = pl.any_horizontal([need.absent for need in quantity.needs] or [pl.lit(False)])
    floor = quantity.at_least

    def end(pick: Callable[[tuple[int, int]], int], when_absent: int, surely: bool) -> pl.Expr:
        points: pl.Expr = pl.lit(0)
        for band in scale.bands[::-1]:
            points = (
                pl.when(_reached(quantity.num, quantity, band.from_, band.above))
                .then(pick(band.span))
                .otherwise(points)
            )
        if quantity.undefined is not None:
            undefined = scale.undefined if isinstance(scale.undefined, tuple) else (scale.undefined,) * 2
            points = pl.when(quantity.undefined).then(pick(undefined)).otherwise(points)
        unknown: pl.Expr = pl.lit(when_absent)
        if surely and floor is not None:
            for band in reversed(scale.bands):
                sure = _reached(floor, quantity, band.from_, band.above)
                unknown = pl.when(sure).then(pick(band.span)).otherwise(unknown)
        return pl.when(absent).then(unknown).otherwise(points).fill_null(when_absent)

    return Range(
        end(lambda span: span[0], worst, True),
        end(lambda span: span[1], best, False),
        quantity.needs,
    )


def _reached(num: pl.Expr, quantity: Quantity, from_: Literal | None, above: Literal | None) -> pl.Expr:
    literal = from_ or above
    if literal is None:
        return pl.lit(True)
    bound = Fraction(literal.amount)
    if quantity.roots:
        bound = (1 + bound) ** quantity.roots
    den = quantity.den if isinstance(quantity.den, pl.Expr) else pl.lit(quantity.den)
    left = num.cast(WIDE) * pl.lit(bound.denominator, dtype=WIDE)
    right = den.cast(WIDE) * pl.lit(bound.numerator, dtype=WIDE)
    return left >= right if from_ is not None else left > right
