"""Sheets without a header: read under the header of the previous sheet only where every column is of the same kind."""

from dataclasses import replace

import polars as pl

from warehouse.intake.readers.grid import Grid
from warehouse.intake.readers.header import Head
from warehouse.intake.readers.names import is_firm_name, matches
from warehouse.intake.readers.shares import shares

_IDENTIFYING = ("code", "firm", "serial")
_KINDS = {
    "code": r"^[0-9A-Za-z]{18}$",
    "date": r"^(?:19|20)\d{2}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?:[ T].*)?$|^(?:19|20)\d{6}$",
    "serial": r"^\d{1,5}$",
    "number": r"^[-+]?[\d,]*\.?\d+%?$",
    "certificate": r"^[A-Za-z]{1,4}\d{6,}$",
}


def continued(grid: Grid, head: Head, previous: pl.DataFrame) -> Head | None:
    """The header under which a sheet is read on; None unless its rows surely have the columns of the previous sheet.

    ``previous`` has the data rows of the previous sheet by grid column. Lines above the first full row are titles.
    """
    least = previous.height * shares().filled
    columns = [at for at in previous.columns if at != "row_no" and previous[at].count() > least]
    if previous.is_empty() or not columns or set(grid.rows.columns) - {"row_no"} - set(head.headings):
        return None
    if not set(columns) <= set(grid.rows.columns):
        return None
    cells = [at for at in grid.rows.columns if at != "row_no"]
    is_line = pl.sum_horizontal(pl.col(at).is_not_null() for at in cells) < len(columns) * shares().filled
    is_line |= matches(pl.coalesce(cells), "footers")
    body = grid.rows.filter(~is_line)
    if body.is_empty() or not _is_same(body, previous, columns):
        return None
    titles = grid.rows.filter(pl.col("row_no") < body["row_no"][0])
    lines = tuple(text for row in titles.drop("row_no").rows() for text in row if text is not None)
    after = int(titles["row_no"].max() or 0)  # type: ignore[arg-type]
    return replace(head, row=0, after_row=after, lines_above=lines)


def _is_same(body: pl.DataFrame, previous: pl.DataFrame, columns: list[str]) -> bool:
    """Whether each column has one kind in both sheets, the first row included, and one of them identifies a firm."""
    kinds = {at: _kind(previous[at]) for at in columns}
    if not set(kinds.values()) & set(_IDENTIFYING):
        return False
    return all(_fits(body[at], kind) for at, kind in kinds.items())


def _kind(cells: pl.Series) -> str:
    """The kind of most cells, else ``text``."""
    filled = cells.drop_nulls()
    return next((kind for kind in ("code", "firm", *_KINDS) if _share(filled, kind) >= shares().of_a_kind), "text")


def _fits(cells: pl.Series, kind: str) -> bool:
    """Whether a column is of a kind from its first cell on; a text is what is of no other kind."""
    filled = cells.drop_nulls()
    if filled.is_empty():
        return False
    if kind == "text":
        few = 1 - shares().of_a_kind
        return all(_share(filled, other) < few for other in ("code", "firm", "date", "number", "certificate"))
    return _share(filled.head(1), kind) == 1 and _share(filled, kind) >= shares().of_a_kind


def _share(cells: pl.Series, kind: str) -> float:
    frame = cells.alias("cell").to_frame()
    is_kind = is_firm_name(pl.col("cell")) if kind == "firm" else pl.col("cell").str.contains(_KINDS[kind])
    share = frame.select(is_kind.mean()).item()
    return float(share or 0)
