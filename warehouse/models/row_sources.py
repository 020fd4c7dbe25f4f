"""On which tables without rows a SELECT has none itself, by its syntax tree; what that does not show is not claimed.

Planning the query of a model takes far longer than creating its table, and most tables of a small zone have no rows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]


@dataclass(frozen=True)
class Parts:
    """No rows where one part has none, or, of ``needs_all``, where every part has none."""

    parts: tuple["Sources", ...]
    needs_all: bool


Sources = Parts | str | None
"""A table by its name; None where no table decides it."""

_OF_ANY = {"INNER", "SEMI"}
"""Joins without rows where either side has none; FULL where both, LEFT and ANTI where the left one has none."""


def has_no_rows(sources: Sources, is_empty: Callable[[str], bool]) -> bool:
    """Whether there is no row, given which tables have none."""
    if sources is None:
        return False
    if isinstance(sources, str):
        return is_empty(sources)
    have_none = (has_no_rows(part, is_empty) for part in sources.parts)
    return all(have_none) if sources.needs_all else any(have_none)


def named(sources: Sources) -> set[str]:
    """The tables that may decide it."""
    if isinstance(sources, Parts):
        return {table for part in sources.parts for table in named(part)}
    return set() if sources is None else {sources}


def row_sources(node: Node, around: Mapping[str, Sources] | None = None) -> Sources:
    """The sources of a query; ``around`` has those of the names that a WITH around it defines."""
    named = dict(around or {})
    for entry in (node.get("cte_map") or {}).get("map", []):
        named[entry["key"]] = row_sources(entry["value"]["query_node"], named)
    if node["type"] == "SET_OPERATION_NODE":
        return _of_set_operation(node["setop_type"], tuple(row_sources(child, named) for child in node["children"]))
    if node["type"] == "RECURSIVE_CTE_NODE":  # every union of a WITH RECURSIVE, whether it reads itself or not
        first = row_sources(node["left"], named)
        return Parts((first, row_sources(node["right"], {**named, node["cte_name"]: first})), needs_all=True)
    if node["type"] == "SELECT_NODE" and not _may_add_a_row(node):
        return _of_table(node["from_table"], named)
    return None


def _of_set_operation(kind: str, parts: tuple[Sources, ...]) -> Sources:
    if kind == "EXCEPT":
        return parts[0]
    return Parts(parts, needs_all=kind != "INTERSECT")


def _may_add_a_row(select: Node) -> bool:
    """Whether it aggregates all rows into one, which is there without any row as well.

    Where a column stands for itself, it does not: DuckDB binds no such query. The name of an expression before it may
    stand for an aggregate.
    """
    if select.get("group_expressions"):
        return not all(select.get("group_sets") or [[0]])
    items = select["select_list"]
    named = {item["alias"].lower() for item in items if item["class"] != "COLUMN_REF" and item.get("alias")}
    return not any(
        (item["class"] == "COLUMN_REF" and item["column_names"][-1].lower() not in named)
        or (item["class"] == "STAR" and not item.get("replace_list"))
        for item in items
    )


def _of_table(table: Node, named: Mapping[str, Sources]) -> Sources:
    kind = table["type"]
    if kind == "BASE_TABLE":
        name = table["table_name"]
        return named[name] if name in named else str(name)
    if kind == "SUBQUERY":
        return row_sources(table["subquery"]["node"], named)
    return _of_join(table, named) if kind == "JOIN" else None


def _of_join(join: Node, named: Mapping[str, Sources]) -> Sources:
    left = _of_table(join["left"], named)
    # what stands at the right may name columns of the left, which are then no columns of its own
    right = None if join["right"]["type"] == "SUBQUERY" else _of_table(join["right"], named)
    if join["join_type"] in _OF_ANY and join["ref_type"] != "POSITIONAL":
        return Parts((left, right), needs_all=False)
    if join["join_type"] == "FULL":
        return Parts((left, right), needs_all=True)
    return left if join["join_type"] in ("LEFT", "ANTI") else None
