"""The tables, their keys and scopes, the tables each reads, and the order that follows.

The tables a model reads come from DuckDB's parser of SQL, so there is no second list of dependencies. The comment at
the head of a model states its purpose, ``key`` (the columns that are unique), ``scope`` and, where
they apply, ``kept as`` and ``moved by``.
"""

import json
import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Literal, get_args

from warehouse.database.build import syntax_tree
from warehouse.errors import DefinitionError
from warehouse.intake.feed import load_feeds
from warehouse.models.row_sources import Sources, row_sources
from warehouse.models.typed_staging import typed, without_rows

MODELS = Path(__file__).parent
LAYERS = ("staging", "core", "facts", "ladder", "movement", "marts")

Scope = Literal["firm", "row", "zone"]
"""What a row belongs to, and so what replaces it: a firm, by ``firm_id``; a delivered row, by ``delivery_id, sheet,
row_no``; or the zone, whose tables are always built over all firms."""

_HEADER = re.compile(r"^-- (key|scope|kept as|moved by): (.+)$", re.MULTILINE)


def key_of(table: str) -> list[str]:
    """The columns whose values no two rows of a table share, from ``-- key: firm_id, year``."""
    return [name.strip() for name in _header(table)["key"].split(",")]


def scope_of(table: str) -> Scope:
    """What the rows of a table belong to, from ``-- scope: firm``."""
    scope = _header(table)["scope"]
    if scope not in get_args(Scope):
        raise DefinitionError(f"{table}: scope {scope}; it is one of {', '.join(get_args(Scope))}")
    return scope  # type: ignore[return-value]  # checked above


def is_view(table: str) -> bool:
    """Whether a model has ``-- kept as: view``: it is not stored and is computed when queried."""
    return _header(table).get("kept as") == "view"


def is_built_whole(table: str) -> bool:
    """Whether a table is always built over all firms: those of the zone, and models with ``-- kept as: whole table``.

    The latter have rows of firms that rest on tables of the zone, so that every row may change with any firm.
    """
    return scope_of(table) == "zone" or _header(table).get("kept as") == "whole table"


def moved_by(table: str) -> str | None:
    """The view by which alone other firms change the rows of a firm, from ``-- moved by: core_signal__plateau``."""
    return _header(table).get("moved by")


def _header(table: str) -> dict[str, str]:
    """The fields stated at the head of a model; raises ``DefinitionError`` where key or scope is missing."""
    fields = dict(_HEADER.findall(sql_of(table)))
    missing = [f"-- {name}:" for name in ("key", "scope") if name not in fields]
    if missing:
        raise DefinitionError(f"{table} lacks {', '.join(missing)}")
    return fields


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
    below: set[str] = set()
    waiting = [table]
    while waiting:
        added = reads(waiting.pop()) - below
        below |= added
        waiting += added
    return below


def tables(layer: str) -> list[str]:
    """Sorted by name, not in build order."""
    return sorted(table for table, (of, _) in _models().items() if of == layer)


def layer_of(table: str) -> str:
    """Folder of the model: ``staging``, ``core``, ``facts`` and so on."""
    return _models()[table][0]


@cache
def sql_of(table: str) -> str:
    """The SELECT of a model: of its file, or written from the definition of the feed it types."""
    return _models()[table][1]


def shape_of(table: str) -> str | None:
    """The statement that creates a table without rows, where it is typed from the definition of a feed."""
    feed = load_feeds().get(table.removeprefix("stg_"))
    return without_rows(feed) if feed and sql_of(table) == typed(feed) else None


def reads(table: str) -> set[str]:
    """The tables that the SELECT of ``table`` names; none where it is not one of our models."""
    return _of_model(table)[0] if table in _models() else set()


def stored_reads(table: str) -> set[str]:
    """The stored tables that a model reads, itself or through views."""
    return {
        stored
        for name in reads(table)
        for stored in (stored_reads(name) if is_model(name) and is_view(name) else {name})
    }


def is_model(name: str) -> bool:
    """Whether a table or view is made by a model."""
    return name in _models()


def sources_of(table: str) -> Sources:
    """On which tables without rows a table has none itself; None where it is not one of our models."""
    return _of_model(table)[1] if table in _models() else None


@cache
def _of_model(table: str) -> tuple[set[str], Sources]:
    return parsed(sql_of(table), table)


def tables_named(sql: str, file_name: str) -> set[str]:
    """The tables that a SELECT reads, without those its own WITH defines."""
    return parsed(sql, file_name)[0]


def parsed(sql: str, file_name: str) -> tuple[set[str], Sources]:
    """The tables that a SELECT reads, and on which of them without rows it has none itself."""
    named: set[str] = set()
    defined: set[str] = set()

    def collect(node: dict[str, Any]) -> dict[str, Any]:
        if node.get("type") == "BASE_TABLE":
            named.add(node["table_name"])
        defined.update(entry["key"] for entry in (node.get("cte_map") or {}).get("map", []))
        return node

    tree = json.loads(syntax_tree(sql), object_hook=collect)
    if tree.get("error"):
        raise DefinitionError(f"{file_name}: {tree.get('error_message')}")
    return named - defined, row_sources(tree["statements"][0]["node"])


@cache
def _models() -> dict[str, tuple[str, str]]:
    """Layer and SELECT of every table; a feed without an SQL file is typed from its definition."""
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
