"""Builds the tables of a layer, one after another."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from warehouse.database.build import Build
from warehouse.errors import noting
from warehouse.models.graph import in_order, is_model, is_view, layer_of, reads, shape_of, sources_of, sql_of
from warehouse.models.row_sources import has_no_rows, named
from warehouse.models.typed_staging import columns_read, plain_tests, simplified


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
    without_rows = WithoutRows(build)
    with build.together():
        without_rows.ask({source for table in order for source in named(sources_of(table))}.difference(order))
        for table in order:
            with noting(table):
                _create(build, table, without_rows)
    return order


def _create(build: Build, table: str, without_rows: "WithoutRows") -> None:
    if is_view(table):
        build.execute(f"create or replace view {table} as {sql_of(table)}")
        without_rows.known[table] = without_rows.will_be(table)
    elif without_rows.will_be(table):
        _create_empty(build, table, without_rows.settings)
    else:
        rows = build.value(f"create or replace table {table} as {_query(build, table)}")
        without_rows.known[table] = rows == 0


def _query(build: Build, table: str) -> str:
    """The SELECT of a model; of staging with macros only for columns whose loaded values need them."""
    sql = sql_of(table)
    if layer_of(table) != "staging" or not (columns := sorted(columns_read(sql))):
        return sql
    (source,) = (name for name in reads(table) if name.startswith("raw_"))
    tests = plain_tests(sql)
    asked = [f"count({column})" for column in columns] + [f"bool_and({test})" for test in tests.values()]
    (answers,) = build.tuples(f"select {', '.join(asked)} from {source}")  # noqa: S608 - our own tables
    empty = {column for column, count in zip(columns, answers, strict=False) if not count}
    plain = {column for column, is_plain in zip(tests, answers[len(columns) :], strict=True) if is_plain}
    return simplified(sql, empty, plain)


class WithoutRows:
    """The tables of a build that have no rows, asked once each while the build goes on."""

    def __init__(self, build: Build) -> None:
        self._build = build
        self.known: dict[str, bool] = {}
        self.settings = self._settings()  # before a transaction, within which ``has_table`` lists all tables

    def _settings(self) -> tuple[Any, ...]:
        """Place and days, by which reference tables differ; none where models are built without them."""
        if not self._build.has_table("parameter"):
            return ()
        return tuple(self._build.tuples("select place, day, previous_day from parameter"))

    @cached_property
    def _views(self) -> set[str]:
        return set(self._build.column("select view_name from duckdb_views() where not internal"))

    def others(self, tables: Iterable[str]) -> list[str]:
        """Those of some tables and views of models that may have rows, in their order."""
        self.ask(tables)
        return [table for table in tables if not (self.will_be(table) if is_view(table) else self._is_empty(table))]

    def will_be(self, table: str) -> bool:
        """Whether a model gives no row, as far as its SELECT and the tables it reads show."""
        return has_no_rows(sources_of(table), self._is_empty)

    def ask(self, tables: Iterable[str]) -> None:
        """Ask at once of all stored ones among these tables what is asked of them later."""
        stored = sorted(filter(_is_stored, tables))
        self.known |= dict.fromkeys(stored, True) | dict.fromkeys(self._build.with_rows(stored), False)

    def _is_empty(self, name: str) -> bool:
        if name not in self.known:
            self.known[name] = self._has_none(name)
        return self.known[name]

    def _has_none(self, name: str) -> bool:
        """Not asked of views but those of loaded rows: planning their query would cost what is to be saved."""
        is_asked = _is_stored(name) or name not in self._views
        return is_asked and not self._build.has_rows(name)


def _is_stored(name: str) -> bool:
    """Whether that is a table by its name; of figures that no model computes only the build knows."""
    return not is_view(name) if is_model(name) else not name.startswith(("core_", "mart_"))


_definitions: dict[tuple[str, tuple[Any, ...]], str | None] = {}
"""CREATE TABLE of a table without rows, by its SELECT; None after the first: most processes make a table only once."""


def _create_empty(build: Build, table: str, settings: tuple[Any, ...]) -> None:
    sql = sql_of(table)
    definition = shape_of(table) or _definitions.get((sql, settings))
    build.execute(definition or f"create or replace table {table} as {_of_no_rows(table)}")
    if definition is None:
        is_second = (sql, settings) in _definitions
        _definitions[sql, settings] = _definition(build, table) if is_second else None


def _of_no_rows(table: str) -> str:
    """The SELECT of a model, of staging with nulls for all that macros read, which no row shows."""
    sql = sql_of(table)
    return simplified(sql, columns_read(sql), ()) if layer_of(table) == "staging" else sql


def _definition(build: Build, table: str) -> str:
    columns = ", ".join(f'"{name}" {kind}' for name, kind, *_ in build.tuples(f"describe {table}"))
    return f"create or replace table {table} ({columns})"
