"""One sheet as it lies in the file: rows of texts, each with the number a person counts."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Grid:
    """``rows`` has the columns ``c0, c1, …`` (texts, null where empty) and ``row_no``; blank rows are left out."""

    sheet: str
    encoding: str
    rows: pl.DataFrame


def without_blanks(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows with at least one text; texts stripped of blanks at both ends, an empty text is null."""
    cells = [name for name in frame.columns if name != "row_no"]
    blanks = " \t\r\n\u3000\u00a0\ufeff\u200b"
    cleaned = frame.with_columns(pl.col(name).str.strip_chars(blanks).replace("", None) for name in cells)
    return cleaned.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in cells))
