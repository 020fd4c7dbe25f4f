"""The facts of a day gone by, from a release: stored in it for its own days, else built from its core."""

from collections.abc import Sequence
from datetime import date

from tiers.schema.facts import schema
from warehouse.database.build import Build, Snapshot


def is_stored(snapshot: Snapshot, day: date) -> bool:
    """Whether a release has the facts of a day, with every column that the present rules may use."""
    is_evaluated = bool(snapshot.tuples("select 1 from parameter where $1::date in (day, previous_day)", [day]))
    return is_evaluated and schema().keys() <= set(snapshot.columns("core_firm__facts"))


def build_on(build: Build, day: date, firm_id: str | None = None) -> None:
    """Build the facts of a day by the present models from ``release``, which is attached; of one firm, or of all.

    A model of the core that is newer than the release is built on its tables.
    """
    from warehouse import recipe  # what builds a warehouse, which a stored day does without
    from warehouse.models import building, graph

    layer = graph.tables("facts")
    stored, read = build.tables("release"), _sources(layer)
    newer = [table for table in graph.in_order("core") if table in read and table not in stored]
    for table in sorted(_sources([*layer, *newer])):
        is_of_firm = firm_id is not None and "firm_id" in build.columns(f"release.{table}")
        build.execute(
            f"create table {table} as select * from release.{table}"  # noqa: S608 - our own tables
            f"{' where firm_id = $1' if is_of_firm else ''}",
            [firm_id] if is_of_firm else [],
        )
    build.execute("create table evaluation_day as select $1::date as day", [day])
    building.build_tables(build, newer)
    recipe.build_facts(build)


def _sources(tables: Sequence[str]) -> set[str]:
    """The tables that these models read from others; the day is given to them."""
    from warehouse.models import graph

    return {source for table in tables for source in graph.reads(table)} - {*tables, "evaluation_day", "parameter"}
