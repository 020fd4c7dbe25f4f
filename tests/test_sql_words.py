"""SQL builds no sentence: releases keep codes and figures, and words are in wording files."""

import ast
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from source_files import FILES, ROOT, offenders, without_docstrings

pytestmark = pytest.mark.rule("worded-at-the-edge")

WRITTEN_BY_ALEMBIC = ROOT / "warehouse" / "casebook" / "migrations"
SQL = [path for path in sorted((ROOT / "warehouse").rglob("*.sql")) if not path.is_relative_to(WRITTEN_BY_ALEMBIC)]
WORDS = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]|[A-Za-z]{2,} [A-Za-z]{2,}")
"""A Chinese character or mark, or two words of a sentence."""
QUERY = re.compile(r"\bselect\b.*\bfrom\b", re.DOTALL)
QUOTED = re.compile("'[^'\n]*[\u3000-\u303f\u3400-\u9fff\uff00-\uffef][^'\n]*'")
"""A text with a Chinese character or mark within a query."""
BUILDERS = {"||", "concat", "concat_ws", "format", "printf", "string_agg", "replace"}
"""Functions that make a text of others."""
SEARCHES = re.compile("regexp_|replace$|translate$")
"""Functions whose second argument is what is looked for in the first."""
CHOICES = {"OPERATOR_COALESCE", "CASE_EXPR"}
"""What gives one of several values."""
MACRO = re.compile(r"create or replace macro \w+\([^)]*\) as\s+(?P<table>table\s)?(?P<body>.*?);\n", re.DOTALL)


def queries(text: str) -> list[str]:
    """The SELECT of a model or check, or one for each macro of a file of macros."""
    bodies = [
        match["body"] if match["table"] else f"select {match['body']}" for match in MACRO.finditer(f"{text.strip()}\n")
    ]
    return bodies or [part for part in text.split(";\n") if part.strip()]


def built_words(node: Any, *, is_built: bool = False) -> Iterator[str]:
    """The words among the constants that make a value: not those that one is compared with, or looked for in a text."""
    if isinstance(node, list):
        for child in node:
            yield from built_words(child, is_built=is_built)
    elif isinstance(node, dict) and node.get("class") == "CONSTANT":
        text = node.get("literal", {}).get("text", "")
        if is_built and WORDS.search(text):
            yield text
    elif isinstance(node, dict):
        for name, child in node.items():
            parts = child[:1] + child[2:] if _is_search(node, name) else child
            yield from built_words(parts, is_built=_builds(node, name, is_built=is_built))


def _is_search(node: dict[str, Any], child: str) -> bool:
    return child == "arguments" and bool(SEARCHES.search(node["function_name"]))


def _builds(node: dict[str, Any], child: str, *, is_built: bool) -> bool:
    """Whether what stands in a part of a node becomes part of a text."""
    if child == "when_expr" or node.get("class") == "COMPARISON" or str(node.get("type")).startswith("COMPARE"):
        return False
    if node.get("class") == "FUNCTION":
        return child == "arguments" and node["function_name"] in BUILDERS
    return is_built or node.get("type") in CHOICES


def sentences(trees: Iterable[str]) -> list[str]:
    """The words that queries build, by their serialized trees."""
    parsed = [json.loads(tree) for tree in trees]
    assert [tree for tree in parsed if tree["error"]] == []
    return [word for tree in parsed for word in built_words(tree["statements"])]


def trees_of(con: duckdb.DuckDBPyConnection, sql: Sequence[str]) -> list[str]:
    """The trees of queries as DuckDB parses them."""
    return [tree for (tree,) in con.execute("select json_serialize_sql(unnest($1::varchar[]))", [sql]).fetchall()]


def test_no_sql_builds_a_sentence() -> None:
    with duckdb.connect() as con:
        built = offenders(SQL, lambda path: sentences(trees_of(con, queries(path.read_text("utf-8")))))

    assert built == {}


def test_no_sql_in_python_has_chinese_words() -> None:
    def quoted(path: Path) -> list[str]:
        texts = (node.value for node in without_docstrings(path) if isinstance(node, ast.Constant))
        queries_in = (text for text in texts if isinstance(text, str) and QUERY.search(text))
        return [word for text in queries_in for word in QUOTED.findall(text)]

    assert offenders(FILES, quoted) == {}


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select name || ' 到期' as zh from title", [" 到期"]),
        ("select printf('expected by %s', due_on) from feed", ["expected by %s"]),
        ("select case when state = '逾期' then '从未来件' end from feed", ["从未来件"]),
        ("select counted_en(coalesce(days || ' working days', 'none')) from due", [" working days"]),
        ("select string_agg(zh, '、' order by zh) from title", ["、"]),
        ("select '失信被执行人' as list_kind, regexp_extract(name, '^' || '[省市]') as place from list", []),
        ("select replace(name, '（', '(') from firm where kind in ('存续', '在业')", []),
    ],
)
def test_words_of_a_text_are_found_and_what_is_looked_for_is_not(sql: str, words: list[str]) -> None:
    with duckdb.connect() as con:
        assert sentences(trees_of(con, [sql])) == words
