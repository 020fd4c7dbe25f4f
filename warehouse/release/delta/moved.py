"""Tables of firms in which a firm is moved by others: built anew for the firms of a part and those that others moved.

Such a model states a view (``-- moved by:``) through which alone other firms reach the rows of a firm. Where a table of
the zone below the view does not stand, the rows of the view before the part was merged, compared with those after it,
tell which firms were moved.
"""

from collections.abc import Collection, Iterable

from warehouse.database.build import Build
from warehouse.database.touched import Touched
from warehouse.errors import noting
from warehouse.models import graph

_MOVED = "moved_firm"


def keep_views(build: Build, stand: Collection[str]) -> None:
    """Keep the rows of these views as the release has them, before a part is merged into its copy."""
    stated = {graph.moved_by(table) for layer in graph.LAYERS for table in graph.tables(layer)}
    for view in sorted(filter(None, stated)):
        if not zone_below(view) <= set(stand):
            build.execute(f"create or replace temp table {_before(view)} as from {view}")


def zone_below(view: str) -> set[str]:
    """The tables of the zone that a view reads."""
    return {name for name in graph.stored_reads(view) if graph.is_model(name) and graph.is_built_whole(name)}


def _before(view: str) -> str:
    return f"before_{view}"


def build_moved(build: Build, tables: Iterable[str], view: str, touched: Touched, stand: Collection[str]) -> None:
    """Replace the rows of the firms that were touched or that others moved, in tables that state this view."""
    moved = f"select firm_id from {touched.firms}"  # noqa: S608 - our own names
    if not zone_below(view) <= set(stand):
        before = _before(view)
        build.execute(f"create or replace temp table after_{view} as from {view}")
        moved += f" union select firm_id from ((from after_{view} except from {before})"  # noqa: S608
        moved += f" union all (from {before} except from after_{view}))"
    build.execute(f"create or replace temp table {_MOVED} as {moved}")
    for table in tables:
        with noting(table), build.together():
            _replace(build, table)
    build.execute(f"drop table {_MOVED}")


def _replace(build: Build, table: str) -> None:
    """What lies below the model is cut to the firms before, since DuckDB would work out the words of all others too."""
    cut = sorted(name for name in graph.stored_reads(table) if "firm_id" in build.columns(name))
    for name in cut:
        build.execute(f"create temp table {name} as from {name} semi join {_MOVED} using (firm_id)")
    build.execute(f"delete from {table} where firm_id in (select firm_id from {_MOVED})")  # noqa: S608
    build.execute(f"insert into {table} by name {graph.sql_of(table)}")
    for name in cut:
        build.execute(f"drop table temp.{name}")
