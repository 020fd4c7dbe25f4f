"""Finds a table's head among titles and notes, and maps each of its columns to one of ours."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed
from warehouse.intake.readers.grid import Grid
from warehouse.intake.readers.units import is_unit_row, money_unit

TOP_ROWS = 40
"""A head further down than this is not looked for; lists have a title, a note and a unit line at most."""

_FEWEST_HEADINGS = 2
"""Headings of the feed that a row must hold to be its head, where the feed has as many."""

_MOST = 1 / 2
"""A column is of a kind, or is filled, where more than this share of its cells is."""

_MOST_SHOWN, _LONGEST_SHOWN = 10, 60
"""How many unknown headings a message lists, and how many signs of each."""

Cells = dict[str, str]
"""The texts of one row by grid column; empty cells are left out."""


@dataclass(frozen=True)
class Head:
    """Where the data begins, which grid column is which of ours, the money unit and the words above."""

    row: int
    after_row: int
    columns: dict[str, str]
    headings: Cells
    money_unit: str | None
    lines_above: tuple[str, ...]
    """The texts above the head, cell by cell."""

    @property
    def words_above(self) -> str:
        """All that stands above the head, as one text."""
        return " ".join(self.lines_above)


@dataclass(frozen=True)
class _Guess:
    """A row, or two rows read as one, that may be the head; both are positions among the top rows."""

    first: int
    last: int
    cells: Cells

    def hits(self, feed: Feed) -> int:
        return sum(feed.column_key(text) in feed.by_heading for text in self.cells.values())


def find_head(grid: Grid, feed: Feed, where: str) -> Head | None:
    """The head of a sheet, or None where no row looks like one; ``where`` names file and sheet in messages."""
    top = [_cells(row) for row in grid.rows.head(TOP_ROWS).iter_rows(named=True)]
    numbers = grid.rows.head(TOP_ROWS)["row_no"].to_list()
    best = max(_guesses(top, feed), key=lambda guess: guess.hits(feed), default=None)
    if best is None or best.hits(feed) < min(_FEWEST_HEADINGS, len(feed.columns)):
        return None
    columns = _mapped(best.cells, grid, feed, where, numbers[best.last])
    last, units = best.last, {}
    if feed.header.unit_row and last + 1 < len(top) and is_unit_row(top[last + 1].values()):
        last, units = last + 1, top[last + 1]
    above = tuple(text for row in top[: best.first] for text in row.values())
    unit = money_unit(feed, columns, best.cells, units, " ".join(above), where)
    return Head(numbers[best.last], numbers[last], columns, best.cells, unit, above)


def continued(grid: Grid, head: Head, feed: Feed) -> Head | None:
    """The head of the sheet before, where this one has none and its codes or numbers stand in the same column."""
    ours = {name: at for at, name in head.columns.items()}
    telling = ours.get("uscc") or ours.get("list_no")
    cells = [name for name in grid.rows.columns if name != "row_no"]
    if telling not in cells or not set(cells) <= head.headings.keys():
        return None
    pattern = r"^[0-9A-Z]{15,18}$" if "uscc" in ours else r"^\d+$"
    share = grid.rows[telling].str.contains(pattern).fill_null(False).mean()
    is_same = isinstance(share, float) and share > _MOST
    return Head(0, 0, head.columns, head.headings, head.money_unit, ()) if is_same else None


def _cells(row: dict[str, str]) -> Cells:
    return {name: text for name, text in row.items() if name != "row_no" and text is not None}


def _guesses(top: list[Cells], feed: Feed) -> Iterator[_Guess]:
    """Single rows first: two rows are taken as one head only where that explains more."""
    for at, cells in enumerate(top):
        yield _Guess(at, at, cells)
    for at in range(len(top) - 1):
        yield _Guess(at, at + 1, _joined(top[at], top[at + 1], feed))


def _joined(upper: Cells, lower: Cells, feed: Feed) -> Cells:
    """Each column's heading from two rows: the upper and lower text together, the lower, or the upper is known."""
    found, group = {}, ""
    for at in sorted({*upper, *lower}, key=lambda name: int(name[1:])):
        group = upper.get(at, group)
        below = lower.get(at, "")
        choices = [group + below, below, upper.get(at, "")]
        found[at] = next(
            (text for text in choices if text and feed.column_key(text) in feed.by_heading), below or group
        )
    return found


def _mapped(cells: Cells, grid: Grid, feed: Feed, where: str, row_no: int) -> dict[str, str]:
    """Our name for each grid column; refuses unknown, repeated and missing columns by name."""
    _require_known(cells, feed, where, row_no)
    columns: dict[str, str] = {}
    for position, text in cells.items():
        ours = feed.by_heading[feed.column_key(text)]
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


def _require_known(cells: Cells, feed: Feed, where: str, row_no: int) -> None:
    unknown = [text for text in cells.values() if feed.column_key(text) not in feed.by_heading]
    if unknown:
        shown = [text[:_LONGEST_SHOWN] for text in unknown[:_MOST_SHOWN]]
        more = len(unknown) - len(shown)
        zh, en = (f"等 {len(unknown)} 个", f" and {more:,} more") if more else ("", "")
        raise BadInput(
            f"{where} 第 {row_no} 行: 未知的列“{'”“'.join(shown)}”{zh}；请在 feeds/{feed.name}.yml 的 columns 下"
            "为某列加此表头，或列入 ignore",
            f"{where} row {row_no}: unknown column {', '.join(map(repr, shown))}{en}; in feeds/{feed.name}.yml add it "
            "to a column's headings or to ignore",
        )


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
        if below.height and filled > below.height * _MOST:
            position = int(name[1:]) + 1
            raise BadInput(
                f"{where}: 第 {position} 列没有表头却有 {filled} 个值；请补上表头",
                f"{where}: column {position} has {filled} values but no heading; give it one",
            )
