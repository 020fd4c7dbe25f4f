"""Builds the tables: one SELECT a file, in the order their own SQL asks for.

``models/<layer>/<table>.sql``; the layers are staging, core, facts, marts. Tables read from the SQL through
DuckDB's own parser, so there is no second list of dependencies to forget.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse import naming, sums
from warehouse.database import Connection, writing
from warehouse.definition import read_yaml
from warehouse.errors import DefinitionError
from warehouse.feed import load_feeds
from warehouse.staging import indicators, typed

HERE = Path(__file__).parent
MODELS = HERE / "models"
SEEDS = HERE / "seeds"
LAYERS = ("staging", "core", "facts", "marts")


def load_seeds(build: Path) -> None:
    """``ref_<seed>`` from each CSV in seeds/, and reference tables from our YAML files."""
    with writing(build) as con:
        for path in sorted(SEEDS.glob("*.csv")):
            con.execute(
                f"create or replace table ref_{path.stem} as"  # noqa: S608 - the name of our own file
                " select * from read_csv($1, header = true, comment = '#')",
                [str(path)],
            )
        for name, frame in _written().items():
            con.register("arriving", frame)
            con.execute(f"create or replace table {name} as select * from arriving")  # noqa: S608
            con.unregister("arriving")


def columns() -> pl.DataFrame:
    """The dictionary of the columns of marts: name, unit, zh, en."""
    content, _ = read_yaml(HERE / "columns.yml")
    names = ("unit", "zh", "en")
    rows = [{"name": name, **{key: entry.get(key) for key in names}} for name, entry in content.items()]
    return pl.DataFrame(rows, schema=["name", *names])


def _written() -> dict[str, pl.DataFrame]:
    """Reference tables from YAML: columns, feeds, the movements in their priority, the limits of disclosure."""
    movement, _ = read_yaml(HERE / "movement.yml")
    disclosure, _ = read_yaml(HERE / "disclosure.yml")
    matching, _ = read_yaml(HERE / "matching.yml")
    moves = [
        {"movement": name, "seq": seq, **words} for seq, (name, words) in enumerate(movement["movements"].items(), 1)
    ]
    feeds = [
        {
            "feed": feed.name,
            "zh": feed.title.zh,
            "en": feed.title.en,
            "use": feed.use,
            "publisher_zh": feed.publisher.zh,
            "publisher_en": feed.publisher.en,
        }
        for feed in load_feeds().values()
    ]
    return {
        "ref_columns": columns(),
        "ref_feeds": pl.DataFrame(feeds),
        "ref_indicators": pl.DataFrame(indicators(load_feeds().values())),
        "ref_movements": pl.DataFrame(moves),
        "ref_watch": pl.DataFrame({"watch_days": [movement["watch_days"]]}),
        "ref_disclosure": pl.DataFrame(
            {name: [limit] for name, limit in disclosure.items() if name not in ("totals", "sums")}
        ),
        "ref_sums": sums.table(),
        "ref_places": naming.places(),
        "ref_matching": pl.DataFrame(
            {"core_signs_min": matching["core_name"]["signs_min"], "ended_grace_days": matching["ended_grace_days"]},
            schema={"core_signs_min": pl.Int32, "ended_grace_days": pl.Int32},
        ),
    }


def set_parameters(build: Path, *, day: date, previous_day: date, place: str, run_id: str) -> None:
    """``parameter`` (one row) and ``evaluation_day`` (two), which models read instead of a clock."""
    with writing(build) as con:
        con.execute(
            "create or replace table parameter as select $1::date as day, $2::date as previous_day,"
            " $3::varchar as place, $4::varchar as run_id",
            [day, previous_day, place, run_id],
        )
        con.execute(
            "create or replace table evaluation_day as"
            " select distinct unnest([day, previous_day]) as day from parameter"
        )


def build_layer(build: Path, layer: str) -> list[str]:
    """Create every table of a layer; its names in the order in which they were built."""
    with writing(build) as con:
        return build_models(con, layer)


def build_models(con: Connection, layer: str) -> list[str]:
    """As ``build_layer``, on an open connection."""
    return build_tables(con, in_order(layer))


def build_tables(con: Connection, order: list[str]) -> list[str]:
    """Create these tables in this order; what says ``-- kept as: view`` takes no room and is worked out when asked."""
    for table in order:
        sql = sql_of(table)
        if _has_no_rows(con, table):
            _create_empty(con, table, sql)
        else:
            kind = "view" if "\n-- kept as: view\n" in sql else "table"
            con.execute(f"create or replace {kind} {table} as {sql}")
    return order


def _has_no_rows(con: Connection, table: str) -> bool:
    """Whether a table of staging types feeds of which nothing was loaded."""
    raw = [name for name in reads(table) if name.startswith("raw_")]
    is_typed = _models()[table][0] == "staging"
    return is_typed and not any(con.execute(f"select 1 from {name} limit 1").fetchall() for name in raw)  # noqa: S608


_shapes: dict[str, str] = {}
"""How a table without rows is created, by the SELECT it stands for: working that out takes longer than its rows do."""


def _create_empty(con: Connection, table: str, sql: str) -> None:
    if sql in _shapes:
        con.execute(_shapes[sql])
        return
    con.execute(f"create or replace table {table} as select * from ({sql}) limit 0")  # noqa: S608 - our own model
    ((said,),) = con.execute("select sql from duckdb_tables() where table_name = $1", [table]).fetchall()
    _shapes[sql] = said.replace("CREATE TABLE", "create or replace table", 1)


def grain_of(table: str) -> list[str]:
    """The columns that a model says make a row of it, as in ``-- grain: firm_id, year``."""
    return [name.strip() for name in sql_of(table).partition("-- grain:")[2].splitlines()[0].split(",")]


def in_order(layer: str) -> list[str]:
    """The tables of a layer, each after those it reads; a cycle is an error that names it."""
    own = set(tables(layer))
    graph = {table: reads(table) & own for table in sorted(own)}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise DefinitionError(f"models/{layer}: {' → '.join(error.args[1])}") from error


def depends_on(table: str) -> set[str]:
    """Every table that ``table`` reads, directly or through others, down to raw_ and ref_ tables."""
    found: set[str] = set()
    waiting = [table]
    while waiting:
        for below in reads(waiting.pop()) - found:
            found.add(below)
            waiting.append(below)
    return found


def tables(layer: str) -> list[str]:
    """The tables of a layer by name."""
    return sorted(table for table, (of, _) in _models().items() if of == layer)


@cache
def sql_of(table: str) -> str:
    """The SELECT of a model: of its file, or written from the definition of the feed it types."""
    return _models()[table][1]


@cache
def reads(table: str) -> set[str]:
    """The tables that the SELECT of ``table`` names; none where it is not one of our models."""
    if table not in _models():
        return set()
    return tables_named(sql_of(table), table)


def tables_named(sql: str, file_name: str) -> set[str]:
    """The tables that a SELECT reads, without those its own WITH defines."""
    ((said,),) = _parser().execute("select json_serialize_sql($1)", [sql]).fetchall()
    parsed = json.loads(said)
    if parsed.get("error"):
        raise DefinitionError(f"{file_name}: {parsed.get('error_message')}")
    named: set[str] = set()
    defined: set[str] = set()
    _walk(parsed, named, defined)
    return named - defined


@cache
def _parser() -> Connection:
    """A connection that only parses, opened once: there are more models than milliseconds to open one for each."""
    return duckdb.connect()


def _walk(node: Any, named: set[str], defined: set[str]) -> None:
    """Collect the base tables below a node, and the names that WITH gives."""
    if isinstance(node, list):
        for item in node:
            _walk(item, named, defined)
    if isinstance(node, Mapping):
        if node.get("type") == "BASE_TABLE":
            named.add(node["table_name"])
        for entry in (node.get("cte_map") or {}).get("map", []):
            defined.add(entry["key"])
        for item in node.values():
            _walk(item, named, defined)


@cache
def _models() -> dict[str, tuple[str, str]]:
    """Layer and SELECT of every table; a feed without a file of its own is typed from its definition."""
    written = {
        path.stem: (path.parent.name, path.read_text("utf-8").rstrip().rstrip(";"))
        for path in sorted(MODELS.rglob("*.sql"))
    }
    typed_feeds = {
        f"stg_{feed.name}": ("staging", typed(feed))
        for feed in load_feeds().values()
        if "designation" not in feed.states  # lists of titles share one model
    }
    return typed_feeds | written
