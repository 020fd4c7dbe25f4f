"""Finds a table's head among titles and notes, and maps each of its columns to one of ours."""

import re
from dataclasses import dataclass

import polars as pl

from warehouse.errors import BadInput
from warehouse.feed import Feed, plain, unit_of
from warehouse.readers.grid import Grid

TOP_ROWS = 40
"""A head further down than this is not looked for; lists have a title, a note and a unit line at most."""

MONEY_UNITS = ("元", "千元", "万元", "亿元")
_UNIT_LINE = re.compile(r"(?:金额)?单位[:：]\s*(?:人民币)?\s*(元|千元|万元|亿元)")

Cells = dict[str, str]
"""The texts of one row by grid column; empty cells are left out."""


@dataclass(frozen=True)
class Head:
    """Where the data begins, which grid column is which of ours, the money unit and the words above."""

    after_row: int
    columns: dict[str, str]
    headings: Cells
    money_unit: str | None
    words_above: str


def find_head(grid: Grid, feed: Feed, where: str) -> Head | None:
    """The head of a sheet, or None where no row looks like one; ``where`` names file and sheet in messages."""
    top = [_cells(row) for row in grid.rows.head(TOP_ROWS).iter_rows(named=True)]
    numbers = grid.rows.head(TOP_ROWS)["row_no"].to_list()
    best = max(range(len(top)), key=lambda i: (_hits(top[i], feed), -i), default=None)
    if best is None or _hits(top[best], feed) < min(2, len(feed.columns)):
        return None
    mapping = top[best]
    columns = _mapped(mapping, grid, feed, where, numbers[best])
    last, units = best, {}
    if feed.header.unit_row and best + 1 < len(top):
        last, units = best + 1, top[best + 1]
    above = " ".join(text for row in top[:best] for text in row.values())
    unit = _money_unit(feed, columns, mapping, units, above, where)
    return Head(numbers[last], columns, mapping, unit, above)


def _cells(row: dict[str, str]) -> Cells:
    return {name: text for name, text in row.items() if name != "row_no" and text is not None}


def _hits(cells: Cells, feed: Feed) -> int:
    return sum(plain(text) in feed.by_heading for text in cells.values())


def _mapped(cells: Cells, grid: Grid, feed: Feed, where: str, row_no: int) -> dict[str, str]:
    """Our name for each grid column; refuses unknown, repeated and missing columns by name."""
    columns: dict[str, str] = {}
    for position, text in cells.items():
        if plain(text) not in feed.by_heading:
            raise BadInput(
                f"{where} 第 {row_no} 行: 未知的列“{text}”；请在 feeds/{feed.name}.yml 的 columns 下为某列加此表头，"
                "或列入 ignore",
                f"{where} row {row_no}: unknown column {text!r}; in feeds/{feed.name}.yml add it to a column's "
                "headings or to ignore",
            )
        ours = feed.by_heading[plain(text)]
        if ours in columns.values():
            raise BadInput(
                f"{where} 第 {row_no} 行: 表头“{text}”（{ours}）出现两次，不知以哪列为准；请删去一列",
                f"{where} row {row_no}: the heading {text!r} ({ours}) is there twice; remove one",
            )
        if ours:
            columns[position] = ours
    _require_all(columns, feed, where, row_no)
    _require_headed(cells, grid, where, row_no)
    return columns


def _require_all(columns: dict[str, str], feed: Feed, where: str, row_no: int) -> None:
    missing = [n for n, c in feed.columns.items() if c.required and n not in columns.values()]
    if missing:
        heading = " / ".join(feed.columns[missing[0]].headings)
        raise BadInput(
            f"{where} 第 {row_no} 行: 缺少必需的列“{heading}”（{missing[0]}）",
            f"{where} row {row_no}: the required column {heading} ({missing[0]}) is missing",
        )


def _require_headed(cells: Cells, grid: Grid, where: str, row_no: int) -> None:
    """A column of figures without a heading must not vanish; a stray cell is told apart row by row later."""
    below = grid.rows.filter(pl.col("row_no") > row_no)
    for name in grid.rows.columns:
        filled = below[name].count() if name not in (*cells, "row_no") else 0
        if below.height and filled > below.height / 2:
            position = int(name[1:]) + 1
            raise BadInput(
                f"{where}: 第 {position} 列没有表头却有 {filled} 个值；请补上表头",
                f"{where}: column {position} has {filled} values but no heading; give it one",
            )


def _money_unit(feed: Feed, columns: dict[str, str], heads: Cells, units: Cells, above: str, where: str) -> str | None:
    """The one unit of all money columns: of the feed, the unit row, the headings, or a line above."""
    money = [at for at, name in columns.items() if feed.columns[name].type == "money"]
    if not money or feed.money_unit != "stated":
        return feed.money_unit
    line = _UNIT_LINE.search(above)
    for at in money:
        stated = units.get(at) or unit_of(heads[at]) or (line[1] if line else None)
        if stated not in MONEY_UNITS:
            raise BadInput(
                f"{where}: 列“{heads[at]}”没有注明金额单位；请在表头写明，如（千元），或在表上方写“单位：千元”",
                f"{where}: the column {heads[at]!r} states no unit; write it in the heading, as in （千元）, "
                "or above the table, as in 单位：千元",
            )
        units = {**units, at: stated}
    distinct = {units[at] for at in money}
    if len(distinct) > 1:
        raise BadInput(
            f"{where}: 同一张表有不同的金额单位 {'、'.join(sorted(distinct))}；请统一后重交",
            f"{where}: one table has different money units {', '.join(sorted(distinct))}; make them one",
        )
    return distinct.pop()
