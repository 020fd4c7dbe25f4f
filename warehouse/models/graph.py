"""Which tables there are, what each says and reads, and the order that follows.

The layers are staging, core, facts, marts. Tables read from the SQL through DuckDB's own parser, so there is no second
list of dependencies to forget.
"""

import json
from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from warehouse.database import syntax_tree
from warehouse.errors import DefinitionError
from warehouse.intake.feed import load_feeds
from warehouse.models.typed_staging import typed, without_rows

MODELS = Path(__file__).parent
LAYERS = ("staging", "core", "facts", "marts")


def grain_of(table: str) -> list[str]:
    """The columns that a model says make a row of it, as in ``-- grain: firm_id, year``."""
    return [name.strip() for name in sql_of(table).partition("-- grain:")[2].splitlines()[0].split(",")]


def is_view(table: str) -> bool:
    """Whether a model says ``-- kept as: view``: it takes no room and is worked out when asked."""
    return "\n-- kept as: view\n" in sql_of(table)


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


def layer_of(table: str) -> str:
    """The layer in which a table is built."""
    return _models()[table][0]


@cache
def sql_of(table: str) -> str:
    """The SELECT of a model: of its file, or written from the definition of the feed it types."""
    return _models()[table][1]


def shape_of(table: str) -> str | None:
    """The statement that creates a table without rows, where it is typed from the definition of a feed."""
    feed = load_feeds().get(table.removeprefix("stg_"))
    return without_rows(feed) if feed and sql_of(table) == typed(feed) else None


@cache
def reads(table: str) -> set[str]:
    """The tables that the SELECT of ``table`` names; none where it is not one of our models."""
    if table not in _models():
        return set()
    return tables_named(sql_of(table), table)


def tables_named(sql: str, file_name: str) -> set[str]:
    """The tables that a SELECT reads, without those its own WITH defines."""
    parsed = json.loads(syntax_tree(sql))
    if parsed.get("error"):
        raise DefinitionError(f"{file_name}: {parsed.get('error_message')}")
    named: set[str] = set()
    defined: set[str] = set()
    _walk(parsed, named, defined)
    return named - defined


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
