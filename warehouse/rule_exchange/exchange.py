"""The exchange with the rules: reference tables in, facts out by bucket."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from warehouse.database.build import Build, Database, Snapshot

ROWS_AT_ONCE = 50_000
"""Firm-days that are evaluated together: two days of 25,000 firms."""


def write_reference(build: Build, tables: Mapping[str, pl.DataFrame]) -> None:
    """The rule book as tables, before titles are given their validity by it."""
    with build.together():
        for name, frame in tables.items():
            build.put(name, frame)


def buckets(source: Database) -> list[tuple[int, int]]:
    """The first and last bucket of each share of the firms, some ``ROWS_AT_ONCE`` rows, so that memory stays flat."""
    counts = source.tuples("select bucket, count(*) from core_firm__facts group by bucket order by bucket")
    shares: list[tuple[int, int]] = []
    rows = ROWS_AT_ONCE
    for bucket, count in counts:
        if rows + count > ROWS_AT_ONCE:
            shares.append((bucket, bucket))
            rows = 0
        shares[-1] = (shares[-1][0], bucket)
        rows += count
    return shares


def facts(source: Database, share: tuple[int, int], columns: Collection[str] = ()) -> pl.DataFrame:
    """The facts of the firms from one bucket to another, one row a firm and day; all, or some ``columns`` and the day.

    ``columns`` are names of the vocabulary: the rules read half of the facts.
    """
    listed = ", ".join(["firm_key", "day", *sorted(columns)]) if columns else "*"
    return source.frame(f"select {listed} from core_firm__facts where bucket between $1 and $2", list(share)).sort(  # noqa: S608
        "firm_key", "day"
    )


def facts_of_day(release: Path, day: date, columns: Sequence[str]) -> pl.DataFrame:
    """Some columns of the facts of all firms on a day, one row a firm; ``columns`` are names of the vocabulary."""
    listed = ", ".join(f'"{name}"' for name in columns)
    with Snapshot.open(release) as snapshot:
        return snapshot.frame(f"select {listed} from core_firm__facts where day = $1 order by firm_id", [day])  # noqa: S608
