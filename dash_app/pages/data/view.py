"""What a part of the page is drawn from: the questions, who asks, and the address; and the pieces that parts share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.sections import aria_label, table
from dash_app.components.values import count
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.queries.data import DataQueries
from service.queries.records import Part

word = words_of("data")
Row = Mapping[str, Any]
ROWS = 50
"""Rows of a list on one page."""
LONGEST_OFFSET = 9
"""Digits of the number of a first row."""
REGION: Any = {"role": "region", "tabIndex": 0}


@dataclass(frozen=True)
class View:
    """The questions of the page, whether who asks may decide, and the session."""

    data: DataQueries
    session: Session
    may_edit: bool

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.session.lang

    def word(self, key: str) -> str:
        """A word of the page."""
        return word(key, self.lang)

    def asked(self, name: str) -> str:
        """A parameter of the address, cut at 200 signs; empty where it is not there."""
        return self.session.address.get(name, "")[:200]

    @property
    def part(self) -> Part:
        """The rows that the address asks for."""
        start = self.asked("start")
        return Part(ROWS, int(start) if start.isdecimal() and len(start) <= LONGEST_OFFSET else 0)

    def href(self, parameters: Mapping[str, str]) -> str:
        """The address of the page with parameters."""
        return self.session.href(routing.DATA.path(), parameters)

    def with_(self, **changes: str) -> dict[str, str]:
        """The parameters of the present address with some set, or left out where empty; the list from its beginning."""
        kept = {name: value for name, value in self.session.address.items() if name not in ("lang", "start")}
        return {name: value for name, value in {**kept, **changes}.items() if value}


def wide(heads: Iterable[str], rows: Sequence[html.Tr], label: str, **attributes: Any) -> html.Div:
    """A table that scrolls by itself where the screen is narrow."""
    return html.Div(table(heads, rows, **attributes), className="wide", **REGION, **aria_label(label))


def line(heads: Sequence[str], cells: Sequence[Any], is_waiting: bool = False) -> html.Tr:
    """A row whose cells name their column where a narrow screen shows them below each other."""
    labels: list[Any] = [{"data-label": head} for head in heads]
    tds = [html.Td(cell, **label) for cell, label in zip(cells, labels, strict=True)]
    return html.Tr(tds, className="data-decided" if is_waiting else "")


def pager(view: View, total: int) -> list[Any]:
    """Which rows are shown, of how many, with links to those before and after."""
    start = view.part.offset
    end = min(start + ROWS, total)
    parts: list[Any] = [f"{count(min(start + 1, total))}–{count(end)} / {count(total)}"]
    if start:
        parts += [" · ", dcc.Link(view.word("previous"), href=view.href(view.with_(start=str(max(start - ROWS, 0)))))]
    if end < total:
        parts += [" · ", dcc.Link(view.word("next_rows"), href=view.href(view.with_(start=str(end))))]
    return [html.P(parts, className="data-pager")] if total else []


def chip(name: str, href: str, is_chosen: bool) -> dcc.Link:
    """A link to another view; the present one is marked by a sign too."""
    sign = [html.Span("● ", **{"aria-hidden": "true"})] if is_chosen else []
    return dcc.Link([*sign, name], href=href, className="chip" + (" chosen" if is_chosen else ""))


def search(view: View) -> html.Div:
    """The box for a code or a part of a name."""
    box = dcc.Input(
        id=ids.search_box("data"), type="search", value=view.asked("q"), debounce=True, maxLength=100,
        placeholder=view.word("search_hint"), className="data-search",
    )  # fmt: skip
    return html.Div([html.Label([view.word("search"), " ", box])], className="data-filters")


def empty(text: str, kind: str = "empty") -> html.P:
    """Says why nothing is listed; ``kind`` is empty, unknown, forbidden or closed."""
    return html.P(text, className=f"state-{kind}")
