"""Builds the tables of a layer, one after another."""

from datetime import date

from warehouse.database import Build
from warehouse.errors import noting
from warehouse.models.graph import in_order, is_view, layer_of, reads, shape_of, sql_of


def set_parameters(build: Build, *, day: date, previous_day: date, place: str, run_id: str) -> None:
    """``parameter`` (one row) and ``evaluation_day`` (two), which models read instead of a clock."""
    build.execute(
        "create or replace table parameter as select $1::date as day, $2::date as previous_day,"
        " $3::varchar as place, $4::varchar as run_id",
        [day, previous_day, place, run_id],
    )
    build.execute(
        "create or replace table evaluation_day as select distinct unnest([day, previous_day]) as day from parameter"
    )


def build_layer(build: Build, layer: str) -> list[str]:
    """Create every table of a layer; its names in the order in which they were built."""
    return build_tables(build, in_order(layer))


def build_tables(build: Build, order: list[str]) -> list[str]:
    """Create these tables in this order; a model with ``-- kept as: view`` becomes a view."""
    with build.together():
        for table in order:
            with noting(table):
                _create(build, table)
    return order


def _create(build: Build, table: str) -> None:
    sql = sql_of(table)
    if _has_no_rows(build, table):
        _create_empty(build, table, sql)
    else:
        kind = "view" if is_view(table) else "table"
        build.execute(f"create or replace {kind} {table} as {sql}")


def _has_no_rows(build: Build, table: str) -> bool:
    """Whether a table of staging types feeds of which nothing was loaded."""
    raw = [name for name in reads(table) if name.startswith("raw_")]
    return layer_of(table) == "staging" and not any(build.has_rows(name) for name in raw)


_definitions: dict[str, str] = {}
"""CREATE TABLE of a table without rows, by its SELECT; cached because planning takes longer than building."""


def _create_empty(build: Build, table: str, sql: str) -> None:
    if sql not in _definitions:
        _definitions[sql] = shape_of(table) or _planned_shape(build, table, sql)
    build.execute(_definitions[sql])


def _planned_shape(build: Build, table: str, sql: str) -> str:
    build.execute(f"create or replace table {table} as select * from ({sql}) limit 0")  # noqa: S608 - our own model
    definition = build.value(
        "select sql from duckdb_tables() where table_name = $1 and database_name = current_database()", [table]
    )
    return str(definition).replace("CREATE TABLE", "create or replace table", 1)
