"""Rows below the header that are not loaded: repeated headers, footers, notes, and rows with uncertain columns.

Rows that match ``page_text.yml`` are dropped as page text; any other row that cannot be loaded goes to quarantine.
"""

from collections.abc import Callable, Sequence

import polars as pl

from warehouse.intake.feed import Feed
from warehouse.intake.personal import masked
from warehouse.intake.readers import unreadable
from warehouse.intake.readers.column_marks import column_marks
from warehouse.intake.readers.grid import Grid
from warehouse.intake.readers.header import Head
from warehouse.intake.readers.names import column_matches, is_firm_name, kind_of, matches, numbering
from warehouse.intake.readers.row_names import RowNames

REPEATED_HEAD, FOOTER, STRAY_CELL, NOTHING_REQUIRED, SHARED_FIGURE = "F01", "F02", "F03", "F04", "F08"
ONE_CELL, NO_HEAD, NO_NAME, UNREADABLE = "F12", "F17", "F18", "F19"
_FOOTER_CELLS = 2
"""A footer is a label and at most one more cell."""
_FIGURES = ("money", "count", "number", "rate")
_NUMERIC = r"^[-+￥¥$]?[\d,]*\.?\d+%?$|^[-—–/]+$"
_RULE = r"^[-=*_~—─━═.·…]{3,}$"
"""A line drawn with signs."""
_MOST_SHOWN = 200

SCHEMA = {"row_no": pl.Int64, "rule_id": pl.String, "value": pl.String}


def non_data(body: pl.DataFrame, grid: Grid, head: Head, feed: Feed) -> pl.DataFrame:
    """``row_no``, ``rule_id`` and ``value`` of the rows below the header that must not be loaded.

    Of page text, which may name people, the value is its kind; telephone and identity numbers in others are masked.
    """
    cells = [column for column in body.columns if column != "row_no"]
    without_heading = [at for at in cells if at not in head.headings]
    filled = pl.sum_horizontal(pl.col(at).is_not_null() for at in cells)
    is_mark = pl.col("row_no").is_in(column_marks(body))
    is_page_row = pl.col("row_no").is_in(_page_rows(body, cells, filled, head, feed))
    row_names = RowNames.of(body, head, feed)
    rules = {
        REPEATED_HEAD: _repeats(body, head, cells),
        FOOTER: is_page_row | is_mark | pl.lit(row_names.are_page_text),
        STRAY_CELL: _any_filled(without_heading),
        UNREADABLE: unreadable.in_any(body, head),
        ONE_CELL: _is_alone(filled, head, feed),
        NOTHING_REQUIRED: _has_nothing_required(head, feed),
        SHARED_FIGURE: _shares_a_figure(grid, head, feed),
        NO_NAME: pl.lit(row_names.are_none),
    }
    rule = pl.coalesce(pl.when(applies.fill_null(False)).then(pl.lit(rule_id)) for rule_id, applies in rules.items())
    rows = body.with_columns(rule_id=rule, is_named=row_names.are_page_text).filter(pl.col("rule_id").is_not_null())
    if rows.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    # Only now, of few rows: every branch of a value is worked out for each.
    first, name = pl.coalesce(cells), row_names.name
    page_text = kind_of(pl.when("is_named").then(name).otherwise(first))
    values: dict[str, Callable[[], pl.Expr]] = {
        FOOTER: lambda: pl.when(is_mark).then(pl.lit(numbering())).otherwise(page_text),
        STRAY_CELL: lambda: masked(pl.coalesce(without_heading or cells)),
        UNREADABLE: lambda: masked(unreadable.described(head, cells)),
        NO_NAME: lambda: masked(name),
    }
    applied = [rule_id for rule_id in rows["rule_id"].unique(maintain_order=True) if rule_id in values]
    branches = [pl.when(pl.col("rule_id") == rule_id).then(values[rule_id]()) for rule_id in applied]
    return rows.select("row_no", "rule_id", value=pl.coalesce(*branches, masked(first)).str.slice(0, _MOST_SHOWN))


