"""XLSX reader: every visible, non-empty sheet, each cell as the text of its exact value.

Hidden sheets are skipped, hidden rows and columns are read; both give a remark. A vertically merged cell fills each of
its rows.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from zipfile import ZipInfo

import fastexcel
import polars as pl

from warehouse.intake.readers import limits
from warehouse.intake.readers.cell_faults import with_faults
from warehouse.intake.readers.grid import Grid, Merge, Remark, require_few, require_fits, without_blanks
from warehouse.intake.readers.number_cells import replaced, texts_of
from warehouse.intake.readers.package import (
    NumberFormats,
    damaged,
    document_type,
    number_formats,
    sheet_parts,
    too_long,
    unpacked,
)
from warehouse.intake.readers.sheet_outline import Outline, outline
from warehouse.intake.readers.xml_tags import DocumentType

HIDDEN_SHEET, HIDDEN_PART = "F05", "F06"


def read_xlsx(path: Path, name: str) -> list[Grid]:
    """The sheets of a workbook; raises ``BadInput`` where it cannot be opened.

    Formulas have their stored value; a cell without one has its error, such as #DIV/0!, or its formula as text. A
    number is a day, a percentage or an amount with its unit where its format shows it so.
    """
    parts = sheet_parts(path, name)
    formats = number_formats(path, name)
    outlines = _outlines(path, name, parts, formats)
    try:
        book = fastexcel.read_excel(path)
        if not set(book.sheet_names) <= outlines.keys():
            raise damaged(name)
        grids = [_grid(book, sheet, outlines[sheet], formats, name) for sheet in book.sheet_names]
    except fastexcel.FastExcelError as error:
        raise damaged(name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a Rust panic, which has no public class
            raise
        raise damaged(name) from error
    return [grid for grid in grids if grid]


def _outlines(path: Path, name: str, parts: dict[str, ZipInfo], formats: NumberFormats) -> dict[str, Outline]:
    """The outline of each sheet; refuses sheets that together exceed the limits."""
    outlines: dict[str, Outline] = {}
    cells = 0
    for sheet, part in parts.items():
        where = f"{name} [{sheet}]"
        try:
            outlines[sheet] = outline(partial(unpacked, path, part, name), where, frozenset(formats.by_style))
        except DocumentType as error:
            raise document_type(name, part.filename) from error
        except ValueError as error:
            raise damaged(name) from error
        require_fits(outlines[sheet].rows, outlines[sheet].columns, where)
        cells += outlines[sheet].rows * outlines[sheet].columns
        require_few(cells, name)
    return outlines


def _grid(
    book: fastexcel.ExcelReader, name: str, sheet_outline: Outline, formats: NumberFormats, file_name: str
) -> Grid | None:
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    if sheet.visible != "visible":
        return Grid(name, "", pl.DataFrame(), remarks=(Remark(HIDDEN_SHEET, f"{name}: {sheet.height} 行 rows"),))
    if sheet.width == 0:
        return None
    require_fits(sheet.height, sheet.width, f"{file_name} [{name}]")
    cells = sheet.to_polars()
    _require_short(cells, f"{file_name} [{name}]")
    at = {column.absolute_index + 1: f"c{column.index}" for column in sheet.available_columns()}
    cells = cells.rename(dict(zip(cells.columns, at.values(), strict=True)))
    cells = cells.with_row_index("row_no", offset=1).cast({"row_no": pl.Int64})
    texts = texts_of(sheet_outline.numbers.frame(), formats.by_style, formats.counts_from_1904)
    cells = cells.with_columns(*replaced(texts, at))
    cells = with_faults(cells, sheet_outline.faults, at)
    merges = tuple(_merges(sheet_outline, at))
    require_fits(sum(merge.last - merge.first for merge in merges), 1, f"{file_name} [{name}]")
    rows = without_blanks(_filled(cells, merges))
    return None if rows.is_empty() else Grid(name, "", rows, merges, tuple(_remarks(sheet_outline, at)))


def _require_short(cells: pl.DataFrame, where: str) -> None:
    """Refuse too long cells; the archive cannot be checked for all of them before reading."""
    if _longest(cells, pl.all().str.len_bytes()) > limits.LONGEST_CELL < _longest(cells, pl.all().str.len_chars()):
        raise too_long(where)


def _longest(cells: pl.DataFrame, length: pl.Expr) -> int:
    return max((longest or 0 for longest in cells.select(length.max()).row(0)), default=0)


def _merges(sheet_outline: Outline, at: dict[int, str]) -> Iterator[Merge]:
    """Vertically merged cells; of ranges over several columns, the first column."""
    for first, last, left, _ in sheet_outline.merged:
        if first < min(last, sheet_outline.rows) and left in at:
            yield Merge(at[left], first, min(last, sheet_outline.rows))


def _filled(cells: pl.DataFrame, merges: tuple[Merge, ...]) -> pl.DataFrame:
    """Fill each row of merged cells with the text of the first."""
    for column in {merge.column for merge in merges}:
        shared = pl.DataFrame(
            [(merge.first, merge.last) for merge in merges if merge.column == column],
            schema={"first": pl.Int64, "last": pl.Int64},
            orient="row",
        )
        below = shared.select("first", row_no=pl.int_ranges(pl.col("first") + 1, pl.col("last") + 1)).explode("row_no")
        filled = below.unique("row_no", keep="first").join(
            cells.select(pl.col("row_no").alias("first"), pl.col(column).alias("shared")), on="first"
        )
        cells = cells.join(filled.select("row_no", "shared"), on="row_no", how="left", maintain_order="left")
        cells = cells.with_columns(pl.coalesce(column, "shared").alias(column)).drop("shared")
    return cells


def _remarks(sheet_outline: Outline, at: dict[int, str]) -> Iterator[Remark]:
    hidden = [number for number in sheet_outline.hidden_columns if number in at]
    if sheet_outline.hidden_rows:
        yield Remark(HIDDEN_PART, f"{len(sheet_outline.hidden_rows)} 行 rows", sheet_outline.hidden_rows[0])
    if hidden:
        yield Remark(HIDDEN_PART, f"{len(hidden)} 列 columns: {'、'.join(map(str, hidden))}")
