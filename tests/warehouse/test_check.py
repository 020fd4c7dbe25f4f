"""A layer is checked: what waits is in no figure, a table that repeats its key stops the release."""

from pathlib import Path

import pandas as pd
import pytest
from empty_build import put
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from warehouse.database.build import Build
from warehouse.quality import check
from warehouse.quality.checks import Check
from warehouse.quality.predicate import failing
from warehouse.quality.suite import failed
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("nothing-lost")

NUMBERS = st.lists(st.one_of(st.none(), st.integers(-3, 3)), min_size=1, max_size=12)
KINDS = [
    ("column_values_to_be_in_set", ["a"], {"value_set": [1, 2]}),
    ("column_values_to_be_null", ["a"], {}),
    ("column_values_to_not_be_null", ["a"], {}),
    ("column_values_to_be_between", ["a"], {"min_value": -1, "max_value": 1}),
    ("column_values_to_be_between", ["a"], {"max_value": 0}),
    ("column_pair_values_to_be_equal", ["a", "b"], {}),
    ("column_pair_values_a_to_be_greater_than_b", ["a", "b"], {"or_equal": True}),
    ("column_pair_values_a_to_be_greater_than_b", ["a", "b"], {}),
]


@pytest.mark.parametrize(("kind", "columns", "options"), KINDS)
@examples(12)
@given(a=NUMBERS, b=NUMBERS)
def test_the_predicate_and_the_expectation_fail_on_the_same_data(
    kind: str, columns: list[str], options: dict[str, object], a: list[int | None], b: list[int | None]
) -> None:
    import duckdb

    size = min(len(a), len(b))
    check = Check(rule="F10", field="a", expect=kind, columns=columns, options=options)
    frame = pd.DataFrame({"a": a[:size], "b": b[:size]}, dtype="float64")
    where, bound = failing(check, options)
    with duckdb.connect() as con:
        con.execute("create table checked (a integer, b integer)")
        con.executemany("insert into checked values ($1, $2)", list(zip(a[:size], b[:size], strict=True)))
        matches = con.execute(f"select 1 from checked where {where}", bound).fetchall()

    assert bool(matches) == (failed([(check, options)], frame) == [0])


def test_a_table_that_repeats_its_key_stops_the_release(own_empty_build: Path) -> None:
    with Build.open(own_empty_build) as build:
        put(build, "core_firm", [{"firm_id": "A"}, {"firm_id": "A"}, {"name": "甲"}], "registry__firms")
        breaches = {(breach.table, breach.rule_id, breach.count) for breach in check.check_layer(build, "core")}

    assert {("core_firm", "K01", 1), ("core_firm", "K02", 1)} <= breaches


def test_a_view_that_repeats_its_key_stops_the_release(own_empty_build: Path) -> None:
    view, key = "mart_firm__sources", "firm_id, topic, null as as_of, delivery_id, sheet, row_no"
    with Build.open(own_empty_build) as build:
        put(build, "core_firm", [{"firm_id": "A"}], "registry__firms")
        put(build, "core_firm__sources", [{"firm_id": "A", "topic": "registry"}], "registry__firms")
        build.execute(f"create view {view} as select {key} from core_firm__sources, range(2)")
        breaches = check.check_layer(build, "marts", [view])

    assert [(breach.table, breach.rule_id, breach.count) for breach in breaches] == [(view, "K01", 1)]


def test_no_row_that_waits_is_in_a_figure(published: Published) -> None:
    waiting = published.rows(
        "select q.delivery_id, q.row_no from quarantine as q join stg_zone__yearly as s"
        " using (delivery_id, sheet, row_no) where q.severity in ('reject', 'quarantine') and q.decision is null"
    )
    hits = published.rows("select count(*) as n, count(firm_id) as firms from rule_hit")

    assert waiting == []
    assert 0 < hits[0]["firms"] <= hits[0]["n"]
