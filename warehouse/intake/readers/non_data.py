"""Rows below the header that are not loaded: repeated headers, footers, notes, and rows with uncertain columns.

Rows that match ``page_text.yml`` are dropped as page text; any other row that cannot be loaded goes to quarantine.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import polars as pl

from warehouse.definition import read_yaml
from warehouse.intake.feed import Feed
from warehouse.intake.readers.grid import Grid
from warehouse.intake.readers.header import Head

REPEATED_HEAD, FOOTER, STRAY_CELL, NOTHING_REQUIRED, SHARED_FIGURE = "F01", "F02", "F03", "F04", "F08"
ONE_CELL = "F12"
_FOOTER_CELLS = 2
"""A footer is a label and at most one more cell."""
_FIGURES = ("money", "count", "number", "rate")


def non_data(body: pl.DataFrame, grid: Grid, head: Head, feed: Feed) -> pl.DataFrame:
    """``row_no``, ``rule_id`` and ``value`` of the rows below the header that must not be loaded."""
    cells = [column for column in body.columns if column != "row_no"]
    first = pl.coalesce(cells)
    without_heading = [at for at in cells if at not in head.headings]
    stray = (
        pl.any_horizontal([pl.col(at).is_not_null() for at in without_heading]) if without_heading else pl.lit(False)
    )
    filled = pl.sum_horizontal(pl.col(at).is_not_null() for at in cells)
    cannot_load = _has_nothing_required(head, feed) | _is_alone(filled, head, feed)
    rule = (
        pl.when(_repeats(head).fill_null(False))
        .then(pl.lit(REPEATED_HEAD))
        .when(
            (
                (filled <= _FOOTER_CELLS) & (_is_footer(first) | (cannot_load & _is_page_text(first, filled, head)))
            ).fill_null(False)
        )
        .then(pl.lit(FOOTER))
        .when(stray)
        .then(pl.lit(STRAY_CELL))
        .when(_is_alone(filled, head, feed))
        .then(pl.lit(ONE_CELL))
        .when(_has_nothing_required(head, feed))
        .then(pl.lit(NOTHING_REQUIRED))
        .when(_shares_a_figure(grid, head, feed))
        .then(pl.lit(SHARED_FIGURE))
    )
    value = pl.when(rule == STRAY_CELL).then(pl.coalesce(without_heading or cells)).otherwise(first)
    rows = body.select("row_no", rule_id=rule, value=value.str.slice(0, 200))
    return rows.filter(pl.col("rule_id").is_not_null())


def _repeats(head: Head) -> pl.Expr:
    first = next(iter(head.headings))
    return (pl.col(first) == head.headings[first]) & pl.all_horizontal(
        pl.col(at).is_null() | (pl.col(at) == text) for at, text in head.headings.items()
    )


@cache
def _patterns(name: str) -> str:
    content, _ = read_yaml(Path(__file__).with_name("page_text.yml"))
    return "|".join(f"(?:{pattern})" for pattern in content[name])


def _is_footer(first: pl.Expr) -> pl.Expr:
    return first.str.contains(_patterns("footers"))


def _is_page_text(first: pl.Expr, filled: pl.Expr, head: Head) -> pl.Expr:
    """A sentence or heading, a line repeated from above the header, or a lone running number in an ignored column."""
    numbered = [pl.col(at).str.contains(r"^\d+$") for at in head.headings if at not in head.columns]
    is_number = pl.any_horizontal(numbered).fill_null(False) if numbered else pl.lit(False)
    return first.str.contains(_patterns("sentences")) | first.is_in(head.lines_above) | ((filled == 1) & is_number)


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
