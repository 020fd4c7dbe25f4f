"""The XLSX template of a feed: headings with units, cell formats and data validation; filled in, it loads."""

from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from warehouse.definition import read_yaml
from warehouse.errors import BadInput
from warehouse.intake.feed import Column, Feed
from warehouse.intake.readers.grid import NOTES_SHEET
from warehouse.spreadsheets.spreadsheet import neutral

ROWS = 5_000
"""Rows below the headings that have data validation."""

_TYPES = {
    "text": ("文字", "text"),
    "code": ("代码，按文本填写，保留前导零", "code, as text, with its leading zeros"),
    "money": ("金额", "money"),
    "amount": ("金额，带单位与币种，如 500万元", "amount with its unit and currency, as 500万元"),
    "number": ("数字", "number"),
    "rate": ("正数", "number above nothing"),
    "count": ("非负整数", "whole number, not negative"),
    "date": ("日期，如 2026-06-30", "day, as 2026-06-30"),
    "year": ("年份，如 2025", "year, as 2025"),
    "month": ("月份，如 202603", "month, as 202603"),
    "bool": ("是 或 否", "是 (yes) or 否 (no)"),
}
_FORMATS = {
    "text": "@",
    "code": "@",
    "amount": "@",
    "month": "@",
    "date": "yyyy-mm-dd",
    "money": "#,##0.00",
    "number": "General",
    "rate": "General",
}
_FIRST_DAY, _LAST_DAY = (
    date.fromisoformat(str(read_yaml(Path(__file__).with_suffix(".yml"))[0][name]))
    for name in ("first_day", "last_day")
)
_FIGURE = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
_ACCEPTED: dict[str, dict[str, Any]] = {
    "date": {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY},
    "year": {"validate": "integer", "criteria": "between", "minimum": _FIRST_DAY.year, "maximum": _LAST_DAY.year},
    "count": {"validate": "integer", "criteria": ">=", "value": 0},
    "rate": {"validate": "decimal", "criteria": ">", "value": 0},
    "money": _FIGURE,
    "number": _FIGURE,
}


def write_template(feed: Feed, path: Path, money_unit: str) -> None:
    """Write the workbook; ``money_unit`` is used where files of the feed state their unit."""
    if "xlsx" not in feed.formats:
        raise BadInput(
            f"{feed.name}: 此来源只收 {'、'.join(feed.formats)}，没有 XLSX 模板",
            f"{feed.name}: this feed takes {', '.join(feed.formats)} only, there is no XLSX template",
        )
    unit = money_unit if feed.money_unit == "stated" else feed.money_unit
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(feed.states.get("form", "数据 data") if feed.sheets else "数据 data")
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "text_wrap": True})
        rows = 3 if feed.header.map_by == "code" else 1
        for at, (name, column) in enumerate(feed.columns.items()):
            for row, text in enumerate(_headings(column, unit)[:rows]):
                sheet.write_string(row, at, neutral(text), head)
            number_format = _FORMATS.get(column.type, "0")
            sheet.set_column(
                at, at, max(12, 2 * len(column.headings[0]) + 4), book.add_format({"num_format": number_format})
            )
            sheet.data_validation(rows, at, rows + ROWS - 1, at, _validation(name, column))
        sheet.freeze_panes(rows, min(2, len(feed.columns)))
        _notes(book, feed, unit)


def _headings(column: Column, unit: str | None) -> list[str]:
    """The heading; for forms mapped by code also the code and the unit below it."""
    stated = column.unit or (unit if column.type == "money" else None) or ""
    if column.code:
        return [column.headings[0], column.code, stated]
    heading = column.headings[0]
    return [f"{heading}（{stated}）" if column.type == "money" else heading, "", ""]


def _validation(name: str, column: Column) -> dict[str, Any]:
    """The data validation of a column, as options of ``xlsxwriter``."""
    zh, en = _TYPES[column.type]
    must = "必填 required" if column.required else "可空 may be empty"
    message: dict[str, Any] = {
        "input_title": column.headings[0][:30],
        "input_message": f"{zh} {en} · {must}"[:255],
        "error_title": "不能这样填 Not like this",
        "error_message": f"{zh}\n{en}"[:255],
        "ignore_blank": True,
    }
    if column.choices or column.type == "bool":
        return message | {"validate": "list", "source": column.choices or ["是", "否"]}
    if name == "uscc":
        return message | {"validate": "length", "criteria": "between", "minimum": 9, "maximum": 18}
    return message | _ACCEPTED.get(column.type, {"validate": "any"})


def _notes(book: xlsxwriter.Workbook, feed: Feed, unit: str | None) -> None:
    """Bilingual instructions, one line per column, on a sheet that the table reader skips."""
    sheet = book.add_worksheet(NOTES_SHEET)
    sheet.set_column(0, 0, 110)
    example = next((f"{feed.title.zh}{statement.example}" for statement in feed.stated if statement.example), "")
    lines = [
        f"{feed.title.zh} {feed.title.en} · {feed.name} · use: {feed.use}",
        f"文件命名 File name: {'  '.join(feed.files)}{'  如 for example ' + example if example else ''}",
        f"金额单位 Money in: {unit}" if unit else "",
        "不要增删列，不要合并单元格；不知道的留空，不要填 0。",
        "Add or remove no column, merge no cells; leave unknown what is unknown, do not write 0.",
        "",
    ]
    for name, column in feed.columns.items():
        zh, en = _TYPES[column.type]
        must = "必填 required" if column.required else "可空 may be empty"
        lines.append(f"{column.headings[0]} — {name} — {zh} {en} — {column.unit or ''} — {must}")
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, neutral(line))
