"""The facts of one firm on any day, from what a release knows: the models of a run, on that firm's rows alone."""

from datetime import date
from pathlib import Path

import polars as pl

from warehouse.database import beside
from warehouse.models import building, graph

BUILT = "facts"


def facts_on(release: Path, firm_id: str, day: date) -> pl.DataFrame:
    """One row, or none where the firm did not exist yet; the release is attached read-only and not touched."""
    needed = {below for table in graph.tables(BUILT) for below in graph.reads(table)} - set(graph.tables(BUILT))
    with beside(release) as con:
        for table in sorted(needed - {"evaluation_day", "parameter"}):
            names = {row[0] for row in con.execute(f"describe release.{table}").fetchall()}
            only = "where firm_id = $1" if "firm_id" in names else ""
            con.execute(
                f"create table {table} as select * from release.{table} {only}",  # noqa: S608 - our own tables
                [firm_id] if only else [],
            )
        con.execute("create table evaluation_day as select $1::date as day", [day])
        building.build_models(con, BUILT)
        return pl.DataFrame(con.sql("select * from core_firm__facts").to_arrow_table())
