"""Templates: a filled template loads without remarks, for every feed that accepts XLSX."""

from pathlib import Path

import openpyxl
import pytest

from warehouse.errors import BadInput
from warehouse.intake.feed import Column, Feed, load_feeds
from warehouse.intake.readers.table import read_tables
from warehouse.intake.template import write_template

pytestmark = pytest.mark.rule("true-documents")

KNOWN = load_feeds()
FILLED = [feed for feed in KNOWN.values() if "xlsx" in feed.formats]
VALUES = {
    "text": "=甲",
    "code": "000123",
    "money": -1234.5,
    "amount": "500万元",
    "number": 0.5,
    "rate": 7.1957,
    "count": 7,
    "date": "2026-06-30",
    "year": 2025,
    "bool": "是",
    "month": "202603",
}


def value(column: Column) -> object:
    return column.choices[0] if column.choices else VALUES[column.type]


def named(feed: Feed) -> str:
    example = next((f"{feed.title.zh}{item.example}" for item in feed.stated if item.example), "")
    if example:
        return str(Path(example).with_suffix(".xlsx"))
    pattern = next(pattern for pattern in feed.files if pattern.endswith("xlsx"))
    return pattern.replace("*", "20260630")


@pytest.mark.parametrize("feed", FILLED, ids=lambda feed: feed.name)
def test_a_filled_template_loads(feed: Feed, tmp_path: Path) -> None:
    path = tmp_path / named(feed)
    write_template(feed, path, "万元")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    first = 4 if feed.header.map_by == "code" else 2
    for at, column in enumerate(feed.columns.values(), 1):
        sheet.cell(first, at, value(column))
        if isinstance(value(column), str):
            sheet.cell(first, at).data_type = "s"
    book.save(path)

    tables = read_tables(path, path.name, feed)

    (table,) = [table for table in tables if table.headings]
    assert table.headings.keys() == feed.columns.keys()
    assert [remark for table in tables for remark in table.remarks] == []
    assert table.non_data.is_empty()
    signs = set(feed.missing)
    expected = {
        name: str(value(column)) if str(value(column)) not in signs else None for name, column in feed.columns.items()
    }
    assert table.rows.drop("row_no").to_dicts() == [expected]
    assert table.money_unit in (None, "万元" if feed.money_unit == "stated" else feed.money_unit)


def test_cells_have_data_validation_and_codes_are_text(tmp_path: Path) -> None:
    write_template(KNOWN["ip__rights"], path := tmp_path / "a.xlsx", "元")
    sheet = openpyxl.load_workbook(path).worksheets[0]

    kinds = {guard.type for guard in sheet.data_validations.dataValidation}
    assert {"list", "date"} <= kinds
    assert sheet.freeze_panes == "C2"
    assert sheet.column_dimensions["A"].width >= 12


def test_a_feed_without_xlsx_has_no_template(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="csv"):
        write_template(KNOWN["vendor__registrations"], tmp_path / "a.xlsx", "元")
