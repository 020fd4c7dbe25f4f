"""The views of a desk as ``views.yml`` lists them, and which of them a query names."""

import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from warehouse.database.build import syntax_tree
from warehouse.definition import Strict, read_yaml
from warehouse.errors import DefinitionError

TABLES = "desk_tables"
"""The view that lists which views a release has the tables of."""
_FILE = Path(__file__).with_name("views.yml")


class View(Strict):
    """A view: the table it shows, which of its rows a scope has, and the columns where not all are shown.

    ``former`` are the codes that an older release has in a column, each with the present one.
    """

    table: str
    rows: Literal["firm", "tenant", "zone", "all", "anew"]
    columns: tuple[str, ...] = ()
    former: Mapping[str, Mapping[str, str]] = {}
    entered: bool = False

    def source(self, table: str) -> str:
        """A table with the present codes, as SQL."""
        codes = ", ".join(_present(column, codes) for column, codes in self.former.items())
        return f"(select * replace ({codes}) from {table})" if codes else table  # noqa: S608 - of views.yml


def _present(column: str, codes: Mapping[str, str]) -> str:
    cases = " ".join(f"when '{code}' then '{present}'" for code, present in codes.items())
    return f"case {column} {cases} else {column} end as {column}"


@cache
def views() -> Mapping[str, View]:
    """The views by name; raises ``DefinitionError``."""
    content, _ = read_yaml(_FILE)
    return TypeAdapter(dict[str, View]).validate_python(content)


@lru_cache(maxsize=512)
def named_views(sql: str) -> frozenset[str]:
    """The views that a query names; raises ``DefinitionError`` where it names anything else or is no SELECT."""
    tree = json.loads(syntax_tree(sql))
    if tree.get("error"):
        raise DefinitionError(f"not a query: {tree.get('error_message')}: {sql}")
    nodes = list(_nodes(tree))
    defined = {entry["key"] for node in nodes for entry in (node.get("cte_map") or {}).get("map", [])}
    tables = {_qualified(node) for node in nodes if node.get("type") == "BASE_TABLE"} - defined
    others = {_other(node) for node in nodes if node.get("type") in ("TABLE_FUNCTION", "SHOW_REF")}
    refused = sorted(tables - {*views(), TABLES} | others - {"unnest"})
    if refused:
        raise DefinitionError(f"not in views.yml: {', '.join(refused)}")
    return frozenset(tables)


def _nodes(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
    for child in node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ():
        yield from _nodes(child)


def _qualified(node: Mapping[str, Any]) -> str:
    return ".".join(node["qualified_name"]["path"])


def _other(node: Mapping[str, Any]) -> str:
    """What a FROM names that is no table: a function of tables, or a description of one."""
    return str(node["function"]["function_name"] if node["type"] == "TABLE_FUNCTION" else node["show_type"])
