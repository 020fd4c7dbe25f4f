"""The names of a table's rows: which of them are page text, and which are neither a firm's name nor page text."""

from dataclasses import dataclass
from typing import Self

import polars as pl

from warehouse.intake.feed import Feed
from warehouse.intake.readers.header import Head
from warehouse.intake.readers.names import is_firm_name, matches

_MOST = 0.5
"""In a list of firms more than this share of the names ends as names of firms do; a usual column is filled as often."""


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
        name = pl.col(at)
        kinds = body.select(firm=is_firm_name(name).fill_null(False), page_text=matches(name, "footers", "sentences"))
        is_firm, reads_as_page_text = pl.lit(kinds["firm"]), pl.lit(kinds["page_text"])
        firms, named = body.filter(is_firm), body.filter(~reads_as_page_text)
        usual = [other for other in _beside(at, head, feed, body) if _share(firms, named, body, other) > _MOST]
        is_bare = pl.all_horizontal(pl.col(other).is_null() for other in usual) if usual else pl.lit(True)
        has_names = firms.height > named.height * _MOST
        is_doubtful = name.is_not_null() & ~is_firm & is_bare
        is_page_text = is_doubtful & reads_as_page_text & ~_holds_firm(name)
        is_none = (is_doubtful & pl.lit(bool(usual) or has_names)) | _is_impossible(name, head)
        marks = body.select(page_text=is_page_text.fill_null(False), none=is_none.fill_null(False))
        return cls(name, marks["page_text"], marks["none"])


def _holds_firm(text: pl.Expr) -> pl.Expr:
    """Whether a sentence holds the name of a firm; one after a label, as in 技术支持：…有限公司, is page text."""
    return matches(text, "holding_firms") & ~matches(text, "footers")


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


def _is_impossible(name: pl.Expr, head: Head) -> pl.Expr:
    """Whether a name is a figure, a day, a code or a sentence, in a row without the code of a firm."""
    code = next((at for at, column in head.columns.items() if column == "uscc"), None)
    has_code = pl.col(code).is_not_null() if code else pl.lit(False)
    return matches(name, "impossible_names") & ~has_code
