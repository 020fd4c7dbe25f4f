"""The strata of like firms: features in bands, whose edges are data."""

from collections.abc import Sequence

import polars as pl

from tiers.movement.odds import Odds

KEY = ("kind", "designation")
NONE = "none"


def with_strata(rows: pl.DataFrame, limits: Odds) -> pl.DataFrame:
    """The rows with a column ``by_…`` for each stratum, a text without nulls."""
    gap = (
        pl.when(pl.col("outcome") == "not_met")
        .then(_band(pl.col("gap_share"), limits.gap_shares))
        .otherwise(pl.col("outcome"))
    )
    bands = {
        "pending": pl.col("is_pending").cast(pl.String),
        "gap": gap,
        "held": pl.col("held"),
        "growth": _band(pl.col("growth"), limits.growth),
        "time": _band(pl.col("years_in_rung"), limits.years_in_rung),
    }
    return rows.with_columns(bands[name].fill_null(NONE).alias(f"by_{name}") for name in limits.strata)


def columns(limits: Odds) -> list[str]:
    """The names of the columns of the strata, the widest first."""
    return [f"by_{name}" for name in limits.strata]


def _band(value: pl.Expr, edges: Sequence[float]) -> pl.Expr:
    """The number of the band, from 0: that of the edges at or below the value."""
    passed = pl.sum_horizontal([(value >= edge).cast(pl.Int8) for edge in edges])
    return pl.when(value.is_not_null()).then(passed.cast(pl.String))
