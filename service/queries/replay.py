"""The facts of one firm on any day, from what a release knows: the models of a run, on that firm's rows alone."""

from datetime import date
from pathlib import Path

import polars as pl

from warehouse import recipe
from warehouse.database import Build
from warehouse.models import graph


def facts_on(release: Path, firm_id: str, day: date) -> pl.DataFrame:
    """One row, or none where the firm did not exist yet; the release is attached read-only and not touched."""
    layer = graph.tables("facts")
    sources = {source for table in layer for source in graph.reads(table)} - {*layer, "evaluation_day", "parameter"}
    with Build.in_memory(release=release) as build:
        for table in sorted(sources):
            is_of_firm = "firm_id" in build.columns(f"release.{table}")
            build.execute(
                f"create table {table} as select * from release.{table}"  # noqa: S608 - our own tables
                f"{' where firm_id = $1' if is_of_firm else ''}",
                [firm_id] if is_of_firm else [],
            )
        build.execute("create table evaluation_day as select $1::date as day", [day])
        recipe.build_facts(build)
        return build.frame("select * from core_firm__facts")