def without_head(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a sheet without a header as ``non_data``: page text where all of it is, else every row waits.

    A sheet of single cells is text, unless one of them names a firm or is its code.
    """
    cells = [column for column in rows.columns if column != "row_no"]
    filled = pl.sum_horizontal(pl.col(at).is_not_null() for at in cells)
    is_data = pl.any_horizontal(
        is_firm_name(pl.col(at)).fill_null(False) | pl.col(at).str.contains("^[0-9A-Za-z]{18}$").fill_null(False)
        for at in cells
    )
    is_text = not rows.select(((filled > 1) | is_data).any()).item()
    first = pl.coalesce(cells)
    is_page_text = pl.lit(True) if is_text else (filled == 1) & ~is_data & matches(first, "footers", "sentences")
    shown = pl.concat_str([pl.col(at) for at in cells], separator=" | ", ignore_nulls=True)
    return rows.select(
        "row_no",
        rule_id=pl.when(is_page_text).then(pl.lit(FOOTER)).otherwise(pl.lit(NO_HEAD)),
        value=pl.when(is_page_text).then(kind_of(first)).otherwise(masked(shown)).str.slice(0, _MOST_SHOWN),
    )


def _any_filled(cells: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal([pl.col(at).is_not_null() for at in cells]) if cells else pl.lit(False)


def _repeats(body: pl.DataFrame, head: Head, cells: Sequence[str]) -> pl.Expr:
    """Whether a row equals one of the rows of the header, empty cells aside; its first cell is not empty."""
    repeated = [pl.lit(False)]
    for row in head.rows or (head.headings,):
        first = next(iter(row))
        if not (body[first] == row[first]).any():
            continue
        equal = [pl.col(at).is_null() | (pl.col(at) == row.get(at, "")) for at in cells]
        repeated.append((pl.col(first) == row[first]).fill_null(False) & pl.all_horizontal(equal))
    return pl.any_horizontal(repeated)


def _page_rows(body: pl.DataFrame, cells: Sequence[str], filled: pl.Expr, head: Head, feed: Feed) -> list[int]:
    """The numbers of the rows of page text; all their cells are looked at only where the first may begin one."""
    first = pl.coalesce(cells)
    may_be = (filled <= _FOOTER_CELLS) | matches(first, "footers") | first.str.contains(_RULE)
    rows = body.filter(may_be)
    return rows.filter(_is_page_row(cells, filled, head, feed))["row_no"].to_list() if rows.height else []


def _is_page_row(cells: Sequence[str], filled: pl.Expr, head: Head, feed: Feed) -> pl.Expr:
    """Footers and notes, totals with figures, rows of signatures."""
    first = pl.coalesce(cells)
    cannot_load = _has_nothing_required(head, feed) | _is_alone(filled, head, feed)
    is_footer = matches(first, "footers").fill_null(False)
    is_short = (filled <= _FOOTER_CELLS) & (is_footer | (cannot_load & _is_page_text(first, filled, head)))
    are_footers = pl.all_horizontal(pl.col(at).is_null() | column_matches(at, "footers") for at in cells)
    figures = pl.sum_horizontal(pl.col(at).str.contains(_NUMERIC).fill_null(False) for at in cells)
    is_total = is_footer & (filled > 1) & (figures == filled - 1)
    is_ruled = pl.all_horizontal(pl.col(at).is_null() | pl.col(at).str.contains(_RULE) for at in cells)
    return is_short.fill_null(False) | are_footers | is_total | is_ruled


def _is_page_text(first: pl.Expr, filled: pl.Expr, head: Head) -> pl.Expr:
    """A sentence or heading, a line repeated from above the header, or a lone running number in an ignored column."""
    numbered = [pl.col(at).str.contains(r"^\d+$") for at in head.headings if at not in head.columns]
    is_number = pl.any_horizontal(numbered).fill_null(False) if numbered else pl.lit(False)
    is_sentence = matches(first, "sentences") & ~matches(first, "holding_firms")
    return is_sentence | first.is_in(head.lines_above) | ((filled == 1) & is_number)


def _required(head: Head, feed: Feed) -> Sequence[str]:
    """Grid columns of the required values, without merged cells, which fill a footer below them too."""
    return [at for at, name in head.columns.items() if feed.columns[name].required and not feed.columns[name].fill_down]


def _has_nothing_required(head: Head, feed: Feed) -> pl.Expr:
    """A row without any required value: page text, or a row that describes no firm."""
    required = _required(head, feed)
    return pl.all_horizontal(pl.col(at).is_null() for at in required) if required else pl.lit(False)


def _is_alone(filled: pl.Expr, head: Head, feed: Feed) -> pl.Expr:
    """A single filled cell although two or more are required: a note, or a row that is otherwise empty."""
    return (filled == 1) & pl.lit(len(_required(head, feed)) > 1)


def _shares_a_figure(grid: Grid, head: Head, feed: Feed) -> pl.Expr:
    """A figure merged over several rows is their total; it is loaded for none of them."""
    figures = {at for at, name in head.columns.items() if feed.columns[name].type in _FIGURES}
    rows = [row for merge in grid.merges if merge.column in figures for row in range(merge.first, merge.last + 1)]
    return pl.col("row_no").is_in(rows) if rows else pl.lit(False)
