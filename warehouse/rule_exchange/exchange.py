"""Where the warehouse and the rules meet: reference tables in, facts out by bucket."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from warehouse.database import reading, writing

ROWS_AT_ONCE = 50_000
"""Firm-days that are evaluated together: two days of 25,000 firms."""


def write_reference(build: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    """The book as tables, before titles are given their validity by it."""
    with writing(build) as con:
        for name, frame in tables.items():
            con.register("arriving", frame)
            con.execute(f"create or replace table {name} as select * from arriving")  # noqa: S608
            con.unregister("arriving")


def buckets(build: Path) -> list[tuple[int, int]]:
    """Firms cut into runs of buckets, each of some ``ROWS_AT_ONCE`` rows, so that memory stays flat."""
    with reading(build) as con:
        rows = con.execute("select bucket, count(*) from core_firm__facts group by bucket order by bucket").fetchall()
    cut: list[tuple[int, int]] = []
    held = ROWS_AT_ONCE
    for bucket, count in rows:
        if held + count > ROWS_AT_ONCE:
            cut.append((bucket, bucket))
            held = 0
        cut[-1] = (cut[-1][0], bucket)
        held += count
    return cut


def facts(build: Path, bucket: tuple[int, int]) -> pl.DataFrame:
    """The facts of the firms in a run of buckets, one row a firm and day."""
    with reading(build) as con:
        found = con.sql(
            "select * from core_firm__facts where bucket between $1 and $2 order by firm_key", params=list(bucket)
        )
        return pl.DataFrame(found.to_arrow_table())


def facts_of_day(release: Path, day: date, columns: Sequence[str]) -> pl.DataFrame:
    """Some columns of the facts of all firms on a day, one row a firm; ``columns`` are names of the vocabulary."""
    listed = ", ".join(f'"{name}"' for name in columns)
    with reading(release) as con:
        found = con.sql(f"select {listed} from core_firm__facts where day = $1 order by firm_id", params=[day])  # noqa: S608
        return pl.DataFrame(found.to_arrow_table())
