"""Scored conditions: indicators with bands of points, blocks that are capped, the sum against a number of points."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from tiers.schema.condition import Identifier, Leaf, OneTest, Value
from tiers.schema.strict import Strict

TENTHS = 10
"""Points are kept in tenths: the rules of 2008 gave them with one decimal."""


def _in_tenths(written: object) -> int:
    tenths = Fraction(str(written)) * TENTHS
    if tenths.denominator != 1:
        raise ValueError(f"{written!r} has more than one decimal")
    return int(tenths)


Tenths = Annotated[int, BeforeValidator(_in_tenths)]


def _span(points: int | tuple[int, int]) -> tuple[int, int]:
    return points if isinstance(points, tuple) else (points, points)


class Points(Strict):
    """The points of one band: a number, or the range inside which people choose; in tenths."""

    from_: Value | None = Field(None, alias="from")
    above: Value | None = None
    points: tuple[Tenths, Tenths] | Tenths

    @property
    def span(self) -> tuple[int, int]:
        """Lowest and highest."""
        return _span(self.points)


def _must_fall(bands: tuple[Points, ...]) -> None:
    """Bands are read as nested: a firm that reaches one has reached all after it."""
    edges = [(edge.amount, edge is band.above) for band in bands if (edge := band.above or band.from_) is not None]
    if edges != sorted(edges, reverse=True) or len(set(edges)) < len(edges):
        raise ValueError("bands are listed from the highest to the lowest")


class Scale(Strict):
    """A metric scored by bands, the highest first; a metric without meaning scores ``undefined``."""

    metric: str
    bands: tuple[Points, ...] = Field(min_length=1)
    undefined: tuple[Tenths, Tenths] | Tenths = 0

    @model_validator(mode="after")
    def _falls(self) -> Self:
        _must_fall(self.bands)
        return self


class Indicator(Strict):
    """One scored indicator: a scale, the better of several, or a range that people fill.

    ``stated`` is the fact with the points that experts gave it.
    """

    id: Identifier
    zh: str
    en: str
    clause: str | None = None
    metric: str | None = None
    bands: tuple[Points, ...] = ()
    undefined: tuple[Tenths, Tenths] | Tenths = 0
    best_of: tuple[Scale, ...] = ()
    judged: tuple[Tenths, Tenths] | None = None
    stated: str | None = None

    @model_validator(mode="after")
    def _is_one_kind(self) -> Self:
        if sum((self.metric is not None, bool(self.best_of), self.judged is not None)) != 1:
            raise ValueError("an indicator is a metric with bands, best_of several, or judged")
        _must_fall(self.bands)
        return self

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The scales of which the firm takes the best; none when people decide alone."""
        if self.metric is None:
            return self.best_of
        # already read and in tenths: to be taken over, not to be read again
        return (Scale.model_construct(metric=self.metric, bands=self.bands, undefined=self.undefined),)


class Block(Strict):
    """Indicators whose points together are capped."""

    cap: Tenths
    of: tuple[Indicator, ...]


class Scored(Leaf, OneTest):
    """The sum of indicators compared with a number of points; ``stated`` is the fact with the sum that experts gave."""

    stated: str | None = None
    score: tuple[Indicator | Block, ...]

    @property
    def indicators(self) -> Iterator[Indicator]:
        """Every indicator, those of blocks included."""
        for part in self.score:
            yield from part.of if isinstance(part, Block) else (part,)
