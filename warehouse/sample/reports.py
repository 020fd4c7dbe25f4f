"""Reports of made-up firms as columns, for scoring: the sample's own, or as unlike one another as in life."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from warehouse.sample.firms import Bucket, draw_bucket
from warehouse.sample.forms import MONEY
from warehouse.sample.units import STAFF, Planted, plant_units

BLOCKS = {"payroll": ["payroll"], "balance": ["total_assets", "total_liabilities"]}
"""What differs between firms beyond all their money together."""


@dataclass(frozen=True)
class Level:
    """How hard it is: powers of ten by which firms and years differ, and the share of reports that lack a cell."""

    firms: float
    years: float
    lacks_payroll: float
    lacks_staff: float


LEVELS = {
    "sample": Level(firms=0.0, years=0.0, lacks_payroll=0.0, lacks_staff=0.0),
    "life": Level(firms=0.18, years=0.05, lacks_payroll=0.15, lacks_staff=0.01),
    "hard": Level(firms=0.28, years=0.10, lacks_payroll=0.40, lacks_staff=0.02),
}


def draw_reports(
    firms: int, level: str, seed: int, years: range = range(2020, 2026)
) -> tuple[pl.DataFrame, list[Planted]]:
    """Reports as the guard takes them, and what was planted in them."""
    bucket = draw_bucket(0, 0, firms, years, seed)
    rng = np.random.default_rng([seed, 3])
    yearly, planted = plant_units(_rough(bucket, LEVELS[level], rng), MONEY, [seed, 4])
    return _as_reports(yearly, bucket), planted


def _rough(bucket: Bucket, level: Level, rng: np.random.Generator) -> pl.DataFrame:
    """The figures of a bucket moved apart, by firm and by year, with the tails that firms have."""
    yearly = bucket.yearly
    count, index = bucket.firms.height, yearly["index"].to_numpy() - bucket.firms["index"][0]
    everything = _moves(rng, count, index, level)
    moved = dict.fromkeys(MONEY, everything)
    for cells in BLOCKS.values():
        own = _moves(rng, count, index, level)
        moved |= dict.fromkeys(cells, everything * 0.5 + own)
    return (
        yearly.with_columns(
            ((pl.col(name) * pl.Series(10.0**by)).round().cast(pl.Int64)).alias(name) for name, by in moved.items()
        )
        .with_columns(
            pl.when(pl.Series(rng.random(yearly.height) >= level.lacks_payroll)).then("payroll"),
            *[
                pl.when(pl.Series(rng.random(yearly.height) >= level.lacks_staff)).then(name).alias(name)
                for name in STAFF
            ],
        )
        .with_columns(pl.col("payroll").fill_null(0), *[pl.col(name).fill_null(0) for name in STAFF])
    )


def _moves(rng: np.random.Generator, firms: int, index: np.ndarray, level: Level) -> np.ndarray:
    by_firm = rng.standard_t(5, firms) * level.firms
    return np.asarray(by_firm[index] + rng.standard_t(5, len(index)) * level.years)


def _as_reports(yearly: pl.DataFrame, bucket: Bucket) -> pl.DataFrame:
    industry = bucket.firms.select("index", industry=pl.col("industry").str.slice(0, 2))
    return yearly.join(industry, on="index", maintain_order="left").select(
        pl.col("uscc").alias("firm"),
        "year",
        pl.lit(1).alias("seq"),
        pl.int_range(pl.len()).alias("row_no"),
        "industry",
        pl.lit("千元").alias("unit"),
        *[(pl.col(name) * 100_000).alias(f"{name}_fen") for name in MONEY],
        *STAFF,
        "rd_staff_end",
    )
