"""A part goes into a copy of its release: rows of its firms are replaced, tables of the whole zone are built again."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from warehouse.database import Connection, attach, reading, writing
from warehouse.models import building, graph
from warehouse.rule_exchange import results

ROWS = frozenset({"load_key", "quarantine", "correction", "decision", "unit_judgement"})
"""Tables that no model makes: about rows of sources, beside the raw tables themselves."""

RESULTS = tuple(results.KEYS)
"""Tables that no model makes: what the rules said, firm by firm."""


def is_part(build: Path) -> bool:
    """Whether a build holds only what new deliveries touch."""
    with reading(build) as con:
        return "part_of" in _tables(con)


def asks_the_same(build: Path) -> bool:
    """Whether a part is asked about the days its release was asked about."""
    with writing(build) as con:
        attach(con, _release_of(con), "before")
        asked = "select day, previous_day from {}parameter"
        return con.execute(asked.format("")).fetchone() == con.execute(asked.format("before.")).fetchone()


def build_firms_own(build: Path, layer: str) -> list[str]:
    """The tables of a layer whose rows are a firm's own, in a part; their names."""
    with writing(build) as con:
        return building.build_tables(con, [table for table in graph.in_order(layer) if graph.scope_of(table) != "zone"])


def build_zones_own(build: Path, layer: str) -> list[str]:
    """The tables of a layer that are about the whole zone, in the whole; their names."""
    with writing(build) as con:
        return building.build_tables(con, [table for table in graph.in_order(layer) if graph.scope_of(table) == "zone"])


def merge(build: Path, layers: Sequence[str]) -> None:
    """Make a part the whole: ``build`` becomes a copy of its release with all that was built of the part worked in.

    Tables of the whole zone in ``layers`` are built again before it returns.
    """
    part = build.with_suffix(".part.duckdb")
    build.replace(part)
    with reading(part) as con:
        shutil.copyfile(_release_of(con), build)
    with writing(build) as con:
        attach(con, part, "part")
        arrived = _tables(con, "part")
        _work_in_rows(con, arrived)
        _know_firms(con)
        for table in sorted(arrived & {*_built(), *RESULTS}):
            _replace(con, table, "firm" if table in RESULTS else graph.scope_of(table))
        _take_over(con, arrived)
    part.unlink()
    for layer in layers:
        build_zones_own(build, layer)


def _built() -> set[str]:
    return {table for layer in graph.LAYERS for table in graph.tables(layer)}


def _release_of(part: Connection) -> Path:
    (release,) = part.execute("select release from part_of").fetchone() or ("",)
    return Path(release)


def _tables(con: Connection, database: str | None = None) -> set[str]:
    found = con.execute(
        "select table_name from duckdb_tables() where database_name = coalesce($1, current_database())",
        [database],
    )
    return {row[0] for row in found.fetchall()}


def _work_in_rows(con: Connection, arrived: set[str]) -> None:
    """Source rows, their keys and what was found and corrected in them: those of the part take the place of the old."""
    raw = {name for name in arrived if name.startswith("raw_")}
    for table in sorted(raw | (ROWS - {"decision"})):
        _replace(con, table, "row")
    _work_in_decisions(con)


def _work_in_decisions(con: Connection) -> None:
    """Of a decision on a row outside the part, the release knows whether its row is there; the part does not."""
    con.execute(
        "create temp table outside as from part.decision anti join part.part_row using (delivery_id, sheet, row_no)"
    )
    con.execute("delete from outside where statement_id not in (select statement_id from decision)")
    con.execute("delete from decision where statement_id not in (select statement_id from outside)")
    con.execute(
        "insert into decision by name select * from part.decision"
        " where statement_id not in (select statement_id from outside)"
    )
    con.execute("drop table outside")


def _know_firms(con: Connection) -> None:
    """``gone_firm``: the firms whose rows the part replaces, also those that are no longer there."""
    con.execute(
        "create or replace temp table gone_firm as select firm_id from part.core_firm union"
        " select firm_id from core_firm where hash(firm_id) in (select key from part.part_key)"
    )


GONE = {
    "firm": "gone_firm as gone where old.firm_id = gone.firm_id",
    "row": "part.part_row as gone where old.delivery_id = gone.delivery_id and old.row_no = gone.row_no"
    " and coalesce(old.sheet, '') = coalesce(gone.sheet, '')",
}
"""Which rows of a table leave for those of the part, by the table's scope."""


def _replace(con: Connection, table: str, scope: graph.Scope) -> None:
    """Rows of the part's firms or delivered rows leave, and the part's rows come in their place."""
    if scope != "zone":
        con.execute(f"delete from {table} as old using {GONE[scope]}")  # noqa: S608 - our own names
        con.execute(f"insert into {table} by name select * from part.{table}")  # noqa: S608


def _take_over(con: Connection, names: set[str]) -> None:
    """What every build holds in full: deliveries, parameters, reference tables, statements."""
    worked_in = {name for name in names if name.startswith("raw_")} | {*ROWS, *RESULTS}
    for table in sorted(names - _built() - worked_in - {"part_of", "part_row", "part_key"}):
        con.execute(f"create or replace table {table} as select * from part.{table}")  # noqa: S608
