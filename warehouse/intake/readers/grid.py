"""A sheet as a data frame of text cells, with the row numbers that a spreadsheet shows."""

from dataclasses import dataclass

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.readers import limits

NOTES_SHEET = "填表说明 Notes"
"""The instructions sheet of our templates; it is skipped without a remark."""

BLANKS = " \t\r\n\u3000\u00a0\ufeff\u200b\u200c\u200d\u2060"

_KEPT_AS_TEXT = r"""^(?:="([^"]*)"|'([^']+))$"""
_MAY_BE_KEPT = "(?m)^(?:=\"|')"


@dataclass(frozen=True)
class Remark:
    """A finding about a sheet as a whole, such as hidden parts."""

    rule_id: str
    value: str
    row_no: int | None = None


@dataclass(frozen=True)
class Merge:
    """A vertically merged cell: its grid column and its first and last row; the first row holds the text."""

    column: str
    first: int
    last: int


@dataclass(frozen=True)
class Grid:
    """``rows`` has the columns ``c0, c1, …`` (texts, null where empty) and ``row_no``; blank rows are left out."""

    sheet: str
    encoding: str
    rows: pl.DataFrame
    merges: tuple[Merge, ...] = ()
    remarks: tuple[Remark, ...] = ()


def column_letters(column: str) -> str:
    """The letters that a spreadsheet shows for a grid column: ``c0`` is A, ``c26`` AA."""
    number, letters = int(column[1:]) + 1, ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def without_blanks(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows with at least one non-blank cell; texts are stripped, empty texts become null.

    ``="text"`` and ``'text``, by which a program keeps a text from being read as a number, are the text.
    """
    cells = [name for name in frame.columns if name != "row_no"]
    cleaned = frame.with_columns(pl.col(name).str.strip_chars(BLANKS).replace("", None) for name in cells)
    cleaned = cleaned.with_columns(
        pl.col(name).str.replace(_KEPT_AS_TEXT, "${1}${2}").str.strip_chars(BLANKS).replace("", None)
        for name in any_cells(cleaned.select(cells), _MAY_BE_KEPT)
    )
    return cleaned.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in cells))


def any_cells(frame: pl.DataFrame, pattern: str) -> list[str]:
    """The columns in which a pattern that crosses no line break may match a cell; ``(?m)^`` is the begin of a cell.

    A column is searched as a single text, a tenth of the time that a search of each cell takes; where a cell has
    several lines, the pattern may match the begin of another than the first.
    """
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    if not texts or frame.is_empty():
        return []
    matched = frame.select(pl.col(name).str.join("\n").str.contains(pattern) for name in texts).row(0)
    return [name for name, is_matched in zip(texts, matched, strict=True) if is_matched]


def require_fits(rows: int, columns: int, name: str) -> None:
    """Refuse a table with more rows, columns or cells than the limits."""
    _require(rows, limits.MOST_ROWS, "行 rows", "TIDU_MOST_ROWS", name)
    _require(columns, limits.MOST_COLUMNS, "列 columns", "TIDU_MOST_COLUMNS", name)
    require_few(rows * columns, name)


def require_few(cells: int, name: str) -> None:
    """Refuse a table, or the tables of a workbook together, with more cells than the limit."""
    _require(cells, limits.MOST_CELLS, "个单元格 cells", "TIDU_MOST_CELLS", name)


def _require(count: int, most: int, unit: str, setting: str, name: str) -> None:
    if count > most:
        zh, en = unit.split()
        raise BadInput(
            f"{name}: 有 {count:,} {zh}，超过上限 {most:,}；请删去空白的行列或分拆，也可调整 {setting}",
            f"{name}: {count:,} {en} are above the limit of {most:,}; remove empty rows and columns, "
            f"split the file, or set {setting}",
        )
