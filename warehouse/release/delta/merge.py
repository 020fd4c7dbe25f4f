"""Merges a part into a copy of its release: rows of its firms are replaced, zone tables are built again."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from warehouse.database import Build, Database, Snapshot
from warehouse.models import building, graph
from warehouse.odds import storage
from warehouse.rule_exchange import results

ROWS = frozenset({"load_key", "quarantine", "correction", "decision", "unit_judgement"})
"""Tables that no model makes: about delivered rows, beside the raw tables."""

RESULTS = (*results.KEYS, storage.PAST)
"""Tables that no model makes: verdicts, findings and the history of odds, by firm."""

REPLACED_FIRMS = "replaced_firm"
"""The table of a merged build with the firms whose rows a part replaced, as long as the build is open."""


def is_part(build: Build) -> bool:
    """Whether a build contains only what new deliveries affect."""
    return build.has_table("part_of")


def has_same_days(build: Build) -> bool:
    """Whether a part is evaluated on the same two days as its release."""
    with Snapshot.open(_release_of(build)) as release:
        days = "select day, previous_day from parameter"
        return build.tuples(days) == release.tuples(days)


def build_firm_tables(build: Build, layer: str) -> list[str]:
    """Build the tables of a layer whose rows belong to a firm or a delivered row, in a part; returns their names."""
    return building.build_tables(build, [table for table in graph.in_order(layer) if not graph.is_built_whole(table)])


def build_zone_tables(build: Build, layer: str) -> list[str]:
    """Build the tables of a layer that are built over all firms, in the merged build; returns their names."""
    return building.build_tables(build, [table for table in graph.in_order(layer) if graph.is_built_whole(table)])


@contextmanager
def merged(path: Path, layers: Sequence[str]) -> Iterator[Build]:
    """Turn a part into a copy of its release with the rows of the part merged in, and open it.

    The file is replaced, so it may not be open elsewhere. Zone tables of ``layers`` are built again.
    """
    part = path.with_suffix(".part.duckdb")
    path.replace(part)
    with Snapshot.open(part) as source:
        shutil.copyfile(_release_of(source), path)
    with Build.open(path) as build:
        build.attach(part, "part")
        with build.together():
            _merge(build)
        build.execute("detach part")
        part.unlink()
        for layer in layers:
            build_zone_tables(build, layer)
        yield build


FILLED = "select table_name from duckdb_tables() where estimated_size > 0"
"""Tables that have rows, or had some, in the release or in the part; of what is not committed yet it knows nothing."""


def _merge(build: Build) -> None:
    """Only tables with rows are changed: most of a small zone have none, and there are two hundred."""
    tables, filled = build.tables("part"), set(build.column(FILLED))
    _merge_rows(build, tables, filled)
    _write_replaced_firms(build)
    for table in sorted(filled & tables & {*_built(), *RESULTS}):
        _replace(build, table, "firm" if table in RESULTS else graph.scope_of(table))
    _copy_other_tables(build, tables)


def _built() -> set[str]:
    return {table for layer in graph.LAYERS for table in graph.tables(layer)}


def _release_of(part: Database) -> Path:
    return Path(part.value("select release from part_of"))


def _merge_rows(build: Build, tables: set[str], filled: set[str]) -> None:
    """Replace source rows, their keys, findings and corrections by those of the part."""
    raw = {name for name in tables if name.startswith("raw_")}
    for table in sorted(filled & (raw | (ROWS - {"decision"}))):
        _replace(build, table, "row")
    _merge_decisions(build)


def _merge_decisions(build: Build) -> None:
    """Keep the release's record of decisions on rows outside the part: the part cannot tell whether the row exists."""
    build.execute(
        "create temp table outside as from part.decision anti join part.part_row using (delivery_id, sheet, row_no)"
    )
    build.execute("delete from outside where statement_id not in (select statement_id from decision)")
    build.execute("delete from decision where statement_id not in (select statement_id from outside)")
    build.execute(
        "insert into decision by name select * from part.decision"
        " where statement_id not in (select statement_id from outside)"
    )
    build.execute("drop table outside")


def _write_replaced_firms(build: Build) -> None:
    """``REPLACED_FIRMS``: the firms whose rows the part replaces, also those without rows in the part."""
    build.execute(
        f"create or replace temp table {REPLACED_FIRMS} as select firm_id from part.core_firm union"  # noqa: S608
        " select firm_id from core_firm where hash(firm_id) in (select key from part.part_key)"
    )


REPLACED = {
    "firm": f"{REPLACED_FIRMS} as replaced where old.firm_id = replaced.firm_id",
    "row": "part.part_row as replaced where old.delivery_id = replaced.delivery_id and old.row_no = replaced.row_no"
    " and coalesce(old.sheet, '') = coalesce(replaced.sheet, '')",
}
"""Which rows of a table are replaced by those of the part, by the table's scope."""


def _replace(build: Build, table: str, scope: graph.Scope) -> None:
    """Delete the rows of the part's firms or delivered rows, and insert the part's rows."""
    if scope != "zone":
        build.execute(f"delete from {table} as old using {REPLACED[scope]}")  # noqa: S608 - our own names
        build.execute(f"insert into {table} by name select * from part.{table}")  # noqa: S608


def _copy_other_tables(build: Build, tables: set[str]) -> None:
    """Copy the tables that every build contains in full: deliveries, parameters, reference tables, statements."""
    merged_by_row = {name for name in tables if name.startswith("raw_")} | {*ROWS, *RESULTS}
    for table in sorted(tables - _built() - merged_by_row - storage.WHOLE - {"part_of", "part_row", "part_key"}):
        build.execute(f"create or replace table {table} as select * from part.{table}")  # noqa: S608
