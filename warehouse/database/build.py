"""The only module that opens DuckDB: a build, a release for reading, or a database in memory.

``Database`` is the interface of all three. ``Build`` also has our macros and takes data frames; ``Snapshot`` is a
release file, without access to other files. No network: extensions are neither installed nor loaded automatically.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from unicodedata import normalize

import duckdb

from warehouse.database.arrow import in_arrow
from warehouse.database.kept_open import kept_after, let_go
from warehouse.database.macros.functions import create_macros, macro_sql
from warehouse.database.new_build import TEMPLATE
from warehouse.database.settings import IN_MEMORY, MEMORY_LIMIT, OF_A_BUILD
from warehouse.database.translation import disk_errors, release_errors
from warehouse.machine.refusals import TEMPORARY
from warehouse.rows import Row

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

Parameters = Sequence[Any] | Mapping[str, Any]


class Database:
    """One connection to DuckDB; every value in ``parameters`` is bound, never written into the SQL."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection, self._is_in_transaction = connection, False

    @classmethod
    @contextmanager
    def in_memory(cls, **releases: Path) -> Iterator[Self]:
        """A database in memory with releases attached, read-only, under the names given; see ``release_errors``."""
        with release_errors(*releases.values()), duckdb.connect(config=IN_MEMORY) as connection:
            database = cls(connection)
            database._prepare()
            for name, path in releases.items():
                database.attach(path, name)
            yield database

    def _prepare(self) -> None:
        """Prepare the connection before its first statement."""

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def execute(self, sql: str, parameters: Parameters = ()) -> duckdb.DuckDBPyConnection:
        """Run one statement, or several without parameters; its result must be read to the end before the next one."""
        return self._connection.execute(sql, parameters or None)

    def tuples(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """Rows as tuples, in the order of the query; raises ``duckdb.Error``."""
        return self.execute(sql, parameters).fetchall()

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows, each as a dictionary by column."""
        result = self.execute(sql, parameters)
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def column(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """The first value of every row."""
        return [row[0] for row in self.tuples(sql, parameters)]

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """The first value of the first row; None where there is no row."""
        return next(iter(self.column(sql, parameters)), None)

    def arrow(self, sql: str, parameters: Parameters = ()) -> "pa.Table":
        """An Arrow table, in which decimals and dates keep their types."""
        return self._connection.sql(sql, params=parameters or None).to_arrow_table()

    def frame(self, sql: str, parameters: Parameters = ()) -> "pl.DataFrame":
        """All rows as a Polars frame, handed over without pyarrow, whose import costs more than most queries."""
        import polars as pl  # most queries on a release do without it

        return pl.DataFrame(self._connection.sql(sql, params=parameters or None))

    def frames(self, sql: str, rows: int, parameters: Parameters = ()) -> "Iterator[pl.DataFrame]":
        """The result in frames of at most so many rows, so that memory stays flat."""
        import polars as pl

        for batch in self._connection.sql(sql, params=parameters or None).to_arrow_reader(rows):
            yield pl.DataFrame(batch)

    def columns(self, table: str) -> list[str]:
        """The columns of a table in their order; raises ``duckdb.CatalogException`` where there is no such table."""
        return self.column(f"describe {table}")

    def has_table(self, table: str) -> bool:
        """Whether there is a table of that name; a list of all tables takes twenty times as long."""
        if self._is_in_transaction:  # which an error would end
            return table in self.tables()
        try:
            self.execute(f"select 1 from {table} limit 0").fetchall()  # noqa: S608 - our own tables
        except duckdb.CatalogException:
            return False
        return True

    def has_rows(self, table: str) -> bool:
        """Whether a table has any row."""
        return bool(self.tuples(f"select 1 from {table} limit 1"))  # noqa: S608 - our own tables

    def with_rows(self, tables: Sequence[str]) -> list[str]:
        """Those of some tables that have any row, in their order; asked of all at once, in a third of the time."""
        parts = [f"(select {at} from {table} limit 1)" for at, table in enumerate(tables)]  # noqa: S608 - our tables
        return [tables[at] for at in sorted(self.column(" union all ".join(parts)))] if parts else []

    def tables(self, attached: str | None = None) -> set[str]:
        """The tables of this database, or of an attached one; views are none."""
        sql = "select table_name from duckdb_tables() where database_name = coalesce($1, current_database())"
        return set(self.column(sql, [attached]))

    def attach(self, path: Path, name: str) -> None:
        """Attach a file under a name, read-only, for as long as this database is open."""
        let_go(path)
        quoted = str(path).replace("'", "''")
        self.execute(f"attach '{quoted}' as {name} (read_only)")


class Build(Database):
    """A database that is being made, with our macros; see ``warehouse/recipe.py`` for its parts."""

    path: Path | None = None

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """The build in a file, created if absent, with one writer; raises ``DiskFailed`` for a full disk or bad file.

        Opening and closing a file takes longer than most statements, so a step opens it once and passes it on.
        """
        TEMPLATE.begin(path, cls.open)
        config = IN_MEMORY | OF_A_BUILD | {"temp_directory": str(path.with_suffix(TEMPORARY))}
        connect = partial(duckdb.connect, str(path), config=config)
        with disk_errors(path), connect() as connection:
            (build := cls(connection))._prepare()
            build.path = path
            with kept_after(path, connection, connect):
                yield build

    def _prepare(self) -> None:
        create_macros(self._connection)

    def put(self, table: str, frame: "pl.DataFrame", *, append: bool = False, select: str = "*") -> None:
        """Create or replace a table from a frame; with ``append``, insert its rows by the names of their columns.

        ``select`` is SQL over the columns of the frame, where they are not taken as they are.
        """
        if append and frame.is_empty():
            return
        begin = f"insert into {table} by name" if append else f"create or replace table {table} as"
        with self.view("arriving", frame):
            self.execute(f"{begin} select {select} from arriving")  # noqa: S608 - our own tables

    @contextmanager
    def view(self, name: str, frame: "pl.DataFrame | pa.Table") -> Iterator[None]:
        """A frame as a view, for statements that do more with it than ``put``."""
        self._connection.register(name, in_arrow(frame))
        try:
            yield
        finally:
            self._connection.unregister(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit all statements within, or roll back where any fails."""
        self._connection.begin()
        self._is_in_transaction = True
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        finally:
            self._is_in_transaction = False
        self._connection.commit()

    @contextmanager
    def together(self) -> Iterator[None]:
        """A transaction, or part of the one that is open: statements wait for the disk once, not once each."""
        with nullcontext() if self._is_in_transaction else self.transaction():
            yield

    def checkpoint(self) -> None:
        """Write everything to the database file, so that no log is left beside it."""
        self.execute("checkpoint")


class Snapshot(Database):
    """A release file, read-only: its results do not change when another release is published."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(connection)
        self.path = path

    @classmethod
    def connect(cls, path: Path) -> Self:
        """Open a release until ``close``; raises the errors of DuckDB as they are."""
        let_go(path)
        connection = duckdb.connect(str(path), read_only=True, config={"memory_limit": MEMORY_LIMIT})
        connection.execute("set enable_external_access = false")  # not before: DuckDB would refuse a path with a ?
        return cls(path, connection)

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open a release, current, past or rebuilt, for some queries; raises ``ReleaseUnreadable``."""
        with release_errors(path), closing(cls.connect(path)) as snapshot:
            yield snapshot

    def cursor(self) -> Self:
        """The same release through a connection of its own, for another thread, until ``close``."""
        return type(self)(self.path, self._connection.cursor())


def normalised(name: str) -> str:
    """The comparable form of a name; see ``name_norm`` in macros.sql."""
    with _with_name_norm().cursor() as connection:
        ((norm,),) = connection.execute("select name_norm($1)", [name]).fetchall()
        return str(norm)


def syntax_tree(sql: str) -> str:
    """The syntax tree of a SELECT as JSON, or the error in it; no table it names need be there."""
    with _plain().cursor() as connection:  # threads of the pages parse at the same time
        ((tree,),) = connection.execute("select json_serialize_sql($1)", [sql]).fetchall()
        return str(tree)


_plain = cache(duckdb.connect)
"""A connection in memory that only parses, made once for all models."""


@cache
def _with_name_norm() -> duckdb.DuckDBPyConnection:
    """A connection in memory with ``name_norm`` only; all macros, and Arrow for nfkc, cost more than a query."""
    connection = duckdb.connect()
    connection.create_function("nfkc", partial(normalize, "NFKC"), ["VARCHAR"], "VARCHAR")
    connection.execute(macro_sql("name_norm"))
    return connection
