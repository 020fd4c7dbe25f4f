"""Lists that stand beside each other on one sheet, as 序号 企业名称 序号 企业名称: each becomes a grid of its own."""

from dataclasses import replace
from itertools import pairwise

import polars as pl

from warehouse.intake.feed import Feed
from warehouse.intake.readers.grid import Grid, column_letters

_TOP_ROWS = 40

Columns = list[str]


def apart(grid: Grid, feed: Feed) -> list[Grid]:
    """A grid per list, named by its columns (``名单 C:D``); the grid itself where its headings do not repeat.

    The lines above the headings belong to every list.
    """
    for row in grid.rows.head(_TOP_ROWS).iter_rows(named=True):
        starts = _starts({at: text for at, text in row.items() if at != "row_no" and text is not None}, feed)
        if len(starts) > 1:
            cells = [at for at in grid.rows.columns if at != "row_no"]
            cuts = [0, *(cells.index(at) for at in starts[1:]), len(cells)]
            blocks = [cells[begin:end] for begin, end in pairwise(cuts)]
            return [_block(grid, block, blocks[0], row["row_no"]) for block in blocks]
    return [grid]


def _starts(cells: dict[str, str], feed: Feed) -> Columns:
    """The first column of each list, where a row repeats the same headings with the required ones among them."""
    keys = [feed.column_key(text) for text in cells.values()]
    width = next((at for at in range(1, len(keys)) if keys[at] == keys[0]), len(keys))
    has_required = {name for name, column in feed.columns.items() if column.required} <= {
        feed.by_heading.get(key) for key in keys[:width]
    }
    if len(keys) == width or len(keys) % width or keys != keys[:width] * (len(keys) // width) or not has_required:
        return []
    return list(cells)[::width]


def _block(grid: Grid, block: Columns, first: Columns, head_row: int) -> Grid:
    lines = pl.when(pl.col("row_no") < head_row).then(pl.coalesce(first))
    rows = grid.rows.select("row_no", pl.coalesce(block[0], lines), *block[1:])
    rows = rows.filter(pl.any_horizontal(pl.col(at).is_not_null() for at in block))
    sheet = f"{grid.sheet} {column_letters(block[0])}:{column_letters(block[-1])}".strip()
    is_first = block == first
    merges = tuple(merge for merge in grid.merges if merge.column in block)
    return replace(grid, sheet=sheet, rows=rows, merges=merges, remarks=grid.remarks if is_first else ())
