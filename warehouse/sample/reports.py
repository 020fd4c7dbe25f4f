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
    """How hard it is: powers of ten by which firms and years differ, and the share of reports that lack a cell.

    ``told_elsewhere``: the share of reports beside which stands what the tax service was told.
    """

    firms: float
    years: float
    lacks_payroll: float
    lacks_staff: float
    told_elsewhere: float = 0.0


LEVELS = {
    "sample": Level(firms=0.0, years=0.0, lacks_payroll=0.0, lacks_staff=0.0),
    "life": Level(firms=0.18, years=0.05, lacks_payroll=0.15, lacks_staff=0.01),
    "hard": Level(firms=0.28, years=0.10, lacks_payroll=0.40, lacks_staff=0.02),
    "life, told for tax": Level(firms=0.18, years=0.05, lacks_payroll=0.15, lacks_staff=0.01, told_elsewhere=0.7),
    "hard, told for tax": Level(firms=0.28, years=0.10, lacks_payroll=0.40, lacks_staff=0.02, told_elsewhere=0.7),
}
TOLD = {
    "revenue_beside_vat": ("revenue", "sales_of_vat"),
    "revenue_beside_tax": ("revenue", "revenue_of_tax"),
    "assets_beside_tax": ("total_assets", "assets_of_tax"),
    "research_beside_tax": ("rd_tax", "research_of_tax"),
}
"""Cells beside what another feed tells of them: the cell as filed, and the column of what is told."""
TOLD_APART = 0.06
"""Powers of ten by which returns usually differ from the form, tails as wild as those of firms."""


def draw_reports(
    firms: int, level: str, seed: int, years: range = range(2020, 2026)
) -> tuple[pl.DataFrame, list[Planted]]:
    """Reports as the guard takes them, and what was planted in them."""
    bucket = draw_bucket(0, 0, firms, years, seed)
    rng = np.random.default_rng([seed, 3])
    true = _rough(bucket, LEVELS[level], rng)
    yearly, planted = plant_units(true, MONEY, [seed, 4])
    merged = {(one.uscc, one.year) for one in planted if one.kind == "merger"}
    happened = pl.Series([row in merged for row in yearly.select("uscc", "year").iter_rows()])
    told = _told(true, yearly, happened, LEVELS[level].told_elsewhere, rng)
    return _as_reports(yearly, bucket).with_columns(told), planted


def _told(
    true: pl.DataFrame, filed: pl.DataFrame, merged: pl.Series, share: float, rng: np.random.Generator
) -> list[pl.Series]:
    """What the tax service was told, in yuan: the true figures (千元), after a merger those of both firms."""
    is_told = rng.random(true.height) < share
    found = []
    for cell, name in TOLD.values():
        thousands = np.where(merged, filed[cell].to_numpy(), true[cell].to_numpy())
        yuan = thousands * 1000 * 10 ** (rng.standard_t(3, true.height) * TOLD_APART)
        found.append(pl.Series(name, np.where(is_told, yuan, np.nan)).fill_nan(None))
    return found


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
        *[(pl.col(cell) * 100_000).alias(f"{name}_fen") for name, (cell, _) in TOLD.items()],
        *STAFF,
        "rd_staff_end",
    )
