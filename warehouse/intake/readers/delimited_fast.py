"""CSV by Polars, for files in which every row is a line and quotes enclose whole fields."""

import io
import re

import polars as pl

from warehouse.intake.readers import limits
from warehouse.intake.readers.grid import require_fits

_FEWEST_COLUMNS = 2
"""Empty columns at the right are dropped, but a table keeps as many as this."""


def read_fast(raw: bytes, delimiter: str, name: str) -> pl.DataFrame | None:
    """Rows by line number, equal to those of the strict reader; None where the file needs the strict reader."""
    if raw.count(b"\r") != raw.count(b"\r\n"):
        return None
    lines = pl.read_lines(io.BytesIO(raw)).to_series()
    if lines.is_empty() or not _is_regular(lines, delimiter):
        return None
    width = int(lines.str.count_matches(delimiter, literal=True).max() or 0) + 1  # type: ignore[arg-type]
    if width > limits.MOST_COLUMNS and b'"' in raw:
        return None  # delimiters inside quotes were counted too
    require_fits(lines.len(), width, name)
    rows = pl.read_csv(
        io.BytesIO(raw),
        has_header=False,
        schema={f"c{at}": pl.String for at in range(width)},
        separator=delimiter,
        missing_columns="insert",
        row_index_name="row_no",
        row_index_offset=1,
    ).cast({"row_no": pl.Int64})
    if rows.height != lines.len():
        return None
    while rows.width > _FEWEST_COLUMNS and rows[rows.columns[-1]].null_count() == rows.height:
        rows = rows.drop(rows.columns[-1])
    return rows


def _is_regular(lines: pl.Series, delimiter: str) -> bool:
    """Whether no line is longer than a cell may be, and quotes enclose whole fields."""
    if int(lines.str.len_bytes().max() or 0) > limits.LONGEST_CELL:  # type: ignore[arg-type]
        return False
    quoted = lines.filter(lines.str.contains('"', literal=True))
    separator = re.escape(delimiter)
    field = f'(?:"(?:[^"]|"")*"|[^"{separator}]*)'
    return bool(quoted.str.contains(f"^{field}(?:{separator}{field})*$").all())
