"""A delivered file as tables of our columns: the grids, their heads, and the rows that are no data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed, Place, Stated
from warehouse.intake.readers.aside import FOOTER, set_aside
from warehouse.intake.readers.comma import read_csv
from warehouse.intake.readers.grid import NOTES_SHEET, Grid, Remark
from warehouse.intake.readers.header import Head, continued, find_head
from warehouse.intake.readers.limits import require_sane
from warehouse.intake.readers.records import read_json
from warehouse.intake.readers.workbook import read_xlsx

NOT_READ, CONTINUES = "F07", "F09"


@dataclass(frozen=True)
class Table:
    """Rows of one sheet: ``rows`` has our columns and ``row_no``; ``aside`` row_no, rule_id, value.

    ``words`` stand above and below the table, where a file may say something of itself.

    ``headings`` are the heads as written by our column names; ``head_row`` is 0 where a sheet continues another.
    """

    sheet: str
    encoding: str
    money_unit: str | None
    words: dict[Place, str]
    rows: pl.DataFrame
    aside: pl.DataFrame
    head_row: int
    headings: dict[str, str]
    remarks: tuple[Remark, ...] = ()


def read_tables(path: Path, name: str, feed: Feed) -> list[Table]:
    """Every table of a file; raises ``BadInput`` naming file, sheet, row, column and the way out."""
    tables = list(_tables(_grids(path, name, feed), feed, name))
    if not any(table.headings for table in tables):
        headings = "、".join(c.headings[0] for c in feed.columns.values() if c.required)
        raise BadInput(
            f"{name}: 前 40 行内找不到表头；应有 {headings}",
            f"{name}: no head was found in the first 40 rows; expected {headings}",
        )
    if sum(table.rows.height for table in tables) < feed.rows.min:
        raise BadInput(f"{name}: 表头之下没有数据行", f"{name}: there are no rows of data below the head")
    return tables


def _grids(path: Path, name: str, feed: Feed) -> list[Grid]:
    found = require_sane(path, name, list(feed.formats))
    if found == "xlsx":
        return read_xlsx(path, name)
    return [read_json(path, name) if found == "json" else read_csv(path, name, list(feed.encodings))]


def _tables(grids: list[Grid], feed: Feed, name: str) -> Iterator[Table]:
    """A table for each sheet that has a head, or continues the one before; of others, that they were not read."""
    before: Head | None = None
    for grid in grids:
        where = f"{name} [{grid.sheet}]" if grid.sheet else name
        is_ours = re.search(feed.sheets, grid.sheet) if feed.sheets and grid.sheet else True
        head = find_head(grid, feed, where) if is_ours and grid.rows.height else None
        remarks = grid.remarks
        if head is None and before and is_ours and grid.rows.height:
            head = continued(grid, before, feed)
            remarks = (*remarks, Remark(CONTINUES, grid.sheet)) if head else remarks
        if head is None:
            yield _not_read(grid, feed)
            continue
        before = head
        yield _table(grid, head, feed, name, remarks)


def _not_read(grid: Grid, feed: Feed) -> Table:
    remarks = grid.remarks
    if grid.rows.height and grid.sheet != NOTES_SHEET:
        remarks = (*remarks, Remark(NOT_READ, f"{grid.sheet}: {grid.rows.height} 行 rows"))
    rows = pl.DataFrame(schema={"row_no": pl.Int64, **dict.fromkeys(feed.columns, pl.String)})
    aside = pl.DataFrame(schema={"row_no": pl.Int64, "rule_id": pl.String, "value": pl.String})
    return Table(grid.sheet, grid.encoding, None, {}, rows, aside, 0, {}, remarks)


def _table(grid: Grid, head: Head, feed: Feed, name: str, remarks: tuple[Remark, ...]) -> Table:
    _require_ours(grid, head, feed, name)
    body = grid.rows.filter(pl.col("row_no") > head.after_row)
    aside = set_aside(body, grid, head, feed)
    kept = body.join(aside, on="row_no", how="anti", maintain_order="left")
    merged = {one.column for one in grid.merges if one.last > head.after_row}
    ours = {c: pl.lit(None, dtype=pl.String) for c in feed.columns} | {
        ours: _value(at, ours, feed, at in merged) for at, ours in head.columns.items()
    }
    rows = kept.select("row_no", **ours)
    below = "\n".join(aside.filter(pl.col("rule_id") == FOOTER)["value"].drop_nulls())
    words: dict[Place, str] = {"title": head.words_above, "footer": below}
    headings = {ours: head.headings[at] for at, ours in head.columns.items()}
    return Table(grid.sheet, grid.encoding, head.money_unit, words, rows, aside, head.row, headings, remarks)


def _require_ours(grid: Grid, head: Head, feed: Feed, name: str) -> None:
    for title in filter(feed.is_of_another, head.lines_above):
        where = f"{name} [{grid.sheet}]" if grid.sheet else name
        raise BadInput(
            f"{where}: 表上方写的是“{title}”，不是{feed.title.zh}；若是另一种名单请按其名称命名，若是请改正标题",
            f"{where}: “{title}” stands above the table, which is no {feed.title.en}; name the file after its"
            " list, or correct the title",
        )


def _value(at: str, ours: str, feed: Feed, is_merged: bool) -> pl.Expr:
    """The text of a cell; signs for missing become null, cells merged in a file that cannot say so are filled down."""
    cell = pl.col(at)
    if feed.columns[ours].fill_down and not is_merged:
        cell = cell.forward_fill()
    if ours in feed.key or not feed.missing:
        return cell
    return pl.when(~_means_missing(cell, feed.missing)).then(cell)


def _means_missing(cell: pl.Expr, signs: Sequence[str]) -> pl.Expr:
    """A sign that is a number is meant in whatever way it is written: -1, -1.0, -1.00."""
    numbers = [re.escape(sign) for sign in signs if re.fullmatch(r"-?\d+", sign)]
    written = cell.is_in(list(signs))
    return written | cell.str.contains(rf"^(?:{'|'.join(numbers)})\.0+$") if numbers else written


def stated_of(feed: Feed, name: str, tables: Sequence[Table]) -> list[dict[str, str]]:
    """What the file says of itself, for each table: what that table says first, else what another says.

    Raises ``BadInput`` where nothing states what the feed requires, such as the day of a notice.
    """
    by_name: dict[Place, str] = {"file_name": Path(name).stem}
    own = [feed.said_in({**by_name, **table.words}) for table in tables]
    everywhere = {key: value for said in reversed(own) for key, value in said.items()}
    for one in feed.stated:
        if one.required and (missing := one.found.groupindex.keys() - everywhere.keys()):
            raise _unstated(feed, name, one, "、".join(sorted(missing)))
    return [{**feed.states, **everywhere, **said} for said in own]


def _unstated(feed: Feed, name: str, one: Stated, missing: str) -> BadInput:
    zh, en = ("文件名和标题都", "neither the file's name nor its title says") if len(one.places) > 1 else ("文件名", "")
    example = f"{feed.title.zh}{one.example}"
    return BadInput(
        f"{name}: {zh}没有写明 {missing}；例如 {example}",
        f"{name}: {en or 'the name of the file does not say'} {missing}; for example {example}",
    )
