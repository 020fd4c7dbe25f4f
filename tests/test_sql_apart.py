"""SQL takes no text of ours apart: what is delivered is read in staging, and data goes on as columns from there."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pytest
from source_files import FILES, ROOT, name_of, offenders, texts_of
from test_sql_words import SQL, queries, trees_of

pytestmark = pytest.mark.rule("worded-at-the-edge")

APART = re.compile(r"split_part|(string_|str_)split(_regex)?|regexp_(extract(_all)?|split_to_\w+|replace)")
"""Functions that give a part of a text; one that only looks for something, as ``regexp_matches``, is none."""
DELIVERED = re.compile(r"(stg|raw)_|deliveries$")
"""Tables of what was delivered, as it is written, and of the files with what they state."""
MACROS = ROOT / "warehouse" / "database" / "macros"
READING = [
    *(MACROS / f"{name}.sql" for name in ("days", "macros", "percents", "writings")),
    ROOT / "warehouse" / "quality" / "macros.sql",
]
"""Macros that read what was delivered, which they are given; those of ``shown.sql`` word what we have."""
MODELS = [path for path in SQL if path not in READING and path.parent.name != "staging"]
EDGES = [path for path in FILES if name_of(path).startswith(("dash_app/", "service/", "flows/"))]
ELSEWHERE = {"cte_map", "subquery"}
"""The parts of a SELECT that are queries of their own."""
Node = dict[str, Any]


@dataclass(frozen=True)
class Scope:
    """The named tables that a query may read: what it defines itself, with the scope of each."""

    defined: dict[str, tuple[Node, "Scope"]]

    def with_tables_of(self, query: Node) -> "Scope":
        """And what the WITH of a query defines, each table with those before it."""
        scope = self
        for name, defined in defined_by(query):
            scope = Scope({**scope.defined, name: (defined, scope)})
        return scope


def defined_by(query: Node) -> list[tuple[str, Node]]:
    """The tables of the WITH of a query."""
    return [(entry["key"], entry["value"]["query_node"]) for entry in query["cte_map"]["map"]]


def parts_of(node: Any) -> Iterator[Node]:
    """Every node of a SELECT, without those of the queries in it."""
    if isinstance(node, list):
        for child in node:
            yield from parts_of(child)
    elif isinstance(node, dict):
        yield node
        for name, child in node.items():
            if name not in ELSEWHERE:
                yield from parts_of(child)


def selects(query: Node, scope: Scope) -> Iterator[tuple[Node, Scope]]:
    """Each SELECT of a query with what it may read: those of its WITH, of both sides of a union, of subqueries."""
    scope = scope.with_tables_of(query)
    for _, defined in defined_by(query):
        yield from selects(defined, scope)
    if query["type"] == "SELECT_NODE":
        yield query, scope
        inner = [part["subquery"]["node"] for part in parts_of(query) if isinstance(part.get("subquery"), dict)]
    else:
        inner = query.get("children") or [query["left"], query["right"]]
    for part in inner:
        yield from selects(part, scope)


def results(query: Node, scope: Scope) -> Iterator[tuple[Node, Scope]]:
    """The SELECTs whose rows are those of a query: both of a union."""
    scope = scope.with_tables_of(query)
    if query["type"] == "SELECT_NODE":
        yield query, scope
    else:
        for side in query.get("children") or (query["left"], query["right"]):
            yield from results(side, scope)


def sources(table: Node, scope: Scope) -> Iterator[tuple[str, str | tuple[Node, Scope]]]:
    """The names that a FROM gives, each with its stored table, or the query that it stands for."""
    if table["type"] == "JOIN":
        yield from sources(table["left"], scope)
        yield from sources(table["right"], scope)
    elif table["type"] == "BASE_TABLE":
        name = table["table_name"]
        yield table["alias"] or name, scope.defined.get(name, name)
    elif table["type"] == "SUBQUERY":
        yield table["alias"], (table["subquery"]["node"], scope)


def tables_of(column: list[str], select: Node, scope: Scope, seen: int = 0) -> Iterator[str]:
    """The stored tables that a column may come from; those of every table in the FROM where it names none."""
    *qualifier, name = column
    for alias, source in sources(select["from_table"], scope):
        if qualifier and alias != qualifier[-1]:
            continue
        if isinstance(source, str):
            yield source
        elif seen < 20:  # a table that reads itself ends
            for inner, own in results(*source):
                yield from _of_named(name, inner, own, seen + 1)


def _of_named(name: str, select: Node, scope: Scope, seen: int) -> Iterator[str]:
    """What a column of a SELECT comes from: of the expression of that name, or passed on by a star."""
    for item in select["select_list"]:
        if item["type"] == "STAR":
            yield from tables_of([name], select, scope, seen)
        elif item.get("alias") == name or (item.get("column_names") or [""])[-1] == name:
            for part in parts_of(item):
                if part.get("class") == "COLUMN_REF":
                    yield from tables_of(part["column_names"], select, scope, seen)


def taken_apart(tree: Node) -> list[str]:
    """The columns of our own that a query takes apart: they come from no table of what was delivered."""
    wrong = set()
    for statement in tree["statements"]:
        for select, scope in selects(statement["node"], Scope({})):
            for part in parts_of(select):
                if part.get("class") == "FUNCTION" and APART.fullmatch(part["function_name"]):
                    wrong |= {".".join(column) for column in _ours(part["arguments"][0], select, scope)}
    return sorted(wrong)


def _ours(text: Node, select: Node, scope: Scope) -> Iterator[list[str]]:
    for part in parts_of(text):
        if part.get("class") == "COLUMN_REF" and not any(
            map(DELIVERED.match, tables_of(part["column_names"], select, scope))
        ):
            yield part["column_names"]


def in_file(con: duckdb.DuckDBPyConnection, sql: list[str]) -> list[str]:
    """What the queries of a file take apart."""
    trees = [json.loads(tree) for tree in trees_of(con, sql)]
    assert [tree for tree in trees if tree["error"]] == []
    return [column for tree in trees for column in taken_apart(tree)]


def test_no_sql_takes_a_text_of_ours_apart() -> None:
    with duckdb.connect() as con:
        apart = offenders(MODELS, lambda path: in_file(con, queries(path.read_text("utf-8"))))

    assert apart == {}


def test_no_sql_of_a_question_takes_a_column_apart() -> None:
    """A question reads columns of a release, of which none is as it was delivered; a parameter came in."""
    called = re.compile(rf"\b(?:{APART.pattern})\(\s*(?!\$|\{{|_ )\w+")

    assert offenders(EDGES, lambda path: [match[0] for text in texts_of(path) for match in called.finditer(text)]) == {}


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        (
            "select split_part(curve.stratum, '/', -1)::integer as year from core_rung__curves as curve",
            ["curve.stratum"],
        ),
        ("with a as (select stratum as s from core_rung__curves) select string_split(s, '/') from a", ["s"]),
        (
            "select regexp_replace(metric, '_y[0-5]$', '') from ref_conditions inner join core_firm using (day)",
            ["metric"],
        ),
        ("select 1 from core_firm where exists (select regexp_extract(key, '[0-9]+') from decision)", ["key"]),
        ("select regexp_replace(sentence, '1 days', '1 day')", ["sentence"]),
        (
            "select split_part(upper(kind || name), '/', 1) from (select kind, name from core_firm) as x",
            ["kind", "name"],
        ),
        ("select split_part(district, '省', 1) from stg_recognition left join ref_list_events using (event)", []),
        ("with a as (select * from b), b as (from stg_x) select regexp_extract(code, '[A-T]') from a", ["code"]),
        ("with b as (from stg_x), a as (select * from b) select regexp_extract(a.code, '[A-T]') from a", []),
        ("select 1 from core_firm where regexp_matches(name, '分公司$')", []),
    ],
)
def test_a_text_of_ours_is_told_from_a_delivered_one(sql: str, columns: list[str]) -> None:
    with duckdb.connect() as con:
        assert in_file(con, [sql]) == columns
