"""Values are worded the same by SQL, for the lists of a zone, and by the messages of the rules."""

import duckdb
import pytest

from tiers.messages.verdict import show, show_gap
from warehouse.database.macros.functions import create_macros

VALUES = [
    None, 0.0, 1.0, -1.0, 2.5, 0.005, 0.0049, 0.001234, -0.00001, 0.125, 99.995, 1234.5, 9999.99, 10_000.0, 12_345.678,
    999_999.99, 1_000_000.0, 99_999_999.0, 1e8, 123_456_789.12, -5e7, 20200131.0, 0.996, 1.004,
]  # fmt: skip
UNITS = ("yuan", "usd", "eur", "percent", "person", "item", "point", "year", "day", "rank", "bool", "", "other")


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    create_macros(connection)
    return connection


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_value_and_a_gap_read_the_same(connection: duckdb.DuckDBPyConnection, lang: str) -> None:
    """In one query: to plan one takes longer than all values."""
    rows = connection.execute(
        f"select unit, value, shown_{lang}(value, unit), gap_{lang}(value, unit)"
        " from (select unnest($1::varchar[]) as unit), (select unnest($2::double[]) as value)",
        [UNITS, VALUES],
    ).fetchall()

    assert len(rows) == len(UNITS) * len(VALUES)
    for unit, value, shown, gap in rows:
        expected_gap = None if value is None else show_gap(value, unit, lang)

        assert (shown, gap) == (show(value, unit, lang), expected_gap), (value, unit)


def test_a_day_is_shown_as_a_day(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.execute("select shown_zh(20200131::double, 'date')").fetchone() == (show(20200131, "date", "zh"),)
