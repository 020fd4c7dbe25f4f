"""No cast on a delivered value can fail: what does not fit becomes null (``try_cast``), and a check reports it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import duckdb
import pytest

from warehouse.models.graph import sql_of, tables
from warehouse.quality.checks import EXPECTATIONS, suite_of
from warehouse.quality.cross import files
from warehouse.quality.unit_guard.settings import forms

pytestmark = pytest.mark.rule("read-as-written")

NEVER_FAILS = {"VARCHAR", "BOOLEAN"}
"""``x is false`` is such a cast to the parser."""

OWN_FUNCTIONS = {"threshold", "count", "count_star", "row_number", "trunc"}
"""Columns of our own definitions and counts, which always fit; the parser expands ``interval 1 year`` to ``trunc``."""

OWN_COLUMNS = (
    "ref_",
    "validity_years",
    "least_months",
    "watch_days",
    "yuan_per_unit",
    "content",
    "given_on",
    "seen_on",
)


def bare_casts(sql: str) -> list[str]:
    """The casts in a SELECT that raise on a value that does not fit."""
    ((serialised,),) = duckdb.execute("select json_serialize_sql($1)", [sql]).fetchall()
    parsed = json.loads(serialised)
    assert not parsed.get("error"), parsed.get("error_message")
    return [
        f"{_words(node['child'])} as {node['type_expr']['type_name'].upper()}"
        for node in _casts(parsed)
        if _may_fail(node)
    ]


def _casts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict) and node.get("class") == "CAST":
        yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _casts(item)


def _may_fail(node: dict[str, Any]) -> bool:
    child = node["child"]
    is_truth = child["class"] in ("COMPARISON", "CONJUNCTION") and node["type_expr"]["type_name"].upper() == "TINYINT"
    is_own = child.get("function_name") in OWN_FUNCTIONS or _words(child).startswith(OWN_COLUMNS)
    return not (
        node["try_cast"]
        or node["type_expr"]["type_name"].upper() in NEVER_FAILS
        or child["class"] == "CONSTANT"
        or is_truth
        or is_own
    )


def _words(child: dict[str, Any]) -> str:
    return ".".join(child.get("column_names", ())[-1:]) or child.get("function_name") or child["class"]


def test_a_bare_cast_is_detected() -> None:
    assert bare_casts("select left(month, 4)::integer from raw_x") == ["left as INTEGER"]
    assert bare_casts("select cast(a as bigint), try_cast(b as bigint), null::double, c::varchar") == ["a as BIGINT"]


def casts_by_name(texts: Iterable[tuple[str, str]]) -> dict[str, object]:
    """The bare casts of SQL texts that have any, by the name of the text."""
    return {name: casts for name, sql in texts if (casts := bare_casts(sql))}


def test_no_model_of_a_source_has_a_bare_cast() -> None:
    assert casts_by_name((table, sql_of(table)) for table in tables("staging")) == {}


def test_no_cross_check_has_a_bare_cast() -> None:
    assert casts_by_name((path.stem, path.read_text("utf-8")) for path in files()) == {}


def test_no_check_has_a_bare_cast() -> None:
    suites = {path.stem: suite_of(path.stem) for path in EXPECTATIONS.glob("stg_*.yml")}
    texts = [
        (f"{table}: {sql}", f"select {sql} from t")
        for table, suite in suites.items()
        for sql in (*suite.derive.values(), *(check.holds for check in suite.checks if check.holds))
    ]

    assert casts_by_name(texts) == {}


@pytest.mark.parametrize("form", forms().values(), ids=lambda form: form.name)
def test_the_unit_guard_has_no_bare_cast(form: Any) -> None:
    assert bare_casts(form.sql) == []


def test_no_table_of_firms_has_a_bare_cast() -> None:
    assert casts_by_name((table, sql_of(table)) for table in [*tables("core"), *tables("facts")]) == {}
