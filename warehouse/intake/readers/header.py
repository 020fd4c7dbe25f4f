"""Detection of the header row among titles and notes, and mapping of its columns to those of the feed."""

from dataclasses import dataclass, field

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed
from warehouse.intake.readers.grid import Grid
from warehouse.intake.readers.shares import shares
from warehouse.intake.readers.units import amount_units, is_unit_row, money_unit

TOP_ROWS = 40
"""Rows searched for the header; lists have at most a title, a note and a unit line above it."""

_FEWEST_HEADINGS = 2
"""Headings of the feed that a row must hold to be its head, where the feed has as many."""

_MOST_SHOWN, _LONGEST_SHOWN = 10, 60
"""How many unknown headings a message lists, and how many characters of each."""

Cells = dict[str, str]
"""The non-empty texts of a row by grid column."""


@dataclass(frozen=True)
class Head:
    """The header of a table: its row, the row after which data begins, our column per grid column, the money unit."""

    row: int
    after_row: int
    columns: dict[str, str]
    headings: Cells
    money_unit: str | None
    lines_above: tuple[str, ...]
    """The texts above the header, cell by cell."""
    rows: tuple[Cells, ...] = ()
    """The rows of the header and above it with several cells; they are repeated on later pages."""
    amount_units: dict[str, str] = field(default_factory=dict)
    """The unit of columns of amounts in words, by our name, where heading, unit row or a line above states one."""

    @property
    def text_above(self) -> str:
        """Lines above the header, separated by blanks: title and unit."""
        return " ".join(self.lines_above)


@dataclass(frozen=True)
class _Candidate:
    """A row, or two joined rows, that may be the header; ``first`` and ``last`` are positions among the top rows."""

    first: int
    last: int
    cells: Cells

    def hits(self, feed: Feed) -> int:
        return sum(feed.column_key(text) in feed.by_heading for text in self.cells.values())


def find_head(grid: Grid, feed: Feed, where: str) -> Head | None:
    """The header of a sheet, or None; ``where`` names file and sheet in messages."""
    top = [_cells(row) for row in grid.rows.head(TOP_ROWS).iter_rows(named=True)]
    numbers = grid.rows.head(TOP_ROWS)["row_no"].to_list()
    best = _best(top, feed)
    if best is None or not _is_head(best, top, feed):
        return None
    columns = _mapped(best.cells, grid, feed, where, numbers[best.last])
    last, units = best.last, {}
    if feed.header.unit_row and last + 1 < len(top) and is_unit_row(top[last + 1].values()):
        last, units = last + 1, top[last + 1]
    above = tuple(text for row in top[: best.first] for text in row.values())
    headings = {at: feed.spelling(text) for at, text in best.cells.items()}
    stated = (feed, columns, headings, units, " ".join(above), where)
    repeated = (best.cells, *(row for row in top[: last + 1] if len(row) > 1))
    return Head(
        numbers[best.last],
        numbers[last],
        columns,
        best.cells,
        money_unit(*stated),
        above,
        repeated,
        amount_units(*stated),
    )


def _is_head(candidate: "_Candidate", top: list[Cells], feed: Feed) -> bool:
    """Whether a row holds enough headings, or alone the only required one, with no heading of the feed below it."""
    hits = candidate.hits(feed)
    if hits >= min(_FEWEST_HEADINGS, len(feed.columns)):
        return True
    names = {feed.by_heading.get(feed.column_key(text)) for text in candidate.cells.values()}
    required = {name for name, column in feed.columns.items() if column.required}
    below = [text for row in top[candidate.last + 1 :] for text in row.values()]
    return (
        len(candidate.cells) == 1
        and required == names
        and not any(feed.column_key(text) in feed.by_heading for text in below if text not in candidate.cells.values())
    )


def _cells(row: dict[str, str]) -> Cells:
    return {name: text for name, text in row.items() if name != "row_no" and text is not None}


