"""The only reader of pages and HTTP routes: views ``desk_*`` over a release, with the rows of a scope and no others.

``views.yml`` lists the views. They lie in a database in memory beside the release, one schema a kind of scope, and
raise on a connection that has set no scope; the release itself is not on the search path of a desk.
"""

import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from warehouse.database.build import Database, Parameters, Snapshot
from warehouse.release.desk.views import TABLES, View, named_views
from warehouse.release.desk.views import views as views
from warehouse.rows import Row

if TYPE_CHECKING:
    import polars as pl

Kind = Literal["zone", "park", "incubator", "own"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NO_PARK = "-"
"""The key of the firms without a division code, so that the parks together are the zone."""

_KEYS = "(select unnest(getvariable('desk_keys')::varchar[]))"
_FIRMS = {
    "park": "select firm_id from {release}.core_firm where coalesce(division_code, '{no_park}') in {keys}",
    "incubator": "select firm_id from {release}.core_firm__tenancies where is_current and incubator in {keys}",
    "own": "from {keys}",
}
"""The firms of each kind of scope but the zone, which has all."""

_LISTED = "desk.main.listed"
"""What ``desk_tables`` shows: to list the tables of a release takes longer than most queries."""

_TABLES_SQL = (
    f"select name, is_stored from {_LISTED}"  # noqa: S608 - a name of ours
    " where case when getvariable('desk_kind') is null then error('no scope') else true end"
)

_NAMES_A_VIEW = re.compile(r"\bdesk_\w")

_making = threading.Lock()


class Views:
    """The views that lie beside a release, which all its connections share; each is made when it is first named."""

    def __init__(self) -> None:
        self._release = ""
        self._made: set[tuple[str, str]] = set()

    def begin(self, connection: Database) -> None:
        """Attach the database of the views where it is not yet."""
        if self._release:
            return
        release = _quoted(connection.value("select current_database()")) + ".main"
        with _making:
            if not connection.value("select count(*) from duckdb_databases() where database_name = 'desk'"):
                connection.execute("attach ':memory:' as desk (read_write)")
                for kind in KINDS:
                    connection.execute(f"create schema desk.{kind}")
                    connection.execute(f"create macro desk.{kind}.firm_key(firm) as {release}.firm_key(firm)")
        self._release = release

    def begin_entered(self, connection: Database, kind: Kind) -> str:
        """The schema of the views over entered targets, which comes before that of the kind of scope."""
        from warehouse.release.desk.entered_targets import create_schema  # the models, which most questions do without

        schema = _with_entered(kind)
        with _making:
            create_schema(connection, schema)
        return schema

    def make(self, connection: Database, kind: Kind, names: Iterable[str], *, with_entered: bool = False) -> None:
        """Make the views of a kind of scope that are not there yet."""
        for name in names:
            schema = _with_entered(kind) if with_entered and name != TABLES and views()[name].entered else kind
            if (schema, name) in self._made:
                continue
            sql = _TABLES_SQL if name == TABLES else _view_sql(views()[name], kind, self._release, schema != kind)
            with _making:
                if name == TABLES:
                    connection.execute(f"create table if not exists {_LISTED} as {_listed_sql()}")
                connection.execute(f"create view if not exists desk.{schema}.{name} as {sql}")
            self._made.add((schema, name))


class Desk:
    """Runs queries that name views of the desk only; what else they name raises ``DefinitionError``.

    ``version`` is what answers depend on besides the question: the file, which never changes once it is published, and
    the scope.
    """

    def __init__(
        self, connection: Database, beside: Views, kind: Kind, keys: Sequence[str], path: Path | None = None
    ) -> None:
        self._connection, self._views, self._kind = connection, beside, KINDS[KINDS.index(kind)]
        self.version = (str(path), kind, *keys)
        beside.begin(connection)
        if keys:
            connection.execute("set variable desk_keys = $1::varchar[]", [list(keys)])
        connection.execute(f"set variable desk_kind = '{kind}'")
        connection.execute(f"set search_path = 'desk.{kind}'")
        self._has_entered = False

    def enter_targets(self, targets: Sequence[Mapping[str, Any]]) -> None:
        """Show these targets in the place of those that the release has, and what follows from them.

        Each has zone, year, measure, target, unit, document, ``due_on`` and ``statement_id``.
        """
        if not targets:
            return
        self._has_entered = True
        schema = self._views.begin_entered(self._connection, self._kind)
        self._connection.execute("set variable desk_targets = $1::varchar", [json.dumps(list(targets), default=str)])
        self._connection.execute(f"set search_path = 'desk.{schema},desk.{self._kind}'")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Rows as dictionaries; every value is bound."""
        self._views.make(self._connection, self._kind, named_views(sql), with_entered=self._has_entered)
        return Database.rows(self._connection, sql, parameters)  # that of a ZoneSnapshot would ask a desk again

    def frame(self, sql: str, parameters: Parameters = ()) -> "pl.DataFrame":
        """Rows as a Polars frame; every value is bound."""
        self._views.make(self._connection, self._kind, named_views(sql), with_entered=self._has_entered)
        return Database.frame(self._connection, sql, parameters)


class ZoneSnapshot(Snapshot):
    """A release as commands read it: its tables, and the views of a desk in the scope of the zone."""

    def __init__(self, path: Path, connection: Any, beside: Views | None = None) -> None:
        super().__init__(path, connection)
        self.views = beside or Views()
        self._zone: Desk | None = None

    def cursor(self) -> Self:
        """The same release through a connection of its own, for another thread, until ``close``."""
        return type(self)(self.path, self._connection.cursor(), self.views)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows, each as a dictionary; a query of views names no tables beside them."""
        if not _NAMES_A_VIEW.search(sql):
            return super().rows(sql, parameters)
        if self._zone is None:
            self._zone = Desk(self.cursor(), self.views, "zone", ())
        return self._zone.rows(sql, parameters)

    def close(self) -> None:
        """Close the own connection and that of the zone."""
        if self._zone is not None:
            self._zone.close()
        super().close()


@contextmanager
def open_desk(snapshot: Snapshot, kind: Kind, keys: Sequence[str]) -> Iterator[Desk]:
    """A desk on a connection of its own to the release; ``keys`` are parks, incubators or firms, as ``kind`` states."""
    beside = snapshot.views if isinstance(snapshot, ZoneSnapshot) else Views()
    with closing(Desk(snapshot.cursor(), beside, kind, keys, snapshot.path)) as desk:
        yield desk


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _with_entered(kind: Kind) -> str:
    return f"{kind}_entered"


def _view_sql(view: View, kind: Kind, release: str, is_over_entered: bool = False) -> str:
    guard = f"case getvariable('desk_kind') when '{kind}' then true else error('no scope') end"
    shown = ", ".join(view.columns) or "*"
    if view.rows == "anew" and kind != "zone":
        from warehouse.models import graph  # the definitions of feeds, which commands do without

        rows, totals = _of_the_scope(graph.reads(view.table), kind, release), graph.sql_of(view.table)
        return f"with {rows} select * from ({totals}) where {guard}"  # noqa: S608 - our own model
    where, table = _rows_of(view.rows, kind, release), f"{release}.{view.table}"
    if is_over_entered:
        from warehouse.release.desk.entered_targets import select_over_entered

        table = f"({select_over_entered(view.table, release)})"
    return f"select {shown} from {view.source(table)} where {guard} and {where}"  # noqa: S608 - of views.yml


def _rows_of(rows: str, kind: Kind, release: str) -> str:
    if kind == "zone" or rows == "all":
        return "true"
    if rows == "zone":
        return "false"
    firms = f"firm_id in ({_FIRMS[kind].format(release=release, no_park=NO_PARK, keys=_KEYS)})"
    return f"{firms} and incubator in {_KEYS}" if rows == "tenant" and kind == "incubator" else firms


def _of_the_scope(tables: Iterable[str], kind: Kind, release: str) -> str:
    """The tables that a model reads, under their names, with the rows of the scope."""
    return ", ".join(
        f"{name} as (select * from {release}.{name} where {_rows_of(_belongs(name), kind, release)})"  # noqa: S608 - our models
        for name in sorted(tables)
    )


def _belongs(table: str) -> str:
    """What the rows of a table that totals are made of belong to."""
    return "all" if table.startswith("ref_") or table == "parameter" else "firm"


def _listed_sql() -> str:
    """The views whose tables this release has, and whether it stores their rows; an older one may lack a table."""
    listed = ", ".join(f"('{name}', '{view.table}')" for name, view in views().items())
    return (
        f"select name, is_stored from (values {listed}) as known (name, source) inner join"  # noqa: S608 - of views.yml
        " (select table_name as source, true as is_stored from duckdb_tables() where database_name <> 'desk'"
        " union all select view_name, false from duckdb_views() where database_name <> 'desk') using (source)"
    )
