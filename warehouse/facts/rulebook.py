"""Where the warehouse and the rules meet: reference tables in, facts out by bucket, verdicts and findings in."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from warehouse.database import reading, writing

ROWS_AT_ONCE = 50_000
"""Firm-days that are evaluated together: two days of 25,000 firms."""
FIRMS_WRITTEN_AT_ONCE = 5_000
"""Of them, how many have their findings written together: some two hundred rows a firm."""

VERDICTS = (
    "firm_id varchar, firm_key ubigint, day date, edition_id varchar, designation varchar, is_selected boolean,"
    " outcome varchar, route varchar, deciding_condition varchar, deciding_gap double, gap_unit varchar,"
    " missing_fact varchar"
)
FINDINGS = (
    "firm_id varchar, firm_key ubigint, edition_id varchar, condition_id varchar, outcome varchar, value double,"
    " value_high double, gap double, gap_unit varchar, is_deciding boolean, missing_fact varchar"
)


def write_reference(build: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    """The book as tables, before titles are given their validity by it."""
    with writing(build) as con:
        for name, frame in tables.items():
            con.register("arriving", frame)
            con.execute(f"create or replace table {name} as select * from arriving")  # noqa: S608
            con.unregister("arriving")


def start_results(build: Path) -> None:
    """Empty tables for what the rules will say."""
    with writing(build) as con:
        con.execute(f"create or replace table core_tiers__verdicts ({VERDICTS})")
        con.execute(f"create or replace table core_tiers__findings ({FINDINGS})")


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


def write_results(build: Path, verdicts: pl.DataFrame, findings: pl.DataFrame | None) -> None:
    """Append what the rules said of one bucket, firm by firm, so that one firm is found without reading all."""
    with writing(build) as con:
        for table, frame in (
            ("core_tiers__verdicts", verdicts),
            ("core_tiers__findings", findings),
        ):
            if frame is not None and frame.height:
                con.register("arriving", frame)
                con.execute(
                    f"insert into {table} by name"  # noqa: S608
                    " select *, firm_key(firm_id) as firm_key from arriving order by firm_key"
                )
                con.unregister("arriving")
