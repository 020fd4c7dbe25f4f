"""The lower or upper bound of a quantity, and how far a value lies from it."""

from dataclasses import dataclass

import polars as pl

UPWARD = ("at_least", "more_than")


@dataclass(frozen=True)
class Bound:
    """A lower (``direction`` 1) or upper (-1) bound of ``measured``, both in the displayed unit."""

    measured: pl.Expr
    required: float
    direction: int

    @property
    def distance(self) -> pl.Expr:
        """How far ``measured`` lies beyond the bound; negative within it, null where it is unknown."""
        return (self.required - self.measured) * self.direction

    @property
    def gap(self) -> pl.Expr:
        """The distance of ``measured`` beyond the bound; 0 within it, null where it is unknown."""
        return clipped(self.distance)


def clipped(distance: pl.Expr) -> pl.Expr:
    """The distance where the bound is missed, 0 where it is kept."""
    return distance.clip(lower_bound=0.0) + 0.0  # never -0.0
