"""XLSX: every visible sheet that holds something, each cell as the text of its exact value."""

from pathlib import Path

import fastexcel
import polars as pl

from warehouse.errors import BadInput
from warehouse.readers.grid import Grid, without_blanks


def read_xlsx(path: Path, name: str) -> list[Grid]:
    """The sheets of a workbook; raises ``BadInput`` where it cannot be opened.

    Formulas give the value Excel stored; a cell with an error such as #DIV/0! is empty.
    """
    try:
        book = fastexcel.read_excel(path)
        return [grid for sheet in book.sheet_names if (grid := _grid(book, sheet))]
    except fastexcel.FastExcelError as error:
        raise BadInput(
            f"{name}: 工作簿不完整或已损坏，请重新导出（{_first_line(error)}）",
            f"{name}: the workbook is cut off or damaged, please export it again",
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _grid(book: fastexcel.ExcelReader, name: str) -> Grid | None:
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if sheet.visible != "visible" or sheet.width == 0:
        return None
    cells = sheet.to_polars()
    cells = cells.rename(dict(zip(cells.columns, (f"c{i}" for i in range(cells.width)), strict=True)))
    rows = without_blanks(cells.with_row_index("row_no", offset=1).cast({"row_no": pl.Int64}))
    if rows.is_empty():
        return None
    return Grid(name, "", rows)
