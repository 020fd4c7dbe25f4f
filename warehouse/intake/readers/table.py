"""A delivered file as tables with the columns of its feed, and the rows that are not data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed, Place, Stated
from warehouse.intake.personal import mask_columns
from warehouse.intake.readers.continuation import continued
from warehouse.intake.readers.delimited import read_csv
from warehouse.intake.readers.grid import NOTES_SHEET, Grid, Remark
from warehouse.intake.readers.header import Head, find_head
from warehouse.intake.readers.limits import require_sane
from warehouse.intake.readers.names import MARKS
from warehouse.intake.readers.no_head import no_head
from warehouse.intake.readers.non_data import FOOTER, REPEATED_HEAD, SCHEMA, non_data, without_head
from warehouse.intake.readers.other_feed import with_other_feed
from warehouse.intake.readers.records import read_json
from warehouse.intake.readers.side_by_side import apart
from warehouse.intake.readers.stacked import cut_below
from warehouse.intake.readers.units import with_unit
from warehouse.intake.readers.workbooks import read_workbook

NOT_READ, CONTINUES = "F07", "F09"
MISSING_MARKS = ("-", "--", "—", "——", "\u2013", "\uff0d", "/", "\uff0f", "\\", "N/A", "n/a")
"""Marks of an empty cell in any feed, except in its key; ``missing`` of a feed adds others."""

_NAMES = ("name", "former_name")
_YEAR_LAST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b"
_ISO = {"mdy": "${3}-${1}-${2}", "dmy": "${3}-${2}-${1}"}


@dataclass(frozen=True)
class Table:
    """Rows of a sheet: ``rows`` has our columns and ``row_no``; ``non_data`` has row_no, rule_id, value.

    ``texts`` are the lines above and below the table, in which a file may state metadata; ``headings`` are the original
    headings by our column names; ``head_row`` is 0 where a sheet continues the previous one.
    """

    sheet: str
    encoding: str
    money_unit: str | None
    texts: dict[Place, str]
    rows: pl.DataFrame
    non_data: pl.DataFrame
    head_row: int
    headings: dict[str, str]
    remarks: tuple[Remark, ...] = ()


def read_tables(path: Path, name: str, feed: Feed) -> list[Table]:
    """Every table of a file; raises ``BadInput`` naming file, sheet, row, column and the way out."""
    grids = _grids(path, name, feed)
    try:
        tables = list(_tables(grids, feed, name))
        if not any(table.headings for table in tables):
            raise no_head(grids, feed, name)
    except BadInput as refusal:
        raise with_other_feed(refusal, grids, feed) from refusal
    if sum(table.rows.height + _waiting(table) for table in tables) < feed.rows.min:
        raise BadInput(f"{name}: 表头之下没有数据行", f"{name}: there are no rows of data below the head")
    return tables


def _waiting(table: Table) -> int:
    """The number of rows that wait for a person, of which a file may have no others."""
    return table.non_data.filter(~pl.col("rule_id").is_in([REPEATED_HEAD, FOOTER])).height


def _grids(path: Path, name: str, feed: Feed) -> list[Grid]:
    detected = require_sane(path, name, list(feed.formats))
    if detected == "json":
        return [read_json(path, name)]
    if detected == "csv":
        return [read_csv(path, name, list(feed.encodings))]
    return read_workbook(detected, path, name)


def _tables(grids: list[Grid], feed: Feed, name: str) -> Iterator[Table]:
    """A table per list with a header or that continues the previous one; the rows of other sheets wait."""
    previous: tuple[Head, pl.DataFrame] | None = None
    parts = [part for sheet in grids for part in (apart(sheet, feed) if sheet.rows.height else [sheet])]
    while parts:
        grid = parts.pop(0)
        where = f"{name} [{grid.sheet}]" if grid.sheet else name
        is_selected = re.search(feed.sheets, grid.sheet) if feed.sheets and grid.sheet else True
        if not (is_selected and grid.rows.height) or grid.sheet == NOTES_SHEET:
            yield _not_read(grid, feed, is_waiting=False)
            continue
        head, remarks = find_head(grid, feed, where), grid.remarks
        if head is None and previous:
            head = continued(grid, *previous)
            remarks = (*remarks, Remark(CONTINUES, f"{grid.sheet}: {grid.rows.height} 行 rows")) if head else remarks
        if head is None:
            yield _not_read(grid, feed, is_waiting=True)
            continue
        grid, below = cut_below(grid, head, feed)
        if below:
            parts.insert(0, below)
        table, body = _table(grid, head, feed, name, remarks)
        previous = head, body
        yield table


def _not_read(grid: Grid, feed: Feed, is_waiting: bool) -> Table:
    """A sheet of which no row is loaded; its rows count as read where they wait for a person."""
    remarks, skipped = grid.remarks, pl.DataFrame(schema=SCHEMA)
    if grid.rows.height and grid.sheet != NOTES_SHEET:
        remarks = (*remarks, Remark(NOT_READ, f"{grid.sheet}: {grid.rows.height} 行 rows"))
        skipped = without_head(grid.rows) if is_waiting else skipped
    rows = pl.DataFrame(schema={"row_no": pl.Int64, **dict.fromkeys(feed.columns, pl.String)})
    return Table(grid.sheet, grid.encoding, None, {}, rows, skipped, 0, {}, remarks)


def _table(grid: Grid, head: Head, feed: Feed, name: str, remarks: tuple[Remark, ...]) -> tuple[Table, pl.DataFrame]:
    """The table under a header, and its rows by grid column."""
    _require_title(grid, head, feed, name)
    body = _with_columns(grid.rows.filter(pl.col("row_no") > head.after_row), head)
    skipped = non_data(body, grid, head, feed)
    kept = body.join(skipped, on="row_no", how="anti", maintain_order="left")
    merged = {merge.column for merge in grid.merges if merge.last > head.after_row}
    values = {name: pl.lit(None, dtype=pl.String) for name in feed.columns} | {
        name: _value(at, name, feed, at in merged) for at, name in head.columns.items()
    }
    rows = mask_columns(
        kept.select("row_no", **values), {name for name, column in feed.columns.items() if column.type == "text"}
    )
    rows = rows.with_columns(with_unit(pl.col(name), unit) for name, unit in head.amount_units.items())
    page_text = body.join(skipped.filter(pl.col("rule_id") == FOOTER), on="row_no", how="semi", maintain_order="left")
    footer = "\n".join(page_text.select(pl.coalesce(pl.exclude("row_no"))).to_series().drop_nulls())
    texts: dict[Place, str] = {"title": head.text_above, "footer": footer}
    headings = {name: head.headings[at] for at, name in head.columns.items()}
    table = Table(grid.sheet, grid.encoding, head.money_unit, texts, rows, skipped, head.row, headings, remarks)
    return table, kept


def _with_columns(rows: pl.DataFrame, head: Head) -> pl.DataFrame:
    """The rows with all columns of a header, which a sheet that continues another may leave empty at its end."""
    return rows.with_columns(pl.lit(None, dtype=pl.String).alias(at) for at in head.headings if at not in rows.columns)


def _require_title(grid: Grid, head: Head, feed: Feed, name: str) -> None:
    for title in filter(feed.is_other_list, head.lines_above):
        where = f"{name} [{grid.sheet}]" if grid.sheet else name
        raise BadInput(
            f"{where}: 表上方写的是“{title}”，不是{feed.title.zh}；若是另一种名单请按其名称命名，若是请改正标题",
            f"{where}: “{title}” stands above the table, which is no {feed.title.en}; name the file after its"
            " list, or correct the title",
        )


def _value(at: str, name: str, feed: Feed, is_merged: bool) -> pl.Expr:
    """The text of a cell; codes for missing become null, and ``fill_down`` columns without merged cells are filled."""
    cell, column = pl.col(at), feed.columns[name]
    if column.fill_down and not is_merged:
        cell = cell.forward_fill()
    if column.type == "number" and column.unit:
        cell = cell.str.strip_suffix(f"（{column.unit}）")  # from the number format of the cell
    if order := column.order:
        cell = cell.str.replace(_YEAR_LAST, _ISO[order])
    if name in _NAMES:
        cell = cell.str.strip_chars_end(MARKS).str.strip_chars_end()
    if name in feed.key:
        return cell
    return pl.when(~_means_missing(cell, (*MISSING_MARKS, *feed.missing))).then(cell)


def _means_missing(cell: pl.Expr, codes: tuple[str, ...]) -> pl.Expr:
    """Whether a cell is a code for missing; a numeric code matches with decimals too: -1, -1.0, -1.00."""
    numbers = [re.escape(code) for code in codes if re.fullmatch(r"-?\d+", code)]
    is_code = cell.is_in(_list(codes))
    return is_code | cell.str.contains(rf"^(?:{'|'.join(numbers)})\.0+$") if numbers else is_code


@lru_cache(maxsize=200)
def _list(codes: tuple[str, ...]) -> pl.Expr:
    """Codes as a list that is made once for all columns and files."""
    return pl.lit(pl.Series(codes).implode())


def stated_of(feed: Feed, name: str, tables: Sequence[Table]) -> list[dict[str, str]]:
    """The values that a file states, per table: those of the table itself take precedence over those of others.

    Raises ``BadInput`` where a required value is missing, such as the day of a notice.
    """
    by_name: dict[Place, str] = {"file_name": Path(name).stem}
    own = [feed.stated_values({**by_name, **table.texts}) for table in tables]
    everywhere = {key: value for values in reversed(own) for key, value in values.items()}
    for statement in feed.stated:
        if statement.required and (missing := statement.regex.groupindex.keys() - everywhere.keys()):
            raise _unstated(feed, name, statement, "、".join(sorted(missing)))
    return [{**feed.states, **everywhere, **values} for values in own]


def _unstated(feed: Feed, name: str, statement: Stated, missing: str) -> BadInput:
    both = ("文件名和标题都", "neither the file's name nor its title says")
    zh, en = both if len(statement.sources) > 1 else ("文件名", "")
    example = f"{feed.title.zh}{statement.example}"
    return BadInput(
        f"{name}: {zh}没有写明 {missing}；例如 {example}",
        f"{name}: {en or 'the name of the file does not say'} {missing}; for example {example}",
    )
