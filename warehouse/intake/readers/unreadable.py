"""Cells without a value: errors of a spreadsheet such as #REF!, and formulas that were saved without their result."""

from collections.abc import Sequence

import polars as pl

from warehouse.intake.readers.grid import any_cells, column_letters
from warehouse.intake.readers.header import Head
from warehouse.intake.readers.names import column_matches

_MAY_BEGIN = r"(?m)^(?:#|=|Err:)"


def in_any(body: pl.DataFrame, head: Head) -> pl.Expr:
    """Whether a row has such a cell in a column of the feed; only columns in which one may stand are looked through."""
    known = any_cells(body.select(at for at in head.columns if at in body.columns), _MAY_BEGIN)
    return pl.any_horizontal(_is_unreadable(at) for at in known) if known else pl.lit(False)


def described(head: Head, cells: Sequence[str]) -> pl.Expr:
    """The cells, each with its column: ``E 营业收入: #REF!``."""
    parts = [
        pl.when(_is_unreadable(at)).then(
            pl.concat_str(pl.lit(f"{column_letters(at)} {_line(head.headings[at])}: "), at)
        )
        for at in head.columns
        if at in cells
    ]
    return pl.concat_str(parts, separator="；", ignore_nulls=True) if parts else pl.lit("")


def _line(heading: str) -> str:
    return " ".join(heading.split())


def _is_unreadable(at: str) -> pl.Expr:
    return column_matches(at, "unreadable").fill_null(False)
