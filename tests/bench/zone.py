"""Random facts for the benchmark: the columns the rules ask for, with as many gaps as a real zone has."""

import sys
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from tiers.schema.facts import schema

DAY = date(2026, 6, 30)
MISSING = 0.1
MONEY = ("_fen", "_cents")


def write_facts(path: Path, rows: int, seed: int = 7) -> None:
    """A Parquet file of ``rows`` firm-days; lognormal money, one value in ten unknown."""
    draw = np.random.default_rng(seed)
    columns = {name: _column(name, dtype, rows, draw) for name, dtype in schema().items()}
    columns["firm_id"] = pl.Series(np.arange(rows)).cast(pl.String)
    columns["day"] = pl.Series(np.full(rows, np.datetime64(DAY)))
    pl.DataFrame(columns).write_parquet(path, row_group_size=100_000)


def _column(name: str, dtype: pl.DataType, rows: int, draw: np.random.Generator) -> pl.Series:
    present = draw.random(rows) >= MISSING
    if dtype == pl.Boolean:
        values = pl.Series(draw.random(rows) < 0.5)
    elif dtype == pl.Date:
        days = draw.integers(9_000, 20_000, rows)
        values = pl.Series(days).cast(pl.Int32).cast(pl.Date)
    elif dtype == pl.String:
        values = pl.Series(draw.integers(1_000, 9_999, rows)).cast(pl.String)
    elif any(unit in name for unit in MONEY):
        values = pl.Series(draw.lognormal(21, 2, rows).astype("int64"))
    else:
        values = pl.Series(draw.lognormal(3, 1.5, rows).astype("int64"))
    return pl.select(pl.when(pl.Series(present)).then(values).cast(dtype)).to_series()


if __name__ == "__main__":  # in a process of its own, so that its memory is not counted for others
    write_facts(Path(sys.argv[1]), int(sys.argv[2]))
