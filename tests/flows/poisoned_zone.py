"""A file of every feed whose rows are sound but for one cell each, which holds what no type was made for."""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path

import xlsxwriter
from tiny_zone import code

from warehouse.intake.feed import Column, Feed, load_feeds

FIGURES = (
    "-0",
    "-1",
    "NaN",
    "inf",
    "-Infinity",
    "1e400",
    "1E+40",
    "9" * 40,
    "9" * 4000,
    "-" + "9" * 37,
    "0." + "0" * 60 + "1",
    "2147483648",
    "999999999",
    "9999999999999",
    "999999999999999999",
    "9223372036854775807",
    "9223372036854775808",
    "170141183460469231731687303715884105727",
    "1" + "0" * 40,
    "٣",
    "1,2,3",
)
TIMES = (
    "3月",
    "13月",
    "2026年13月",
    "202613",
    "20261399",
    "99999",
    "0000",
    "-2026",
    "\uff12\uff10\uff12\uff16",
    "2099",
    "9999-12-31",
    "0001-01-01",
    "1000-01-01",
    "10000-01-01",
    "99999-01-01",
    "5881580-07-10",
    "2024-02-30",
    "69999",
    "20000",
    "infinity",
    "2026-03-31T99:99:99",
)
TEXTS = (
    "'; drop table deliveries; --",
    '"',
    "\\",
    "%s {0} {previous_day} $1",
    "{",
    "[/red] [bold",
    "=1+1",
    "\u202e\u200b\ufeff",
    "ﷺ" * 50,
    "e" + "\u0301" * 3000,
    "👩‍👩‍👧",
    "x" * 90_000,
    "(" * 500,
    "\U0010ffff\ue000",
    "\x01\x1b[31m",
    "是;、，|" * 40,
)
SUMS = (
    "9" * 18 + "亿元",
    "9" * 40 + "万亿美元",
    "99999999万亿元",
    "1-" + "9" * 30 + "亿元",
    "壹仟玖佰" * 40 + "亿元",
    "超" + "9" * 17 + "亿欧元",
    "仟佰拾",
    "-5亿元",
)
"""What was tried in cells; each kind of column gets all that could be taken for its type."""

SOUND = {
    "money": "100",
    "number": "5",
    "rate": "7.1",
    "count": "5",
    "date": "2025-03-31",
    "year": "2025",
    "bool": "是",
    "month": "202503",
    "period": "202503",
    "quarter_end": "2025-12-31",
    "ended_year": "2025",
    "currency": "GBP",
    "status": "存续",
    "data_state": "ok",
    "industry_code": "6510",
    "division_code": "330108",
    "amount": "1亿元",
    "post_money": "10亿元",
    "valuation": "10亿元",
    "reg_capital": "500万元人民币",
    "revenue_eur": "5万欧元",
    "stock_code": "600000",
}
"""What a sound cell holds, by the name of its column, else by its type."""

_NAMES = {
    "incubator__tenancies": "在孵企业_某孵化器_20260601",
    "torch__flash": "规上企业快报_202503",
    "torch__quarterly": "规上企业季报_202503",
}


def of(name: str, column: Column) -> tuple[str, ...]:
    """What a column is poisoned with."""
    if column.type in ("date", "year"):
        return (*TIMES, *FIGURES[:12])
    if column.type in ("text", "code"):
        more = SUMS if name in ("amount", "post_money", "valuation", "reg_capital", "revenue_eur") else ()
        return (*TEXTS, *TIMES[:8], *FIGURES[6:], *more)
    return (*FIGURES, *TIMES[:4], TEXTS[11])


def write_files(inbox: Path, share: int = 1) -> dict[str, int]:
    """Write a file of every feed into its folder, every ``share``-th poisoned cell; rows written by feed."""
    numbers = count(5000)
    written = {}
    for feed in load_feeds().values():
        rows = [_sound(feed, next(numbers)), *_poisoned(feed, numbers, share)]
        (folder := inbox / feed.name).mkdir()
        table = [*_head(feed), *([row[name] for name in feed.columns] for row in rows)]
        _write(folder / _file_name(feed), table)
        written[feed.name] = len(rows)
    return written


def _poisoned(feed: Feed, numbers: Iterator[int], share: int) -> Iterator[dict[str, str]]:
    cells = ((name, poison) for name, column in feed.columns.items() for poison in of(name, column))
    for at, (name, poison) in enumerate(cells):
        if at % share == 0:
            yield {**_sound(feed, next(numbers)), name: poison}


def _sound(feed: Feed, number: int) -> dict[str, str]:
    own = {"uscc": code(number), "name": f"杭州毒{number}科技有限公司", "list_no": "1"}
    values = {**{name: SOUND.get(column.type) or f"甲{number}" for name, column in _needed(feed)}, **SOUND, **own}
    return {name: values.get(name, "") for name in feed.columns}


def _needed(feed: Feed) -> Iterator[tuple[str, Column]]:
    return ((name, column) for name, column in feed.columns.items() if column.required or name in feed.key)


def _head(feed: Feed) -> Iterator[Sequence[str]]:
    columns = feed.columns.values()
    if feed.header.map_by == "heading":
        yield from [["单位：万元"]] if feed.money_unit == "stated" else []
        yield [column.headings[0] for column in columns]
        return
    unit = "千元" if feed.money_unit == "stated" else feed.money_unit
    yield [column.headings[0] for column in columns]
    yield [column.code or "" for column in columns]
    yield [column.unit or (unit if column.type == "money" else None) or "" for column in columns]


def _file_name(feed: Feed) -> str:
    if "designation" in feed.states:
        name = f"{feed.name}_year-2024_2024-03-08_认定"
    else:
        form = any("form_year" in value.pattern for value in feed.stated)
        name = _NAMES.get(feed.name) or f"{feed.name}_{2025 if form else 20260601}"
    return f"{name}.{'csv' if 'csv' in feed.formats else 'xlsx'}"


def _write(path: Path, table: Sequence[Sequence[str]]) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(table)
        return
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(table):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text[:32_000])


ALL = tuple(chain(FIGURES, TIMES, TEXTS, SUMS))
