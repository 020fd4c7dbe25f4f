"""Reports of synthetic firms as columns, for scoring the unit guard at several levels of difficulty."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from warehouse.sample.firms import Bucket, draw_bucket
from warehouse.sample.forms import MONEY
from warehouse.sample.units import STAFF, Planted, plant_units

BLOCKS = {"payroll": ["payroll"], "balance": ["total_assets", "total_liabilities"]}
"""Groups of figures that vary between firms in addition to their overall level."""


@dataclass(frozen=True)
class Level:
    """A level of difficulty: powers of ten by which firms and years vary, and shares of reports that lack a cell.

    ``with_tax_figures``: the share of reports with figures of the tax feeds.
    """

    firms: float
    years: float
    lacks_payroll: float
    lacks_staff: float
    with_tax_figures: float = 0.0


LEVELS = {
    "sample": Level(firms=0.0, years=0.0, lacks_payroll=0.0, lacks_staff=0.0),
    "life": Level(firms=0.18, years=0.05, lacks_payroll=0.15, lacks_staff=0.01),
    "hard": Level(firms=0.28, years=0.10, lacks_payroll=0.40, lacks_staff=0.02),
    "life, with tax figures": Level(firms=0.18, years=0.05, lacks_payroll=0.15, lacks_staff=0.01, with_tax_figures=0.7),
    "hard, with tax figures": Level(firms=0.28, years=0.10, lacks_payroll=0.40, lacks_staff=0.02, with_tax_figures=0.7),
}
TAX_FIGURES = {
    "revenue_beside_vat": ("revenue", "sales_of_vat"),
    "revenue_beside_tax": ("revenue", "revenue_of_tax"),
    "assets_beside_tax": ("total_assets", "assets_of_tax"),
    "research_beside_tax": ("rd_tax", "research_of_tax"),
}
"""Figures that another feed states too: the cell of the form, and the column of the other feed."""
TAX_SPREAD = 0.06
"""Usual distance of tax figures from the form, in powers of ten; heavy-tailed."""


def draw_reports(
    firms: int, level: str, seed: int, years: range = range(2020, 2026)
) -> tuple[pl.DataFrame, list[Planted]]:
    """Reports in the input format of the unit guard, and the planted mistakes."""
    bucket = draw_bucket(0, 0, firms, years, seed)
    rng = np.random.default_rng([seed, 3])
    true = _scattered(bucket, LEVELS[level], rng)
    yearly, planted = plant_units(true, MONEY, [seed, 4])
    mergers = {(mistake.uscc, mistake.year) for mistake in planted if mistake.kind == "merger"}
    is_merged = pl.Series([row in mergers for row in yearly.select("uscc", "year").iter_rows()])
    tax_figures = _tax_figures(true, yearly, is_merged, LEVELS[level].with_tax_figures, rng)
    return _as_reports(yearly, bucket).with_columns(tax_figures), planted


def _tax_figures(
    true: pl.DataFrame, filed: pl.DataFrame, merged: pl.Series, share: float, rng: np.random.Generator
) -> list[pl.Series]:
    """Figures of the tax feeds in yuan: the true figures (千元), after a merger those of both firms."""
    has_figures = rng.random(true.height) < share
    columns = []
    for cell, name in TAX_FIGURES.values():
        thousands = np.where(merged, filed[cell].to_numpy(), true[cell].to_numpy())
        yuan = thousands * 1000 * 10 ** (rng.standard_t(3, true.height) * TAX_SPREAD)
        columns.append(pl.Series(name, np.where(has_figures, yuan, np.nan)).fill_nan(None))
    return columns


def _scattered(bucket: Bucket, level: Level, rng: np.random.Generator) -> pl.DataFrame:
    """The figures of a bucket with random variation by firm and by year, heavy-tailed."""
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
        *[(pl.col(cell) * 100_000).alias(f"{name}_fen") for name, (cell, _) in TAX_FIGURES.items()],
        *STAFF,
        "rd_staff_end",
    )
