"""Totals of the yearly survey: no hidden total can be computed from the sums of its form."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from warehouse.database.macros.functions import create_macros
from warehouse.errors import DefinitionError
from warehouse.models.graph import sql_of
from warehouse.release.disclosure import sums

pytestmark = pytest.mark.rule("disclosure")

FORMS = ("profile", "economy", "staff", "rd")
FEWEST, DOMINANT, PERCENT = 3, 2, 85
SUMS = [names for names in sums.sums() if {"qd31", "rd_expense_stat"}.isdisjoint(names)]
FIGURES = sorted({name for names in SUMS for name in names})
"""The figures of the economy form that are part of a sum; the other forms are alike."""

Firm = dict[str, int]
ROWS = st.lists(
    st.dictionaries(st.sampled_from(FIGURES), st.integers(-3, 400), max_size=len(FIGURES)), min_size=1, max_size=9
)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    meta = "uscc varchar, name varchar, year integer, data_state varchar, form_year varchar, form varchar,"
    meta += " form_edition varchar, uscc_state varchar, money_unit varchar, sheet varchar, row_no bigint, seq integer,"
    meta += " delivery_id varchar"
    with duckdb.connect() as con:
        create_macros(con)
        con.execute(
            f"create table ref_disclosure as select {FEWEST} as fewest_firms, {DOMINANT} as dominant_firms,"
            f" {PERCENT} as dominant_percent"
        )
        con.register("sums", sums.table())
        con.execute("create table ref_sums as select * from sums")
        for form in FORMS:
            figures = FIGURES if form == "economy" else [f"only_{form}"]
            con.execute(f"create table raw_torch__{form} ({meta}, {' varchar, '.join(figures)} varchar)")
            con.execute(f"create table stg_torch__{form} ({meta})")
        con.execute(
            "create table ref_indicators as select 'torch__economy' as feed, unnest($1) as indicator, '' as code,"
            " 'flow' as kind, '千元' as unit, true as is_money",
            [FIGURES],
        )
        yield con


def totals(con: duckdb.DuckDBPyConnection, firms: list[Firm]) -> dict[str, tuple[bool, int | None, int | None]]:
    """Each indicator: whether it is hidden, and how many firms and how much as shown."""
    for kind in ("raw", "stg"):
        con.execute(f"delete from {kind}_torch__economy")
    for at, firm in enumerate(firms):
        about = {"uscc": str(at), "year": 2025, "sheet": "", "row_no": at, "seq": 1, "delivery_id": "d"}
        for kind, row in (("stg", about), ("raw", {**about, **{name: str(value) for name, value in firm.items()}})):
            con.execute(
                f"insert into {kind}_torch__economy ({', '.join(row)}) values ({', '.join('?' * len(row))})",
                list(row.values()),
            )
    names = ("indicator", "is_hidden", "firms", "total")
    cells = con.execute(f"select {', '.join(names)} from ({sql_of('mart_zone__survey')})").fetchall()
    return {row[0]: row[1:] for row in cells}


@examples(100)
@given(firms=ROWS)
def test_no_hidden_total_can_be_recomputed_from_the_sums(con: duckdb.DuckDBPyConnection, firms: list[Firm]) -> None:
    cells = totals(con, firms)
    hidden = sorted(name for name, cell in cells.items() if cell[0])

    for name, (is_hidden, shown, _) in cells.items():
        amounts = sorted((abs(firm[name]) for firm in firms if name in firm), reverse=True)
        is_unsafe = len(amounts) < FEWEST or 100 * sum(amounts[:DOMINANT]) >= PERCENT * sum(amounts)
        assert is_hidden or not is_unsafe, name
        assert is_hidden == (shown is None)
    shown_sums = [names for names in SUMS if len(cells.keys() & set(names)) > 1]
    known = np.array([[float(name in names) for name in hidden] for names in shown_sums])  # other parts are shown
    known = known.reshape(len(shown_sums), len(hidden))
    for at in range(len(hidden)):
        unit = np.eye(len(hidden))[at]
        assert np.linalg.matrix_rank(np.vstack([known, unit])) > np.linalg.matrix_rank(known), hidden[at]


def test_a_hidden_part_hides_the_smallest_sufficient_other_part(con: duckdb.DuckDBPyConnection) -> None:
    usual = {"revenue": 100, "tech_revenue": 20, "product_revenue": 60, "goods_revenue": 5}
    cells = totals(con, [usual, usual, usual, usual, {**usual, "other_revenue": 90}])

    assert {name for name, cell in cells.items() if cell[0]} == {"other_revenue", "tech_revenue"}
    assert cells["revenue"] == (False, 5, 500 * 100_000)


def test_circular_sums_are_refused() -> None:
    sums.require_no_circle(sums.sums())

    with pytest.raises(DefinitionError, match="circle"):
        sums.require_no_circle([["a", "b", "c"], ["c", "d"], ["d", "a"]])
