"""Tables below each other on one sheet, each with a header of its own: each becomes a grid."""

from dataclasses import replace

import polars as pl

from warehouse.intake.feed import Feed
from warehouse.intake.readers.grid import Grid
from warehouse.intake.readers.header import Head

_FEWEST = 2
"""Headings that make a row a header."""
_FIRST = 3
"""Columns that are looked at first."""


def cut_below(grid: Grid, head: Head, feed: Feed) -> tuple[Grid, Grid | None]:
    """The grid down to the next header that differs from ``head``, and the rest, named by its rows (``名单 12:30``)."""
    at = _next_head(grid, head, feed)
    if at is None:
        return grid, None
    is_below = pl.col("row_no") >= at
    upper, lower = grid.rows.filter(~is_below), grid.rows.filter(is_below)
    sheet = f"{grid.sheet} {at}:{lower['row_no'][-1]}".strip()
    merges = [tuple(merge for merge in grid.merges if (merge.first >= at) is below) for below in (False, True)]
    return replace(grid, rows=upper, merges=merges[0]), Grid(sheet, grid.encoding, lower, merges[1])


def _next_head(grid: Grid, head: Head, feed: Feed) -> int | None:
    """The first row below the header that holds nothing but headings, and not those of the header in their places."""
    words = {heading for column in feed.columns.values() for heading in (*column.headings, column.code) if heading}
    known = pl.lit(pl.Series(sorted({*words, *feed.ignore, *head.headings.values()})).implode())
    cells = [at for at in grid.rows.columns if at != "row_no"]
    filled = pl.sum_horizontal(pl.col(at).is_not_null() for at in cells)
    are_headings = [pl.col(at).is_null() | pl.col(at).is_in(known) for at in cells]
    below = grid.rows.filter(pl.col("row_no") > head.after_row, *are_headings[:_FIRST])  # few rows pass
    below = below.filter(filled >= _FEWEST, *are_headings[_FIRST:]) if below.height else below
    for row in below.iter_rows(named=True):
        texts = {at: text for at, text in row.items() if at != "row_no" and text is not None}
        is_known = len({feed.by_heading.get(feed.column_key(text)) for text in texts.values()}) >= _FEWEST
        is_repeated = any(all(other.get(at) == text for at, text in texts.items()) for other in _rows_of(head))
        if is_known and not is_repeated:
            return int(row["row_no"])
    return None


def _rows_of(head: Head) -> list[dict[str, str]]:
    return [head.headings, *head.rows]
