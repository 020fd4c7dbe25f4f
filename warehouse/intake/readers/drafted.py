"""Sheets of text formats, put together cell by cell: of web pages, XML spreadsheets and OpenDocument files."""

import re
import unicodedata
from decimal import Decimal

import polars as pl

from tiers.amounts import read_unit
from warehouse.intake.readers import limits
from warehouse.intake.readers.cell_units import CellUnit
from warehouse.intake.readers.grid import Grid, Merge, Remark, require_few, require_fits, without_blanks
from warehouse.intake.readers.number_cells import finite, text_of
from warehouse.intake.readers.number_formats import Shown
from warehouse.intake.readers.package import too_long
from warehouse.intake.readers.workbook import HIDDEN_PART, HIDDEN_SHEET

_SHOWN = re.compile(r"(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_AROUND = re.compile(r"[\s()+\-¥$]")


class Draft:
    """A sheet of a file: texts by row and column from 1, merged cells, hidden parts."""

    def __init__(self, sheet: str, file_name: str, is_hidden: bool = False) -> None:
        self.sheet, self.is_hidden = sheet, is_hidden
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._name = file_name
        self._where = f"{file_name} [{sheet}]"
        self._rows: dict[int, dict[int, str]] = {}
        self._merged: list[tuple[int, int, int]] = []
        self._cells = self._width = 0

    def put(self, row: int, column: int, text: str, rows: int = 1) -> None:
        """Write a cell that covers so many rows; refuses what exceeds the limits."""
        if not text.strip():
            return
        if len(text) > limits.LONGEST_CELL:
            raise too_long(self._where)
        self._width = max(self._width, column)
        self._rows.setdefault(row, {})[column] = text
        self._cells += rows
        require_fits(len(self._rows), self._width, self._where)
        require_few(self._cells, self._name)
        if rows > 1:
            self._merged.append((column, row, row + rows - 1))

    def grid(self) -> Grid | None:
        """The sheet; None where it is empty, without rows where it is hidden."""
        if self.is_hidden:
            hidden = Remark(HIDDEN_SHEET, f"{self.sheet}: {len(self._rows)} 行 rows")
            return Grid(self.sheet, "", pl.DataFrame(), remarks=(hidden,))
        if not self._rows:
            return None
        merges = tuple(self._filled())
        numbers = sorted(self._rows)
        require_fits(len(numbers), self._width, self._where)
        cells = {
            f"c{column - 1}": pl.Series([self._rows[number].get(column) for number in numbers], dtype=pl.String)
            for column in range(1, self._width + 1)
        }
        rows = without_blanks(pl.DataFrame({"row_no": pl.Series(numbers, dtype=pl.Int64), **cells}))
        return None if rows.is_empty() else Grid(self.sheet, "", rows, merges, self._remarks())

    def _filled(self) -> list[Merge]:
        """Fill each row of merged cells with their text, to the last row of the sheet."""
        last_row, merges = max(self._rows), []
        for column, first, end in self._merged:
            last = min(end, last_row)
            for row in range(first + 1, last + 1):
                self._rows.setdefault(row, {}).setdefault(column, self._rows[first][column])
            if last > first:
                merges.append(Merge(f"c{column - 1}", first, last))
        return merges

    def _remarks(self) -> tuple[Remark, ...]:
        rows = sorted(self.hidden_rows & self._rows.keys())
        columns = sorted(column for column in self.hidden_columns if column <= self._width)
        remarks = [Remark(HIDDEN_PART, f"{len(rows)} 行 rows", rows[0])] if rows else []
        if columns:
            listed = "、".join(map(str, columns))
            remarks.append(Remark(HIDDEN_PART, f"{len(columns)} 列 columns: {listed}"))
        return tuple(remarks)


def plain_number(exact: str) -> str:
    """A number of a file without an exponent, to the digits that a spreadsheet keeps; other texts as they are."""
    number = finite(exact)
    if number is None:
        return exact
    return text_of(exact, Shown.AS_WRITTEN, counts_from_1904=False) or f"{number.normalize():f}"


def figure(exact: str, shown: str) -> str:
    """A stored number with the sign or unit that stands beside it where it is shown; ``shown`` where it is a day.

    ``0.354`` shown as 35% is 35.4%, ``500`` shown as 500万元 is 500（万元）.
    """
    text = unicodedata.normalize("NFKC", shown).strip()
    match = _SHOWN.search(text)
    if match is None or (number := finite(exact)) is None:
        return shown if text else plain_number(exact)
    beside = _AROUND.sub("", text.replace(match[0], "", 1))
    if not beside:
        return plain_number(exact)
    kind, unit = _shown_with(beside, number, match[0])
    return text_of(exact, kind, counts_from_1904=False, unit=unit) or shown if kind else shown


def _shown_with(beside: str, number: Decimal, digits: str) -> tuple[Shown | None, CellUnit | None]:
    """What the sign or unit beside the digits shown makes of a number; neither where the text is something else."""
    if beside == "%":
        return (Shown.SCALED_PERCENT if _is_near(number * 100, digits) else Shown.PERCENT), None
    if beside == "‰":
        return Shown.PER_MILLE, None
    if (read_unit(beside) or read_unit(f"{beside}元")) and _is_near(number, digits):
        return Shown.AS_WRITTEN, CellUnit(beside, 0)
    return None, None


def _is_near(number: Decimal, shown: str) -> bool:
    """Whether a number is shown so, to the decimals shown."""
    digits = Decimal(shown.replace(",", ""))
    step = Decimal(1).scaleb(int(digits.as_tuple().exponent))
    return abs(abs(number) - digits) <= step
