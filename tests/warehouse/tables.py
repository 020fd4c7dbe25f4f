"""Workbooks written row by row and read as tables of a feed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from warehouse.intake.feed import Feed, load_feeds
from warehouse.intake.readers.table import Table, read_tables

Rows = Sequence[Sequence[Any]]


def write_book(path: Path, **sheets: Rows) -> Path:
    """A workbook of these sheets; None leaves a cell out."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(at, column, value)
    return path


def read(path: Path, feed: Feed) -> list[Table]:
    """The tables of a file."""
    return read_tables(path, path.name, feed)


def names(tables: Sequence[Table]) -> list[str]:
    """The names in all tables."""
    return [name for table in tables for name in table.rows["name"].to_list()]


def set_aside(tables: Sequence[Table]) -> list[tuple[int, str]]:
    """Row number and rule of the rows that are not loaded."""
    return [pair for table in tables for pair in table.non_data.select("row_no", "rule_id").rows()]


def remarks(tables: Sequence[Table]) -> list[tuple[str, str]]:
    """Rule and value of the findings about sheets."""
    return [(remark.rule_id, remark.value) for table in tables for remark in table.remarks]


def page(tmp_path: Path, content: str, encoding: str = "utf-8") -> list[Table]:
    """The tables of a text under the name of an old workbook of the register."""
    (path := tmp_path / "登记信息_20260601.xls").write_bytes(content.encode(encoding))
    return read(path, load_feeds()["registry__firms"])


def registry_rows(tables: Sequence[Table]) -> list[tuple[Any, ...]]:
    """Row number, code, name, founding day and status of the firms in all tables."""
    names = ("row_no", "uscc", "name", "founded_on", "status")
    return [row for table in tables for row in table.rows.select(names).rows()]
