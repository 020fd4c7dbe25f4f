"""Totals under the statistics law: no hidden cell can be computed from the shown ones."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from warehouse.models.graph import sql_of

pytestmark = pytest.mark.rule("disclosure")

Filed = tuple[str, int, int | None, int | None]
MEASURES = ("revenue_to_date_fen", "staff_end", "rd_to_date_fen")
FEWEST, DOMINANT, PERCENT = 3, 2, 85
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["39", "65", "66", "27", "88"]),
        st.integers(-20, 1000),
        st.one_of(st.none(), st.integers(0, 30)),
        st.one_of(st.none(), st.integers(0, 5)),
    ),
    min_size=1,
    max_size=45,
)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(
            f"create table ref_disclosure as select {FEWEST} as fewest_firms, {DOMINANT} as dominant_firms,"
            f" {PERCENT} as dominant_percent"
        )
        yield con


def totals(con: duckdb.DuckDBPyConnection, rows: list[Filed]) -> dict[str, tuple[bool, tuple[int | None, ...]]]:
    """Each cell of one month: whether it is hidden, and firms and the three figures as shown."""
    con.execute("create or replace table core_firm (uscc varchar, industry_code varchar)")
    con.execute(
        "create or replace table stg_torch__flash (uscc varchar, period varchar, revenue_to_date_fen bigint,"
        " staff_end bigint, rd_to_date_fen bigint, seq integer, row_no bigint)"
    )
    con.executemany("insert into core_firm values ($1, $2)", [(str(n), f"{row[0]}10") for n, row in enumerate(rows)])
    con.executemany(
        "insert into stg_torch__flash values ($1, '202603', $2, $3, $4, 1, $5)",
        [(str(n), *row[1:], n) for n, row in enumerate(rows)],
    )
    cells = con.execute(sql_of("mart_zone__statistics")).fetchall()
    return {row[1]: (row[2], row[3:]) for row in cells}


def is_safe(rows: list[Filed]) -> bool:
    """Whether each figure has enough contributors, and no few of them make up most of it."""
    if len(rows) < FEWEST:
        return False
    for at in (1, 2, 3):
        parts = sorted((abs(row[at]) for row in rows if row[at] is not None), reverse=True)  # type: ignore[arg-type]
        if parts and (len(parts) < FEWEST or 100 * sum(parts[:DOMINANT]) >= PERCENT * sum(parts)):
            return False
    return True


@examples(120)
@given(rows=ROWS)
def test_no_hidden_cell_can_be_recomputed(con: duckdb.DuckDBPyConnection, rows: list[Filed]) -> None:
    cells = totals(con, rows)
    of = {name: [row for row in rows if row[0] == name] for name in {row[0] for row in rows}}
    hidden = sorted(name for name, (is_hidden, _) in cells.items() if is_hidden and name != "all")
    all_hidden, _ = cells["all"]

    for name in of:
        assert name in hidden or is_safe(of[name]), name
    if hidden and not all_hidden:
        assert is_safe([row for name in hidden for row in of[name]])
        known = np.ones((1, len(hidden)))  # the total less every shown cell, in what is hidden
        for at in range(len(hidden)):
            unit = np.eye(len(hidden))[at]
            assert np.linalg.matrix_rank(np.vstack([known, unit])) > np.linalg.matrix_rank(known)
    assert all(set(figures) == {None} for is_hidden, figures in cells.values() if is_hidden)


@examples(60)
@given(rows=ROWS)
def test_shown_totals_are_correct(con: duckdb.DuckDBPyConnection, rows: list[Filed]) -> None:
    for name, (is_hidden, figures) in totals(con, rows).items():
        members = [row for row in rows if name in (row[0], "all")]
        if not is_hidden:
            columns = [[row[at] for row in members if row[at] is not None] for at in (1, 2, 3)]
            assert figures == (len(members), *(sum(figures) if figures else None for figures in columns))  # type: ignore[arg-type]


def test_a_dominant_firm_hides_a_cell_with_enough_firms(con: duckdb.DuckDBPyConnection) -> None:
    even: list[Filed] = [("39", 100 + n, 10, 5) for n in range(20)]
    cells = totals(con, [*even, ("65", 900, 10, 5), *[("65", 10, 10, 5)] * 9, *[("66", 100, 10, 5)] * 10])

    assert [name for name, (is_hidden, _) in cells.items() if is_hidden and name != "all"] != []
    assert cells["65"][0]
    assert not cells["39"][0]
