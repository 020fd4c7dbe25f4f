"""Workbooks for others: codes as text, no cell that is a formula, the same bytes for the same content and moment."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["text", "long", "code", "count", "number", "money", "percent", "day"]
"""What a column holds: ``long`` is text of several lines, ``money`` fen in the row and 万元 in the file."""
_FORMATS: Mapping[str, str] = {
    "text": "@",
    "long": "@",
    "code": "@",
    "count": "#,##0",
    "number": "#,##0.00",
    "money": "#,##0.00",
    "percent": "0.0",
    "day": "yyyy-mm-dd",
}
_WIDTHS: Mapping[str, int] = {
    "text": 18, "long": 46, "code": 21, "count": 10, "number": 12, "money": 14, "percent": 10, "day": 12,
}  # fmt: skip
LONGEST = 32_000
"""Signs of a cell; Excel takes 32,767 and drops the whole text of a longer one."""
CUT = "……（其余见 CSV）… (the rest is in the CSV)"
_MILLION = Decimal(1_000_000)
_HEAD = {"bold": True, "bg_color": "#EEF3F7", "border": 1, "text_wrap": True, "valign": "top"}


@dataclass(frozen=True)
class Column:
    """A column of a table: the name in its rows, the heading in the file, and what it holds."""

    name: str
    heading: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Sheet:
    """A sheet: lines of label and words first, then a table, whose headings stay in view."""

    title: str
    columns: Sequence[Column] = ()
    rows: Iterable[Mapping[str, Any]] = ()
    lines: Sequence[Sequence[Any]] = ()


def cell(kind: Kind, value: Any) -> Any:
    """A value as a file has it: fen as 万元, a list joined, a moment as its day; None stays None."""
    if value is None:
        return None
    if kind == "money":
        return float(Decimal(int(value)) / _MILLION)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    if isinstance(value, Decimal):
        return float(value)
    return value


def workbook_bytes(sheets: Iterable[Sheet], created: datetime, title: str) -> bytes:
    """The workbook; ``created`` is a moment of the release and never the clock's, so that bytes repeat."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        moment = created.astimezone(UTC).replace(tzinfo=None, microsecond=0) if created.tzinfo else created
        book.set_properties({"title": title, "author": "Tidu", "created": moment})
        formats = {kind: book.add_format({"num_format": code, "valign": "top", "text_wrap": kind == "long"})
                   for kind, code in _FORMATS.items()}  # fmt: skip
        head, strong = book.add_format(_HEAD), book.add_format({"bold": True, "valign": "top"})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.title), sheet, formats, head, strong)
    return out.getvalue()


def _write(page: Any, sheet: Sheet, formats: Mapping[str, Any], head: Any, strong: Any) -> None:
    for row, line in enumerate(sheet.lines):
        for place, value in enumerate(line):
            _put(page, row, place, value, formats["text"] if place else strong)
    first = len(sheet.lines) + bool(sheet.lines)
    if not sheet.columns:
        page.set_column(0, 0, _WIDTHS["text"])
        page.set_column(1, 1, _WIDTHS["long"])
        return
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, _WIDTHS[column.kind])
        page.write_string(first, number, column.heading, head)
    last = first
    for last, values in enumerate(sheet.rows, first + 1):
        for number, column in enumerate(sheet.columns):
            _put(page, last, number, cell(column.kind, values[column.name]), formats[column.kind])
    page.autofilter(first, 0, last, len(sheet.columns) - 1)
    page.freeze_panes(first + 1, 0)
    page.repeat_rows(first)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _put(page: Any, row: int, column: int, value: Any, form: Any) -> None:
    """Write a value by its type, never by what its text looks like."""
    if value is None:
        page.write_blank(row, column, None, form)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, form)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, form)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, form)
    else:
        text = str(value)
        page.write_string(row, column, text if len(text) <= LONGEST else text[:LONGEST] + CUT, form)
