"""Tables that rest on targets, made anew by their models over targets that were entered since the run."""

from pathlib import Path

from warehouse.database.build import Database
from warehouse.models import graph

TARGETS = "core_target"
VARIABLE = "desk_targets"
"""The variable of a connection that holds the targets as JSON: zone, year, measure, target, unit, document, due_on,
statement_id."""
_ENTERED = f"""
select zone, year, measure, target, unit, document, due_on, statement_id as entered_as from (
    select unnest(from_json(getvariable('{VARIABLE}')::varchar, '[{{
        "zone": "varchar", "year": "integer", "measure": "varchar", "target": "double", "unit": "varchar",
        "document": "varchar", "due_on": "date", "statement_id": "bigint"}}]'), recursive := true)
)
"""  # noqa: S608 - a name of ours


_SHOWN = Path(__file__).parents[2] / "database" / "macros" / "shown.sql"
"""The macros that the models name, besides those of a desk."""


def create_schema(connection: Database, schema: str) -> None:
    """A schema in the database of the desk, with the macros that the models name; made where it is not yet."""
    known = "select count(*) from duckdb_schemas() where database_name = 'desk' and schema_name = $1"
    if connection.value(known, [schema]):
        return
    connection.execute(f"create schema desk.{schema}")
    connection.execute(f"set search_path = 'desk.{schema}'")
    connection.execute(_SHOWN.read_text("utf-8"))


def select_over_entered(table: str, release: str) -> str:
    """The rows of a table of a release as they would be with the entered targets in the place of those it has."""
    tables: dict[str, str] = {
        "entered_target": _ENTERED,
        TARGETS: f"select * from {release}.{TARGETS} where (zone, year, measure) not in"  # noqa: S608 - of our models
        " (select (zone, year, measure) from entered_target) union all by name from entered_target",
    }
    _add(table, release, tables)
    written = ",\n".join(f"{name} as ({sql}\n)" for name, sql in tables.items())
    return f"with {written} select * from {table}"  # noqa: S608 - of our models


def _add(table: str, release: str, tables: dict[str, str]) -> None:
    """Add a table and what it reads, each after what it reads itself."""
    if table in tables:
        return
    if TARGETS not in graph.depends_on(table):
        tables[table] = f"select * from {release}.{table}"  # noqa: S608 - of our models
        return
    for read in sorted(graph.reads(table)):
        _add(read, release, tables)
    tables[table] = graph.sql_of(table)
