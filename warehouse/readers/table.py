"""A delivered file as a table of our columns: the grid, its head, and the rows that are no data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from warehouse.errors import BadInput
from warehouse.feed import Feed
from warehouse.readers.comma import read_csv
from warehouse.readers.grid import Grid
from warehouse.readers.header import Head, find_head
from warehouse.readers.limits import require_sane
from warehouse.readers.workbook import read_xlsx

REPEATED_HEAD, FOOTER, STRAY_CELL = "F01", "F02", "F03"


@dataclass(frozen=True)
class Table:
    """Rows of one sheet: ``rows`` has our columns, ``row_no`` and ``sheet``; ``aside`` row_no, rule_id, value."""

    sheet: str
    encoding: str
    money_unit: str | None
    stated: dict[str, str]
    rows: pl.DataFrame
    aside: pl.DataFrame


def read_tables(path: Path, name: str, feed: Feed) -> list[Table]:
    """Every table of a file; raises ``BadInput`` naming file, sheet, row, column and the way out."""
    found = require_sane(path, name, list(feed.formats))
    grids = read_xlsx(path, name) if found == "xlsx" else [read_csv(path, name, list(feed.encodings))]
    tables = [table for grid in grids if (table := _table(grid, feed, name))]
    if not tables:
        headings = "、".join(c.headings[0] for c in feed.columns.values() if c.required)
        raise BadInput(
            f"{name}: 前 40 行内找不到表头；应有 {headings}",
            f"{name}: no head was found in the first 40 rows; expected {headings}",
        )
    _require_rows(sum(table.rows.height for table in tables), feed, name)
    return tables


def _require_rows(count: int, feed: Feed, name: str) -> None:
    if count < feed.rows.min:
        raise BadInput(f"{name}: 表头之下没有数据行", f"{name}: there are no rows of data below the head")


def _table(grid: Grid, feed: Feed, name: str) -> Table | None:
    where = f"{name} [{grid.sheet}]" if grid.sheet else name
    head = find_head(grid, feed, where)
    if head is None:
        return None
    body = grid.rows.filter(pl.col("row_no") > head.after_row)
    aside = _set_aside(body, head, feed)
    kept = body.join(aside, on="row_no", how="anti", maintain_order="left")
    ours = {c: pl.lit(None, dtype=pl.String) for c in feed.columns} | {
        ours: _value(at, ours, feed) for at, ours in head.columns.items()
    }
    rows = kept.select("row_no", **ours)
    stated = _stated(feed, "title", head.words_above, name)
    return Table(grid.sheet, grid.encoding, head.money_unit, stated, rows, aside)


def _value(at: str, ours: str, feed: Feed) -> pl.Expr:
    """The text of a cell; signs that mean missing become null, merged cells are filled down."""
    cell = pl.col(at)
    if feed.columns[ours].fill_down:
        cell = cell.forward_fill()
    if ours in feed.key or not feed.missing:
        return cell
    return pl.when(~_means_missing(cell, feed.missing)).then(cell)


def _means_missing(cell: pl.Expr, signs: Sequence[str]) -> pl.Expr:
    """A sign that is a number is meant in whatever way it is written: -1, -1.0, -1.00."""
    numbers = [re.escape(sign) for sign in signs if re.fullmatch(r"-?\d+", sign)]
    written = cell.is_in(list(signs))
    return written | cell.str.contains(rf"^(?:{'|'.join(numbers)})\.0+$") if numbers else written


def _set_aside(body: pl.DataFrame, head: Head, feed: Feed) -> pl.DataFrame:
    """Repeated heads, footers, and rows with a text where the table has no column."""
    cells = [column for column in body.columns if column != "row_no"]
    first = pl.coalesce(cells)
    first_head = next(iter(head.headings))
    repeats = (pl.col(first_head) == head.headings[first_head]) & pl.all_horizontal(
        pl.col(at).is_null() | (pl.col(at) == text) for at, text in head.headings.items()
    )
    filled = pl.sum_horizontal(pl.col(at).is_not_null() for at in cells)
    footer = pl.lit(False)
    if feed.footers:
        footer = first.str.contains("|".join(f"(?:{one})" for one in feed.footers)) & (filled <= 2)
    beyond = [at for at in cells if at not in head.headings]
    stray = pl.any_horizontal([pl.col(at).is_not_null() for at in beyond]) if beyond else pl.lit(False)
    rule = (
        pl.when(repeats.fill_null(False))
        .then(pl.lit(REPEATED_HEAD))
        .when(footer.fill_null(False))
        .then(pl.lit(FOOTER))
        .when(stray)
        .then(pl.lit(STRAY_CELL))
    )
    value = pl.when(rule == STRAY_CELL).then(pl.coalesce(beyond or cells)).otherwise(first)
    found = body.select("row_no", rule_id=rule, value=value.str.slice(0, 200))
    return found.filter(pl.col("rule_id").is_not_null())


def stated_by_name(feed: Feed, name: str) -> dict[str, str]:
    """What the file's name says, such as the day of a notice; a required part that is absent is bad input."""
    return {**feed.states, **_stated(feed, "file_name", Path(name).stem, name)}


def _stated(feed: Feed, source: Literal["file_name", "title"], text: str, name: str) -> dict[str, str]:
    said = feed.said_in(source, text)
    for stated in feed.stated:
        if stated.source == source and stated.required and not re.search(stated.pattern, text):
            raise BadInput(
                f"{name}: 文件名没有写明 {_groups(stated.pattern)}；例如 {stated.example}",
                f"{name}: the file's name does not say {_groups(stated.pattern)}; for example {stated.example}",
            )
    return said


def _groups(pattern: str) -> str:
    return "、".join(re.compile(pattern).groupindex)
