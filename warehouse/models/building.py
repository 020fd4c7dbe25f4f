"""Builds the tables of a layer, one after another."""

from datetime import date
from pathlib import Path

from warehouse.database import Connection, writing
from warehouse.errors import noting
from warehouse.models.graph import in_order, is_view, layer_of, reads, shape_of, sql_of


def set_parameters(build: Path, *, day: date, previous_day: date, place: str, run_id: str) -> None:
    """``parameter`` (one row) and ``evaluation_day`` (two), which models read instead of a clock."""
    with writing(build) as con:
        con.execute(
            "create or replace table parameter as select $1::date as day, $2::date as previous_day,"
            " $3::varchar as place, $4::varchar as run_id",
            [day, previous_day, place, run_id],
        )
        con.execute(
            "create or replace table evaluation_day as"
            " select distinct unnest([day, previous_day]) as day from parameter"
        )


def build_layer(build: Path, layer: str) -> list[str]:
    """Create every table of a layer; its names in the order in which they were built."""
    with writing(build) as con:
        return build_models(con, layer)


def build_models(con: Connection, layer: str) -> list[str]:
    """As ``build_layer``, on an open connection."""
    return build_tables(con, in_order(layer))


def build_tables(con: Connection, order: list[str]) -> list[str]:
    """Create these tables in this order; what says ``-- kept as: view`` takes no room and is worked out when asked."""
    for table in order:
        with noting(table):
            _build(con, table)
    return order


def _build(con: Connection, table: str) -> None:
    sql = sql_of(table)
    if _has_no_rows(con, table):
        _create_empty(con, table, sql)
    else:
        kind = "view" if is_view(table) else "table"
        con.execute(f"create or replace {kind} {table} as {sql}")


def _has_no_rows(con: Connection, table: str) -> bool:
    """Whether a table of staging types feeds of which nothing was loaded."""
    raw = [name for name in reads(table) if name.startswith("raw_")]
    is_typed = layer_of(table) == "staging"
    return is_typed and not any(con.execute(f"select 1 from {name} limit 1").fetchall() for name in raw)  # noqa: S608


_shapes: dict[str, str] = {}
"""How a table without rows is created, by the SELECT it stands for: working that out takes longer than its rows do."""


def _create_empty(con: Connection, table: str, sql: str) -> None:
    if sql not in _shapes:
        _shapes[sql] = shape_of(table) or _planned_shape(con, table, sql)
    con.execute(_shapes[sql])


def _planned_shape(con: Connection, table: str, sql: str) -> str:
    con.execute(f"create or replace table {table} as select * from ({sql}) limit 0")  # noqa: S608 - our own model
    ((created,),) = con.execute("select sql from duckdb_tables() where table_name = $1", [table]).fetchall()
    return str(created).replace("CREATE TABLE", "create or replace table", 1)
