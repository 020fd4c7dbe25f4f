"""Months, years and days in the notations that people use are read as the same value, or wait."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from warehouse.database.macros.functions import create_macros
from warehouse.intake.feed import load_feeds

pytestmark = pytest.mark.rule("read-as-written")

HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
IN_HAN = ["", *"一二三四五六七八九", "十", "十一", "十二", *(f"十{digit}" for digit in "三四五六七八九"), "二十"]
IN_HAN += [*(f"二十{digit}" for digit in "一二三四五六七八九"), "三十", "三十一"]
FULL = str.maketrans({chr(at): chr(at + 0xFEE0) for at in range(0x21, 0x7F)})


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_macros(connection)
        yield connection


def read(con: duckdb.DuckDBPyConnection, call: str, *values: str | None) -> object:
    row = con.execute(f"select {call}", list(values)).fetchone()
    assert row is not None
    return row[0]


def read_all(con: duckdb.DuckDBPyConnection, macro: str, texts: list[str]) -> dict[str, object]:
    rows = con.execute(f"select text, {macro}(text) from (select unnest($1::varchar[]) as text)", [texts])
    return dict(rows.fetchall())


@examples(20)
@given(st.integers(1950, 2098), st.integers(1, 12))
def test_a_month_is_the_same_in_every_notation(con: duckdb.DuckDBPyConnection, year: int, month: int) -> None:
    name = f"{date(2000, month, 1):%b}"
    writings = [
        f"{year}{month:02}", f"{year}-{month:02}", f"{year}年{month}月", f"{year}/{month}", f"{year}.{month:02}",
        f"{year}年{month:02}月份", f"{year} 年 {month} 月", f"{year}/{month:02}/01", f"{year}-{month:02}-28 00:00:00",
        f"{year}{month:02}.0", f"{month:02}/{year}", f"{name} {year}", f"'{year}{month:02}", f"{year}M{month:02}",
        f"{year}年{IN_HAN[month]}月", f"{year}—{month:02}", f"{year}-{name}",
        f"{year}年{month}月".translate(FULL), f"{str(year).translate(HAN)}年{IN_HAN[month]}月", f"\u00a0{year}-{month}",
    ]  # fmt: skip
    assert read_all(con, "parse_month", writings) == dict.fromkeys(writings, f"{year}{month:02}")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Mar-26", "202603"),
        ("46082", None),  # by which system a workbook counts its days, a number alone does not say
        ("20263", None),  # a digit too few; as a serial day it would be in 1955
        ("2026.1", None),  # January, or October without its zero
        ("2026.10", "202610"),
        ("26-Mar", None),
        ("2026-13", None),
        ("2026", None),
        ("3月", None),
        ("1-3月", None),
        ("上月", None),
    ],
)
def test_months_that_are_unclear_wait(con: duckdb.DuckDBPyConnection, text: str, month: str | None) -> None:
    assert read(con, "parse_month($1)", text) == month


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026年1-3月", "202603"),
        ("2026年1—6月累计", "202606"),
        ("2026Q1", "202603"),
        ("2026年一季度", "202603"),
        ("2026年上半年", "202606"),
        ("202601-202603", "202603"),
        ("2026年1月-2026年3月", "202603"),
        ("2025年1月-2026年3月", None),
        ("202602-202603", None),
        ("2026年二季度", None),  # that quarter alone, or the half year
        ("2026年2-3月", None),
        ("2026年1-13月", None),
    ],
)
def test_spans_from_january(con: duckdb.DuckDBPyConnection, text: str, month: str | None) -> None:
    assert read(con, "month_from_january($1)", text) == month


def test_a_span_of_one_month_is_that_month(con: duckdb.DuckDBPyConnection) -> None:
    spans = ["202603-202603", "2026-03至2026-03", "2026年3月—2026年3月", "202603-202604", "2026-03"]
    assert [read(con, "month_of_span($1)", span) for span in spans] == ["202603", "202603", "202603", None, None]


def test_a_month_without_year_lies_in_the_year_of_the_file(con: duckdb.DuckDBPyConnection) -> None:
    months = ["3月", "06月份", "7月", "13月", "3"]
    assert [read(con, "month_in_year_of($1, '202606')", text) for text in months] == [
        "202603",
        "202606",
        None,
        None,
        None,
    ]
    assert read(con, "month_in_year_of('3月', $1)", "2026-06-15") == "202603"
    assert read(con, "month_in_year_of('3月', $1)", None) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        *(
            (text, 2025)
            for text in ("2025年度", "FY2025", "2025FY", "2025 年", "２０２５", "二〇二五年", "二零二五年度")
        ),
        *((text, 2025) for text in ("2025.0", "2025-12-31", "2025-12-31 00:00:00", "'2025", "\u00a02025")),
        *((text, 2025) for text in ("2025/12/31", "2025年12月31日", "2025财年")),
        *((text, None) for text in ("25", "25年", "二零25", "2025-03-01", "2024-2025", "1905-07-17", "20255")),
    ],
)
def test_years(con: duckdb.DuckDBPyConnection, text: str, year: int | None) -> None:
    assert read(con, "parse_year($1)", text) == year


@examples(20)
@given(st.dates(date(1850, 1, 1), date(2098, 12, 31)))
def test_a_day_is_the_same_in_every_notation(con: duckdb.DuckDBPyConnection, day: date) -> None:
    year, month, number = day.year, day.month, day.day
    writings = [
        f"{day}", f"{year}年{month:02}月{number:02}号", f"{year}. {month}. {number}", f"{year}、{month}、{number}",
        f"{year} {month:02} {number:02}", f"{day} 星期三", f"{year}/{month}/{number} 上午 12:00:00",
        f"{day}T00:00:00", f"{day}T00:00:00Z", f"{day}T00:00:00.000+08:00", f"{day} 00:00:00.000",
        f"{day:%Y%m%d}.0", f"{day:%Y%m%d}000000", f"{day}".translate(FULL), f"'{day}", f"{day:%d-%b-%Y}",
        f"{str(year).translate(HAN)}年{IN_HAN[month]}月{IN_HAN[number]}日",
        f"{year}年{IN_HAN[month]}月{IN_HAN[number]}日",
        f"{year}—{month:02}—{number:02}", f"{year}–{month}–{number}", f"{year}\\{month}\\{number}", f"{day}.",
        f"“{day}”", f"{day}（周三）", f"{year}年{month}月{number}日 10时30分", f"{day:%Y-%b-%d}", f"{day:%Y%m%d}0930",
        f"{day}T00:00:00+08",
    ]  # fmt: skip
    assert read_all(con, "parse_date", writings) == dict.fromkeys(writings, day)


@pytest.mark.parametrize(
    "text",
    [
        "03/02/2015",
        "2-Mar-15",
        "15.3.2",
        "2015-03",
        "2015年",
        "2015-02-30",
        "1425225600",
        "2015-03-02至2035-03-01",
        "201503022530",
    ],
)
def test_days_that_are_unclear_wait(con: duckdb.DuckDBPyConnection, text: str) -> None:
    assert read(con, "parse_date($1)", text) is None


def test_an_instant_is_of_its_day_in_china(con: duckdb.DuckDBPyConnection) -> None:
    instants = [
        "2026-03-01T15:59:59Z",
        "2026-03-01T16:00:00Z",
        "2026-03-01T00:00:00+08:00",
        "2026-02-28T20:30:00-05:00",
    ]
    assert [read(con, "parse_date($1)", text) for text in instants] == [
        date(2026, 3, 1),
        date(2026, 3, 2),
        date(2026, 3, 1),
        date(2026, 3, 1),
    ]


def test_every_feed_reads_its_months_by_its_own_declaration() -> None:
    months = {
        (feed.name, column.year_from)
        for feed in load_feeds().values()
        for column in feed.columns.values()
        if column.type == "month"
    }
    assert all(year_from in load_feeds()[name].stated_names for name, year_from in months if year_from)
    assert {name for name, _ in months} == {"torch__flash", "torch__quarterly", "insurance__heads", "tax__vat_sales"}
