"""The names of a table's rows: which of them are page text, and which are neither a firm's name nor page text."""

from dataclasses import dataclass
from typing import Self

import polars as pl

from warehouse.intake.feed import Feed
from warehouse.intake.readers.header import Head
from warehouse.intake.readers.names import are_firm_names, column_matches
from warehouse.intake.readers.shares import shares


@dataclass(frozen=True)
class RowNames:
    """Booleans of the rows of a table; ``name`` is null where the feed requires no name.

    They are columns and no expressions, since an expression is worked out anew at each place where it stands.
    """

    name: pl.Expr
    are_page_text: pl.Series
    are_none: pl.Series
    """Rows whose name is neither a firm's nor page text, or that lack what every firm of the table has beside it."""

    @classmethod
    def of(cls, body: pl.DataFrame, head: Head, feed: Feed) -> Self:
        """The names of a table. A name counts as a firm's where the row has what the other rows of the table have."""
        at = next((at for at, column in head.columns.items() if column == "name" and feed.columns["name"].required), "")
        if at not in body.columns or body.is_empty():
            none = pl.repeat(False, body.height, eager=True)
            return cls(pl.lit(None, dtype=pl.String), none, none)
        is_firm = are_firm_names(body[at])
        firms, others = body.filter(is_firm), body.filter(~is_firm & body[at].is_not_null())
        others = others.with_columns(reads_as_page_text=column_matches(at, "footers", "sentences"))
        named = others.filter(~pl.col("reads_as_page_text"))
        filled = shares().filled
        usual = [other for other in _beside(at, head, feed, body) if _share(firms, named, body, other) > filled]
        doubtful = others.filter(pl.all_horizontal(pl.col(other).is_null() for other in usual)) if usual else others
        page_text = doubtful.filter(pl.col("reads_as_page_text") & ~_holds_firm(at))
        waiting = [doubtful["row_no"]] if usual or _has_names(firms, named, at) else []
        waiting.append(_impossible(body, at, head)["row_no"])
        marks = body.select(
            page_text=pl.col("row_no").is_in(page_text["row_no"].implode()),
            none=pl.col("row_no").is_in(pl.concat(waiting).implode()),
        )
        return cls(pl.col(at), marks["page_text"], marks["none"])


def _has_names(firms: pl.DataFrame, named: pl.DataFrame, at: str) -> bool:
    """Whether most names end as those of firms do, page text aside; ``named`` are names of no firm."""
    if firms.height > named.height:
        return True
    read_as_names = firms.filter(~column_matches(at, "footers", "sentences")).height
    return firms.height > (named.height + read_as_names) * shares().names


def _holds_firm(at: str) -> pl.Expr:
    """Whether a sentence holds the name of a firm; one after a label, as in 技术支持：…有限公司, is page text."""
    return column_matches(at, "holding_firms") & ~column_matches(at, "footers")


def _beside(at: str, head: Head, feed: Feed, body: pl.DataFrame) -> list[str]:
    """The columns beside the name, without those whose cells fill several rows."""
    filling = {other for other, column in head.columns.items() if feed.columns[column].fill_down}
    return [other for other in head.headings if other != at and other not in filling and other in body.columns]


def _share(firms: pl.DataFrame, named: pl.DataFrame, body: pl.DataFrame, column: str) -> float:
    """The share of filled cells among the rows of firms, or of all names where none is a firm's by its form.

    Where every name reads like page text, as those of districts and zones do, it is that of all rows.
    """
    rows = next(rows for rows in (firms, named, body) if rows.height)
    return rows[column].count() / rows.height


def _impossible(body: pl.DataFrame, at: str, head: Head) -> pl.DataFrame:
    """The rows without the code of a firm whose name is a figure, a day, a code or a sentence."""
    code = next((at for at, column in head.columns.items() if column == "uscc"), None)
    without_code = body.filter(pl.col(code).is_null()) if code else body
    return without_code.filter(column_matches(at, "impossible_names"))