def _best(top: list[Cells], feed: Feed) -> _Candidate | None:
    """The candidate with most known headings: two joined rows only where they have more than any single row."""
    singles = [_Candidate(at, at, cells) for at, cells in enumerate(top)]
    most = max((candidate.hits(feed) for candidate in singles), default=0)
    pairs = [
        _Candidate(at, at + 1, _joined(top[at], top[at + 1], feed))
        for at in range(len(top) - 1)
        if len({*top[at], *top[at + 1]}) > most
    ]
    return max([*singles, *pairs], key=lambda candidate: candidate.hits(feed), default=None)


def _joined(upper: Cells, lower: Cells, feed: Feed) -> Cells:
    """The heading of each column from two rows: of upper + lower, lower and upper the first that the feed knows."""
    headings, group = {}, ""
    for at in sorted({*upper, *lower}, key=lambda name: int(name[1:])):
        group = upper.get(at, group)
        below = lower.get(at, "")
        choices = [group + below, below, upper.get(at, "")]
        headings[at] = next(
            (text for text in choices if text and feed.column_key(text) in feed.by_heading), below or group
        )
    return headings


def _mapped(cells: Cells, grid: Grid, feed: Feed, where: str, row_no: int) -> dict[str, str]:
    """Our column name for each grid column; refuses unknown, repeated and missing columns."""
    _require_known(cells, feed, where, row_no)
    columns: dict[str, str] = {}
    for position, text in cells.items():
        name = feed.by_heading[feed.column_key(text)]
        if name in columns.values():
            raise BadInput(
                f"{where} 第 {row_no} 行: 表头“{text}”与另一列是同一项，不知以哪列为准；请删去一列",
                f"{where} row {row_no}: the heading {text!r} means the same as another one; remove one",
            )
        if name:
            columns[position] = name
    _require_all(columns, feed, where, row_no)
    _require_headed(cells, grid, where, row_no)
    return columns


def _require_known(cells: Cells, feed: Feed, where: str, row_no: int) -> None:
    unknown = [text for text in cells.values() if feed.column_key(text) not in feed.by_heading]
    if unknown:
        shown = [text[:_LONGEST_SHOWN] for text in unknown[:_MOST_SHOWN]]
        more = len(unknown) - len(shown)
        zh, en = (f"等 {len(unknown)} 个", f" and {more:,} more") if more else ("", "")
        raise BadInput(
            f"{where} 第 {row_no} 行: 未知的列“{'”“'.join(shown)}”{zh}；请改为空表中的表头（tidu feeds template"
            f" {feed.name}），或删去此列；若以后都有此列，请运维人员登记",
            f"{where} row {row_no}: unknown column {', '.join(map(repr, shown))}{en}; write a heading of the empty form"
            f" (tidu feeds template {feed.name}), or delete it; if it will always come, have an operator enter it",
        ).for_operator(
            f"在 feeds/{feed.columns_file} 的 columns 下为某列加此表头，或列入 ignore",
            f"in feeds/{feed.columns_file} add it to a column's headings or to ignore",
        )


def _require_all(columns: dict[str, str], feed: Feed, where: str, row_no: int) -> None:
    missing = [name for name, column in feed.columns.items() if column.required and name not in columns.values()]
    if missing:
        heading = " / ".join(feed.columns[missing[0]].headings)
        raise BadInput(
            f"{where} 第 {row_no} 行: 缺少必需的列“{heading}”",
            f"{where} row {row_no}: the required column {heading} is missing",
        )


def _require_headed(cells: Cells, grid: Grid, where: str, row_no: int) -> None:
    """Refuse a mostly filled column without heading; a few stray cells are found row by row (F03)."""
    without_heading = [name for name in grid.rows.columns if name not in (*cells, "row_no")]
    below = grid.rows.filter(pl.col("row_no") > row_no).select(without_heading) if without_heading else grid.rows
    for name in without_heading:
        filled = below[name].count()
        if below.height and filled > below.height * shares().filled:
            position = int(name[1:]) + 1
            raise BadInput(
                f"{where}: 第 {position} 列没有表头却有 {filled} 个值；请补上表头",
                f"{where}: column {position} has {filled} values but no heading; give it one",
            )
