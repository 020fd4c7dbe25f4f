"""Old workbooks (.xls, also inside .et): rewritten as XLSX with their formats, and read as any other workbook."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlrd
import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.worksheet import Worksheet

from warehouse.errors import BadInput
from warehouse.intake.readers.grid import Grid, require_few, require_fits
from warehouse.intake.readers.package import damaged
from warehouse.intake.readers.workbook import read_xlsx

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DATE_LETTERS = "ymdhsYMDHS年月日"
_ISO_DAY = "yyyy-mm-dd"


def read_xls(path: Path, name: str) -> list[Grid]:
    """The sheets of an old workbook; raises ``BadInput`` where it has a password or cannot be read."""
    content = path.read_bytes()
    if _ENCRYPTED_PACKAGE in content:
        raise _locked(name)
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except Exception as error:  # xlrd raises errors of any kind on a damaged file
        if "encrypted" in str(error).casefold():
            raise _locked(name) from error
        raise _unreadable(name) from error
    sheets = book.sheets()
    for sheet in sheets:
        require_fits(sheet.nrows, sheet.ncols, f"{name} [{sheet.name}]")
    require_few(sum(sheet.nrows * sheet.ncols for sheet in sheets), name)
    with TemporaryDirectory(prefix="tidu-xls-") as folder:
        copy = Path(folder) / "copy.xlsx"
        _write(book, copy, name)
        return read_xlsx(copy, name)


def _write(book: Any, copy: Path, name: str) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": _ISO_DAY}
    with xlsxwriter.Workbook(copy, {**options, "date_1904": book.datemode == 1}) as target:
        formats: dict[str, Any] = {}
        for sheet in book.sheets():
            copied = target.add_worksheet()
            copied.name = sheet.name  # add_worksheet refuses names that old programs wrote
            if sheet.visibility:
                copied.hide()
            _copy_layout(sheet, copied)
            for row in range(sheet.nrows):
                for column, cell in enumerate(sheet.row(row)):
                    _copy_cell(book, cell, copied, (row, column), target, formats)


def _copy_layout(sheet: Any, copied: Worksheet) -> None:
    """Merged cells, hidden rows and columns; of overlapping ranges the first."""
    for top, bottom, left, right in sheet.merged_cells:
        if (bottom - top) * (right - left) > 1:
            try:
                copied.merge_range(top, left, bottom - 1, right - 1, "")
            except OverlappingRange:
                continue
    for row, info in sheet.rowinfo_map.items():
        if info.hidden:
            copied.set_row(row, None, None, {"hidden": True})
    for column, info in sheet.colinfo_map.items():
        if info.hidden:
            copied.set_column(column, column, None, None, {"hidden": True})


def _copy_cell(
    book: Any, cell: Any, copied: Worksheet, place: tuple[int, int], target: Any, formats: dict[str, Any]
) -> None:
    """A cell with its value and number format; an error as its text."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        copied.write_string(*place, cell.value)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        copied.write_boolean(*place, bool(cell.value))
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        copied.write_string(*place, xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        text = _number_format(book, cell)
        if text not in formats:
            formats[text] = target.add_format({"num_format": text})
        copied.write_number(*place, cell.value, formats[text])


def _number_format(book: Any, cell: Any) -> str:
    """The number format of a cell; that of a day where the file says so by a number of East Asian formats alone."""
    written = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    is_day = cell.ctype == xlrd.XL_CELL_DATE and not set(written) & set(_DATE_LETTERS)
    return _ISO_DAY if is_day else str(written)


def _locked(name: str) -> BadInput:
    return BadInput(
        f"{name}: 工作簿有密码；请去掉密码后重交",
        f"{name}: the workbook has a password; remove it and deliver it again",
    )


def _unreadable(name: str) -> BadInput:
    refusal = damaged(name)
    return BadInput(
        f"{refusal.zh}（旧版 xls，或是 Word 等其他文档；可另存为 xlsx 再交）",
        f"{refusal.en} (an old xls, or another document; it may be saved as xlsx)",
    )
