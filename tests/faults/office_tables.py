"""Files of an inbox as cells that a person could change, and back into files."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random

import openpyxl
import xlsxwriter
from office_formats import FORMATS
from openpyxl.worksheet.worksheet import Worksheet

from warehouse.intake.feed import Feed
from warehouse.intake.readers.delimited import _delimiter

Cell = str | int | float | datetime | None
Row = list[Cell]
NOT_TYPED = "ignored"


@dataclass(frozen=True)
class Sheet:
    """``names`` and ``kinds``: column and type of each grid column in the feed; ignored columns have neither."""

    above: list[Row]
    head: list[Row]
    body: list[Row]
    below: list[Row]
    names: list[str]
    kinds: list[str]

    def positions(self, *kinds: str) -> list[int]:
        """The grid columns of these types."""
        return [at for at, kind in enumerate(self.kinds) if kind in kinds]

    def changed(self, positions: list[int], write: Callable[[Cell], Cell]) -> "Sheet":
        """The sheet with ``write`` applied to the filled cells of these columns."""
        columns = set(positions)
        body = [
            [write(cell) if at in columns and cell not in (None, "") else cell for at, cell in enumerate(row)]
            for row in self.body
        ]
        return replace(self, body=body)

    @property
    def rows(self) -> list[Row]:
        """All rows from top to bottom."""
        return [*self.above, *self.head, *self.body, *self.below]


@dataclass(frozen=True)
class OfficeFile:
    """The sheets of a file and how it is stored; a CSV file has one sheet."""

    name: str
    sheets: list[Sheet]
    ending: str
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    extra_sheets: dict[str, list[Row]] = field(default_factory=dict)

    def each(self, change: Callable[[Sheet], Sheet]) -> "OfficeFile":
        """The file with every sheet changed."""
        return replace(self, sheets=[change(sheet) for sheet in self.sheets])

    @property
    def data_rows(self) -> int:
        """How many rows of the file are data."""
        return sum(len(sheet.body) for sheet in self.sheets)


Damage = Callable[[OfficeFile, Random], OfficeFile]


def office_file(path: Path, feed: Feed) -> OfficeFile:
    """A file of the inbox; its header is the row with the most headings of the feed."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        grids = [_filled(sheet) for sheet in book.worksheets]
        return OfficeFile(path.name, [_sheet(rows, feed) for rows in grids], "xlsx")
    text, encoding = _decoded(path)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    return OfficeFile(path.name, [_sheet([[cell or None for cell in row] for row in rows], feed)], "csv", encoding)


def _filled(sheet: Worksheet) -> list[Row]:
    """The cells of a sheet; a vertically merged cell fills its rows, as the reader does."""
    rows: list[Row] = [list(row) for row in sheet.iter_rows(values_only=True)]
    for merge in sheet.merged_cells.ranges:
        for at in range(merge.min_row, merge.max_row):
            rows[at][merge.min_col - 1] = rows[merge.min_row - 1][merge.min_col - 1]
    return rows


def _decoded(path: Path) -> tuple[str, str]:
    try:
        return path.read_text("utf-8-sig"), "utf-8-sig"
    except UnicodeDecodeError:
        return path.read_text("gb18030"), "gb18030"


def _sheet(rows: list[Row], feed: Feed) -> Sheet:
    width = max(map(len, rows))
    rows = [row + [None] * (width - len(row)) for row in rows]
    hits = [sum(feed.column_key(str(cell)) in feed.by_heading for cell in row if cell) for row in rows[:10]]
    at = hits.index(max(hits))
    names = [feed.by_heading.get(feed.column_key(str(cell or ""))) or NOT_TYPED for cell in rows[at]]
    kinds = [feed.columns[name].type if name in feed.columns else NOT_TYPED for name in names]
    by_code = feed.header.map_by == "code"
    first, last = (at - 1, at + 2) if by_code else (at, at + 1)
    ends = last + sum(1 for row in rows[last:] if sum(cell not in (None, "") for cell in row) > 1)
    return Sheet(rows[:first], rows[first:last], rows[last:ends], rows[ends:], names, list(kinds))


def store(file: OfficeFile, folder: Path) -> Path:
    """Write the file; a CSV takes the text of each cell."""
    path = folder / f"{Path(file.name).stem}.{file.ending}"
    if file.ending.lower() == "csv":
        text = io.StringIO(newline="")
        rows = [[_text(cell) for cell in row] for sheet in file.sheets for row in sheet.rows]
        csv.writer(text, delimiter=file.delimiter).writerows(rows)
        path.write_bytes(text.getvalue().encode(file.encoding))
        return path
    sheets = {f"Sheet{number}": sheet.rows for number, sheet in enumerate(file.sheets, 1)}
    if write := FORMATS.get(file.encoding):
        path.write_bytes(write({**sheets, **file.extra_sheets}))
        return path
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in {**sheets, **file.extra_sheets}.items():
            sheet = book.add_worksheet(name)
            for at, column, cell in _cells(rows):
                if isinstance(cell, datetime):
                    sheet.write_datetime(at, column, cell, day)
                else:
                    sheet.write(at, column, cell)
    return path


def _cells(rows: list[Row]) -> Iterator[tuple[int, int, Cell]]:
    return ((at, column, cell) for at, row in enumerate(rows) for column, cell in enumerate(row) if cell is not None)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else str(cell)
