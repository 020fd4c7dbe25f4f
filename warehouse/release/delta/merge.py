"""Merges a part into a copy of its release: rows of its firms are replaced, zone tables are built again."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from warehouse.database.build import Build
from warehouse.database.kept_open import let_go
from warehouse.database.touched import Touched
from warehouse.intake.feed import load_feeds
from warehouse.models import building, graph
from warehouse.odds import storage
from warehouse.release.delta.moved import build_moved, keep_views
from warehouse.release.delta.standing import differs, has_same_settings, standing, watched, write_standing
from warehouse.rule_exchange import results

ROWS = frozenset({"load_key", "quarantine", "rule_hit", "correction", "decision", "unit_judgement"})
"""Tables that no model makes: about delivered rows, beside the raw tables."""

RESULTS = tuple(results.KEYS)
"""Tables that no model makes: verdicts and findings, by firm."""

FACTS = "core_firm__facts"
OF_PART = {"part_of", "part_row", "part_key", storage.PAST, "position_change"}
"""Tables of a part that the merged build does not take: its own, and those that keep the rows of other firms."""

REPLACED = Touched("replaced_firm", "replaced_facts")
"""Tables of a merged build about the firms whose rows a part replaced, as long as the build is open."""


def is_part(build: Build) -> bool:
    """Whether a build contains only what new deliveries affect."""
    return build.has_table("part_of")


def release_of(build: Build) -> Path | None:
    """The release that a part is merged into; None where a build contains everything."""
    return Path(build.value("select release from part_of")) if is_part(build) else None


def has_same_days(build: Build) -> bool:
    """Whether a part is evaluated on the same two days as its release."""
    days = "select day, previous_day from"
    return build.tuples(f"{days} parameter") == build.tuples(f"{days} part_of")


def build_firm_tables(build: Build, layer: str) -> list[str]:
    """Build the tables of a layer whose rows belong to a firm or a delivered row, in a part; returns their names."""
    return building.build_tables(build, [table for table in graph.in_order(layer) if not graph.is_built_whole(table)])


def build_zone_tables(build: Build, layer: str, touched: Touched | None = None) -> list[str]:
    """Build the tables of a layer that are built over all firms, in the merged build; returns their names.

    Those that stand are left out. Where only the firms ``touched`` differ from the release, a table whose firms few
    others move is built for these.
    """
    stand = standing(build)
    whole = [table for table in graph.in_order(layer) if graph.is_built_whole(table) and table not in stand]
    for view, tables in groupby(whole, graph.moved_by):
        if view is None or touched is None:
            building.build_tables(build, list(tables))
        else:
            build_moved(build, tables, view, touched, stand)
    return whole


def discard(path: Path) -> None:
    """Remove a part that is not merged, if there is one."""
    let_go(path)
    path.unlink(missing_ok=True)


@contextmanager
def merged(path: Path, release: Path, layers: Sequence[str]) -> Iterator[Build]:
    """Turn a part into a copy of its ``release`` with the rows of the part merged in, and open it.

    The file is replaced, so it may not be open elsewhere. Zone tables of ``layers`` are built again.
    """
    part = path.with_suffix(".part.duckdb")
    let_go(path)
    path.replace(part)
    shutil.copyfile(release, path)
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
    tables, filled = build.tables("part"), set(build.column(FILLED)) - _as_delivered_before(build)
    _write_replaced_firms(build, tables)
    compared = filled & tables & watched()
    same = {table for table in compared if not differs(build, table, ROWS_REPLACED[_scope_of(table)])}
    write_standing(build, (filled & watched()) - same)
    keep_views(build, standing(build))
    _merge_rows(build, tables, filled - same)
    _remove_history(build, filled - same)
    for table in sorted((filled - same) & tables & {*_built(), *RESULTS}):
        _replace(build, table)
    is_reference_same = has_same_settings(build)
    _copy_other_tables(build, {name for name in tables if not (is_reference_same and name.startswith("ref_"))})


def _as_delivered_before(build: Build) -> set[str]:
    """The raw tables of feeds without a new delivery or a corrected cell: what a part has of them is of its release."""
    new = set(
        build.column("select feed from part.deliveries where delivery_id not in (select delivery_id from deliveries)")
    )
    corrected = set(build.column("select feed from part.correction union select feed from correction"))
    return {f"raw_{name}" for name in load_feeds() if name not in new | corrected}


def _built() -> set[str]:
    return {table for layer in graph.LAYERS for table in graph.tables(layer)}


def _merge_rows(build: Build, tables: set[str], filled: set[str]) -> None:
    """Replace source rows, their keys, findings and corrections by those of the part."""
    raw = {name for name in tables if name.startswith("raw_")}
    for table in sorted(filled & (raw | (ROWS - {"decision"}))):
        _replace(build, table)
    _merge_decisions(build)


def _merge_decisions(build: Build) -> None:
    """Keep the release's record of decisions on rows outside the part: the part does not show if it exists."""
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


def _write_replaced_firms(build: Build, tables: set[str]) -> None:
    """The tables of ``REPLACED``: the firms whose rows the part replaces, also those without rows in the part."""
    build.execute(
        f"create or replace temp table {REPLACED.firms} as select firm_id from part.core_firm union"  # noqa: S608
        " select firm_id from core_firm where hash(firm_id) in (select key from part.part_key)"
    )
    if FACTS in tables:  # else they are built once the part is merged
        build.execute(f"create or replace temp table {REPLACED.facts} as from part.{FACTS}")


def _remove_history(build: Build, changed: set[str]) -> None:
    """Remove the history of odds of the firms whose past looks different now by the tables ``changed``."""
    from warehouse.odds.news import NEWS, write_news  # the evaluation, which reading a release does without

    write_news(build, REPLACED.firms, "part", changed)
    build.execute(f"delete from {storage.PAST} where firm_id in (select firm_id from {NEWS})")  # noqa: S608 - our own names
    build.execute(f"drop table {NEWS}")


ROWS_REPLACED = {
    "firm": f"{REPLACED.firms} as replaced where old.firm_id = replaced.firm_id",
    "row": "part.part_row as replaced where old.delivery_id = replaced.delivery_id and old.row_no = replaced.row_no"
    " and coalesce(old.sheet, '') = coalesce(replaced.sheet, '')",
}
"""Which rows of a table are replaced by those of the part, by the table's scope."""


def _scope_of(table: str) -> graph.Scope:
    if table in ROWS or table.startswith("raw_"):
        return "row"
    return "firm" if table in RESULTS else graph.scope_of(table)


def _replace(build: Build, table: str) -> None:
    """Delete the rows of the part's firms or delivered rows, and insert the part's rows."""
    if (scope := _scope_of(table)) != "zone":
        build.execute(f"delete from {table} as old using {ROWS_REPLACED[scope]}")  # noqa: S608 - our own names
        build.execute(f"insert into {table} by name select * from part.{table}")  # noqa: S608


def _copy_other_tables(build: Build, tables: set[str]) -> None:
    """Copy the tables that every build contains in full: deliveries, parameters, statements, other reference tables."""
    merged_by_row = {name for name in tables if name.startswith("raw_")} | {*ROWS, *RESULTS}
    for table in sorted(tables - _built() - merged_by_row - storage.WHOLE - OF_PART):
        build.execute(f"create or replace table {table} as select * from part.{table}")  # noqa: S608
