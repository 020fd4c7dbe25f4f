"""How texts of files become values: what cannot be read becomes null, never something near it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiers.messages.verdict import show_gap
from warehouse.database.macros import money_function, name_patterns
from warehouse.database.macros.functions import FILES, create_macros, sql_of

pytestmark = pytest.mark.rule("read-as-written")


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_macros(connection)
        yield connection


def test_a_build_has_every_macro_as_it_is_written(con: duckdb.DuckDBPyConnection) -> None:
    """Whatever placeholders they were created upon."""
    stored = "select function_name, parameters, macro_definition from duckdb_functions() where not internal order by 1"
    with duckdb.connect() as written:
        name_patterns.register_nfkc(written)
        money_function.register_amount(written)
        name_patterns.create_pattern_macros(written)
        written.execute("\n".join(map(sql_of, FILES)))

        assert con.execute(stored).fetchall() == written.execute(stored).fetchall()


def read(con: duckdb.DuckDBPyConnection, call: str, *values: object) -> object:
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
        ("1e9", "元", 100_000_000_000),
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
        ("45366", None),  # by which system, and whether it is a day at all, a number alone does not say
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
    ("text", "year"),
    [("2024", 2024), ("2024年", 2024), ("2024.0", 2024), ("24", None), ("二〇二四", 2024), ("二零24", None)],
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
    ("left", "right"),
    [
        ("杭州甲乙（集团）有限公司", "杭州甲乙(集团)有限公司"),
        ("杭州ＡＢＣ科技有限公司 ", "杭州abc科技有限公司"),
        ("杭州·甲乙\u3000有限公司", "杭州甲乙有限公司"),
    ],
)
def test_names_that_differ_in_width_only_are_the_same(con: duckdb.DuckDBPyConnection, left: str, right: str) -> None:
    assert read(con, "name_norm($1) = name_norm($2)", left, right) is True


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False))
def test_every_amount_in_yuan_and_fen_is_kept_exactly(con: duckdb.DuckDBPyConnection, amount: Decimal) -> None:
    assert read(con, "fen($1, '元')", f"{amount:f}") == int(amount * 100)


@given(st.text(max_size=40))
def test_no_text_makes_a_macro_fail(con: duckdb.DuckDBPyConnection, text: str) -> None:
    calls = "fen($1, '万元'), parse_date($1), parse_year($1), parse_count($1), parse_number($1), parse_boolean($1)"
    con.execute(f"select {calls}, amount_in_words($1, ''), currency_code($1), name_norm($1)", [text]).fetchall()


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=9, allow_nan=False))
def test_a_number_keeps_its_decimals(con: duckdb.DuckDBPyConnection, number: Decimal) -> None:
    assert read(con, "parse_number($1)", f"{number:f}") == number
    assert read(con, "parse_percent($1)", f"{number:f}%") == number


@given(st.integers(1, 10**15), st.integers(1, 9))
def test_an_amount_finer_than_a_fen_is_not_rounded(con: duckdb.DuckDBPyConnection, fen: int, thousandths: int) -> None:
    assert read(con, "fen($1, '元')", f"{Decimal(fen) / 100 + Decimal(thousandths) / 10**5:.5f}") is None


@pytest.mark.parametrize(
    ("text", "percent", "readings"),
    [
        *(
            (text, 35, None)
            for text in ("35%", "35\uff05", "３５%", "35 %", "35", "35 percent", "百分之三十五", "百分之35", "350‰")
        ),
        *((text, 12.5, None) for text in ("百分之十二点五", "12.5PCT", "12.50%", "千分之一百二十五")),
        ("百分之百", 100, None),
        ("百分之一百零五", 105, None),
        ("0.35%", 0.35, None),
        ("百分之零点五", 0.5, None),
        ("0", 0, None),
        ("-5%", -5, None),
        ("0.35", None, "0.35% / 35%"),
        ("1.0", None, "1% / 100%"),
        ("-0.05", None, "-0.05% / -5%"),
        *((text, None, None) for text in ("约35%", "10%-15%", "三成", "百分之三五", "百分之", "%", "", None)),
    ],
)
def test_a_percentage_has_its_sign_or_is_above_one(
    con: duckdb.DuckDBPyConnection, text: str | None, percent: float | None, readings: str | None
) -> None:
    assert read(con, "parse_percent($1)::double", text) == percent
    assert read(con, "percent_readings($1)", text) == readings


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("40603", "2011-03-01 (1900) / 2015-03-02 (1904)"),
        ("40603.75", "2011-03-01 (1900) / 2015-03-02 (1904)"),
        *((text, None) for text in ("2015", "20150302", "2015-03-02", "-3", "", None)),
    ],
)
def test_a_number_that_may_be_a_day_has_two_readings(
    con: duckdb.DuckDBPyConnection, text: str | None, readings: str | None
) -> None:
    assert read(con, "date_readings($1)", text) == readings


@given(
    st.integers(-(10**14), 10**14),
    st.decimals("0.0000000001", 1000, places=10),
    st.decimals("0.01", 1000, places=10),
    st.integers(-3, 3),
)
def test_a_converted_amount_lies_on_the_side_of_every_whole_unit_on_which_it_is(
    con: duckdb.DuckDBPyConnection, cents: int, rate: Decimal, target: Decimal, shift: int
) -> None:
    exact = Fraction(cents) * Fraction(rate) / Fraction(target)
    line = (round(exact / 100) + shift) * 100
    value = read(con, "converted($1, $2, $3)", cents, rate, target)

    if value is None:
        assert abs(exact) > 10**16 - 1
    else:
        assert isinstance(value, int)
        assert (value > line, value >= line) == (exact > line, exact >= line)
        assert abs(value - exact) <= 1


@pytest.mark.parametrize(("gap", "unit"), [(4_000.0, "yuan"), (2.5e9, "usd"), (0.5, "person"), (0.001, "percent")])
def test_a_gap_is_worded_in_tables_as_on_pages(con: duckdb.DuckDBPyConnection, gap: float, unit: str) -> None:
    (words,) = con.execute("select gap_zh($1, $2), gap_en($1, $2)", [gap, unit]).fetchall()

    assert words == (show_gap(gap, unit, "zh"), show_gap(gap, unit, "en"))
