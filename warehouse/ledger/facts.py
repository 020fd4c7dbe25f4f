"""Facts of some firms on the earlier day, from rows of this build and of the release before, by the models of a run."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import polars as pl

from warehouse.database.build import Build
from warehouse.models import building, graph

LAYER = "facts"
OWN = ("evaluation_day", "parameter")
RECORDS = "core_mention__match"
"""Tables that rest on it hold rows of the firm that a record is joined to."""

NOT_NEW = "delivery_id in (select delivery_id from earlier.deliveries)"

KNOWN_THEN: Mapping[str, str] = {
    "core_title": f"({NOT_NEW} or issued_on is null or issued_on <= $day)",
    "core_firm__declarations": f"({NOT_NEW} or year < year($today))",
    "core_firm__points": f"({NOT_NEW} or year < year($today))",
    "core_firm__yearly": "(year < year($today) - 1"
    " or exists (from earlier.core_firm__yearly as old where old.firm_id = own.firm_id and old.year = own.year)"
    " or list_has_any(list_transform(sources, lambda source: source.delivery_id),"
    " (select list(delivery_id) from earlier.deliveries)))",
}
"""By table, which rows are about what was there on the earlier day; others are new: a first report of the newest year,
a list issued since, a declaration of this year. Models choose rows of other tables by their days."""


def with_data_of_today(build: Build, firms: pl.DataFrame, day: date, today: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Facts and titles held on the earlier ``day`` by the rows of today, without what is new since."""
    days = {"day": day, "today": today}
    queries = {}
    for table in sources():
        limit = KNOWN_THEN.get(table, "true") if _is_of_firm(build, table) else "true"
        queries[table] = f"select * from {table} as own where {limit}{_of(build, table)}"  # noqa: S608 - our own names
    with build.view("followed_firm", firms):
        return _built(build, queries, day, days)


def with_identity_of_today(build: Build, firms: pl.DataFrame, day: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Facts and titles held on the earlier ``day`` by the rows of then, joined to firms as today."""
    with build.view("followed_firm", firms):
        return _built(build, {table: _rows_of_then(build, table) for table in sources()}, day, {})


@cache
def sources() -> tuple[str, ...]:
    """The tables that the models of facts read and do not make."""
    layer = graph.tables(LAYER)
    read = {source for table in layer for source in graph.reads(table)}
    return tuple(sorted(read - {*layer, *OWN}))


def _is_of_firm(build: Build, table: str) -> bool:
    return "firm_id" in build.columns(table)


def _of(build: Build, table: str) -> str:
    return " and firm_id in (select firm_id from followed_firm)" if _is_of_firm(build, table) else ""


def _rows_of_then(build: Build, table: str) -> str:
    """SELECT of a table as the release before would have it with the joins of today."""
    if table == "deliveries":
        return "select * from earlier.deliveries"
    if not _is_of_firm(build, table):
        return f"select * from {table}"  # noqa: S608 - our own names
    of_firms = _of(build, table)
    if RECORDS in graph.depends_on(table) and "delivery_id" in build.columns(table):
        return f"select * from {table} where {NOT_NEW}{of_firms}"  # noqa: S608
    own = build.columns(f"earlier.{table}")
    shared = ", ".join(f'"{name}"' for name in build.columns(table) if name in own)
    then = f"select {shared} from earlier.{table} where firm_id in (select firm_id from core_firm){of_firms}"  # noqa: S608
    if table != "core_firm":
        return f"select * from {table} where false union all by name {then}"  # noqa: S608
    return (
        f"{then} union all by name select * from core_firm where {NOT_NEW}{of_firms}"  # noqa: S608
        " and firm_id not in (select firm_id from earlier.core_firm)"
    )


def _built(
    build: Build, queries: Mapping[str, str], day: date, days: Mapping[str, date]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Build the models of facts on these rows in memory; the facts, and the titles held: firm_id, designation."""
    with Build.in_memory() as then:
        for table, sql in queries.items():
            used = {name: value for name, value in days.items() if f"${name}" in sql}
            then.put(table, build.frame(sql, used))
        then.execute("create table evaluation_day as select $1::date as day", [day])
        building.build_layer(then, LAYER)
        held = "select firm_id, list(designation) as held from core_firm__held group by all"
        return then.frame("select * from core_firm__facts"), then.frame(held)
