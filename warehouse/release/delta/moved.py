"""Tables of firms in which a firm is moved by others: built anew for the firms of a part and those that others moved.

Such a model states a view (``-- moved by:``) through which alone other firms reach the rows of a firm. The rows of the
view before the part was merged, compared with those after it, tell which firms were moved.
"""

from collections.abc import Iterable

from warehouse.database import Build
from warehouse.errors import noting
from warehouse.models import graph
from warehouse.touched import Touched

_MOVED = "moved_firm"


def keep_views(build: Build) -> None:
    """Keep the rows of these views as the release has them, before a part is merged into its copy."""
    for view in sorted({view for table in _all() if (view := graph.moved_by(table))}):
        build.execute(f"create or replace temp table {_before(view)} as from {view}")


def _all() -> list[str]:
    return [table for layer in graph.LAYERS for table in graph.tables(layer)]


def _before(view: str) -> str:
    return f"before_{view}"


def build_moved(build: Build, tables: Iterable[str], view: str, touched: Touched) -> None:
    """Replace the rows of the firms that were touched or that others moved, in tables that state this view."""
    before = _before(view)
    build.execute(f"create temp table {view} as from {view}")  # in front of it, also where other views read it
    build.execute(
        f"create or replace temp table {_MOVED} as select firm_id from {touched.firms} union"  # noqa: S608 - our own names
        f" select firm_id from ((from {view} except from {before}) union all (from {before} except from {view}))"
    )
    build.execute(f"delete from temp.{view} where firm_id not in (select firm_id from {_MOVED})")  # noqa: S608
    for table in tables:
        with noting(table), build.together():
            _replace(build, table, view)
    build.execute(f"drop table temp.{view}; drop table {_MOVED}")


def _replace(build: Build, table: str, view: str) -> None:
    """What the model reads is cut to the firms before, since DuckDB would work out the words of all others too."""
    cut = sorted(name for name in graph.reads(table) - {view} if "firm_id" in build.columns(name))
    for name in cut:
        build.execute(f"create temp table {name} as from {name} semi join {_MOVED} using (firm_id)")
    build.execute(f"delete from {table} where firm_id in (select firm_id from {_MOVED})")  # noqa: S608
    build.execute(f"insert into {table} by name {graph.sql_of(table)}")
    for name in cut:
        build.execute(f"drop table temp.{name}")
