"""One sheet as it lies in the file: rows of texts, each with the number a person counts."""

from dataclasses import dataclass

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.readers import limits

NOTES_SHEET = "填表说明 Notes"
"""The sheet our own templates explain themselves on; it is passed over without a word."""

BLANKS = " \t\r\n\u3000\u00a0\ufeff\u200b\u200c\u200d\u2060"


@dataclass(frozen=True)
class Remark:
    """What a person should know of a sheet as a whole, such as that a part of it is hidden."""

    rule_id: str
    value: str
    row_no: int | None = None


@dataclass(frozen=True)
class Merge:
    """Rows of one grid column that share a cell: the first holds the text, ``last`` is the last of them."""

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


def without_blanks(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows with at least one text; texts stripped of blanks at both ends, an empty text is null."""
    cells = [name for name in frame.columns if name != "row_no"]
    cleaned = frame.with_columns(pl.col(name).str.strip_chars(BLANKS).replace("", None) for name in cells)
    return cleaned.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in cells))


def require_fits(rows: int, columns: int, name: str) -> None:
    """Refuse a table that would take more memory than the settings allow; rows and columns are counted, not read."""
    _require(rows, limits.MOST_ROWS, "行 rows", "TIDU_MOST_ROWS", name)
    _require(columns, limits.MOST_COLUMNS, "列 columns", "TIDU_MOST_COLUMNS", name)
    require_few(rows * columns, name)


def require_few(cells: int, name: str) -> None:
    """Refuse a table, or a workbook of several, with more cells than the settings allow."""
    _require(cells, limits.MOST_CELLS, "个单元格 cells", "TIDU_MOST_CELLS", name)


def _require(count: int, most: int, unit: str, setting: str, name: str) -> None:
    if count > most:
        zh, en = unit.split()
        raise BadInput(
            f"{name}: 有 {count:,} {zh}，超过上限 {most:,}；请删去空白的行列或分拆，也可调整 {setting}",
            f"{name}: {count:,} {en} are above the limit of {most:,}; remove empty rows and columns, "
            f"split the file, or set {setting}",
        )
