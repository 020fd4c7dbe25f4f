"""A model is created without its query only where that query would give no row."""

import json
from collections.abc import Iterator
from itertools import product

import duckdb
import pytest

from warehouse.database.build import syntax_tree
from warehouse.models.row_sources import has_no_rows, row_sources

TABLES = ("t", "u", "v")

TRACED = (
    "select a from t",
    "select t.a from t inner join u using (a)",
    "select a from t, u as other(b)",
    "select a from t semi join u using (a)",
    "select a from t anti join u using (a)",
    "select t.a from t left join u using (a)",
    "select a, count(*) from t group by a",
    "select a, count(*) as n from t group by all",
    "select a from t union all select a from u",
    "select a from t except select a from u",
    "select a from t intersect select a from u",
    "with t as (select a from u) select a from t inner join v using (a)",
    "with w as (select a from t), x as (select * from w) select a from x union select a from v",
    "select max(a) over () as most, a from (select a from t where a > 0)",
    "select a, (select count(*) from u) as n from t",
    "select a from t full join u using (a)",
    "with recursive w as (select a from t union all select a from w where a > 3) select a from w",
    "with recursive w as (select a from t union all select a from u) select a from w",
)
NOT_TRACED = (
    "select count(*) as n from t",
    "select sum(a) + 1 as n from t having count(*) < 5",
    "select count(*) as n, n as m from t",
    "select a, count(*) from t group by rollup(a)",
    "select t.a from t right join u using (a)",
    "select n from t full join (select count(*) as n from u) on true",
    "select * from t positional join u",
    "select n from t right join lateral (select count(*) as n from u) on true",
    "select a from t union all select 1",
    "select * replace (1 as a) from (select count(*) as a from t)",
    "select one.n from range(2) as one(n)",
    "with recursive w as (select 1 as a union all select a + 1 from w where a < 3) select a from w",
    "with recursive w as (select a from t union all select count(*) as a from w where a is null) select a from w",
)
"""For these the sources are unknown, or not all of them known."""


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for table in TABLES:
            connection.execute(f"create table {table} (a integer)")
        yield connection


@pytest.mark.parametrize("sql", [*TRACED, *NOT_TRACED])
def test_what_is_said_to_have_no_rows_has_none(sql: str, connection: duckdb.DuckDBPyConnection) -> None:
    sources = row_sources(json.loads(syntax_tree(sql))["statements"][0]["node"])
    claims = 0
    for filled in product((0, 1), repeat=len(TABLES)):
        empty = {table for table, rows in zip(TABLES, filled, strict=True) if not rows}
        for table, rows in zip(TABLES, filled, strict=True):
            connection.execute(f"delete from {table}")
            connection.execute(f"insert into {table} select 1 from range({rows})")
        if has_no_rows(sources, empty.__contains__):
            claims += 1
            assert connection.execute(sql).fetchall() == [], (sql, empty)

    assert bool(claims) == (sql in TRACED)
