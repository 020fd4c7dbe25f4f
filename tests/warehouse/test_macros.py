"""How texts of files become values: what cannot be read becomes null, never something near it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.database import create_macros


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_macros(connection)
        yield connection


def read(con: duckdb.DuckDBPyConnection, call: str, *values: str | None) -> object:
    row = con.execute(f"select {call}", list(values)).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("12345", "千元", 1_234_500_000),
        ("1,234.56", "元", 123_456),
        ("１２３．５", "万元", 123_500_000),
        ("-7", "元", -700),
        ("0", "亿元", 0),
        ("0.01", "元", 1),
        ("1,23", "元", None),
        ("约500", "万元", None),
        ("1.2E+4", "千元", 1_200_000_000),
        ("1,200万元", "万元", 1_200_000_000),
        ("¥1,200", "万元", 1_200_000_000),
        ("3亿元", "千元", 30_000_000_000),
        ("12", "百万元", 1_200_000_000),
        ("(1,200)", "千元", -120_000_000),
        ("500万美元", "万元", None),
        ("1000-2000", "万元", None),
        ("1200 1300", "万元", None),
        ("", "元", None),
        ("9" * 30, "元", None),
        ("1000000000000000.01", "元", None),
        ("5", None, None),
    ],
)
def test_money(con: duckdb.DuckDBPyConnection, text: str, unit: str | None, fen: int | None) -> None:
    assert read(con, "fen($1, $2)", text, unit) == fen


def test_an_amount_in_words_is_a_struct_of_hundredths(con: duckdb.DuckDBPyConnection) -> None:
    amounts = ["1.5亿美元", "逾3000万元", "未披露", "500", "9" * 20 + "元", None]
    assert [read(con, "amount_in_words($1, '')", text) for text in amounts] == [
        {"kind": "exact", "low": 15_000_000_000, "high": 15_000_000_000, "currency": "USD"},
        {"kind": "range", "low": 3_000_000_000, "high": None, "currency": "CNY"},
        {"kind": "undisclosed", "low": None, "high": None, "currency": None},
        {"kind": "unread", "low": None, "high": None, "currency": None},
        {"kind": "beyond", "low": None, "high": None, "currency": "CNY"},
        None,
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-15", date(2024, 3, 15)),
        ("2024/3/15", date(2024, 3, 15)),
        ("2024年3月15日", date(2024, 3, 15)),
        ("20240315", date(2024, 3, 15)),
        ("45366", date(2024, 3, 15)),
        ("2024-03-15 00:00:00", date(2024, 3, 15)),
        ("2024-03-15 08:30", date(2024, 3, 15)),
        ("9999-12-31", date(9999, 12, 31)),
        ("99991231", date(9999, 12, 31)),
        ("24-03-15", None),
        ("2024315", None),
        ("2023-02-29", None),
        ("2024年3月", None),
        ("待定", None),
        (None, None),
    ],
)
def test_days(con: duckdb.DuckDBPyConnection, text: str | None, day: date | None) -> None:
    assert read(con, "parse_date($1)", text) == day


@pytest.mark.parametrize(
    ("text", "year"), [("2024", 2024), ("2024年", 2024), ("2024.0", 2024), ("24", None), ("二〇二四", None)]
)
def test_years(con: duckdb.DuckDBPyConnection, text: str, year: int | None) -> None:
    assert read(con, "parse_year($1)", text) == year


@pytest.mark.parametrize(("text", "count"), [("12", 12), ("12.0", 12), ("12.5", None), ("1,200", 1200), ("a", None)])
def test_counts_are_whole(con: duckdb.DuckDBPyConnection, text: str, count: int | None) -> None:
    assert read(con, "parse_count($1)", text) == count


@pytest.mark.parametrize(("text", "value"), [("是", True), ("否", False), ("Y", True), ("0", False), ("也许", None)])
def test_yes_and_no(con: duckdb.DuckDBPyConnection, text: str, value: bool | None) -> None:
    assert read(con, "parse_boolean($1)", text) is value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭州甲乙（集团）有限公司", "杭州甲乙(集团)有限公司"),
        ("杭州ＡＢＣ科技有限公司 ", "杭州abc科技有限公司"),
        ("杭州·甲乙\u3000有限公司", "杭州甲乙有限公司"),
    ],
)
def test_names_that_differ_in_width_only_are_the_same(con: duckdb.DuckDBPyConnection, one: str, other: str) -> None:
    assert read(con, "name_norm($1) = name_norm($2)", one, other) is True


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False))
def test_every_amount_in_yuan_and_fen_is_kept_exactly(con: duckdb.DuckDBPyConnection, amount: Decimal) -> None:
    assert read(con, "fen($1, '元')", f"{amount:f}") == int(amount * 100)


@given(st.text(max_size=40))
def test_no_text_makes_a_macro_fail(con: duckdb.DuckDBPyConnection, text: str) -> None:
    calls = "fen($1, '万元'), parse_date($1), parse_year($1), parse_count($1), parse_number($1), parse_boolean($1)"
    con.execute(f"select {calls}, amount_in_words($1, ''), currency_code($1), name_norm($1)", [text]).fetchall()
