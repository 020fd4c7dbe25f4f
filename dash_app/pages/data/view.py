"""What a part of the page is drawn from: the questions, the user, and the address; and the pieces that parts share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html

from dash_app import routing
from dash_app.components.badges import HIDDEN
from dash_app.components.downloads import downloads
from dash_app.components.sections import aria_label, scrollable, table
from dash_app.components.still import Still, still
from dash_app.components.values import count
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.queries.data import DataQueries
from service.queries.release.records import Slice

word = words_of("data")
ROWS = 50
"""Rows of a list on one page."""
LONGEST_OFFSET = 9
"""Digits of the number of a first row."""
NOT_FILTERS = ("lang", "start", "firm")
"""What an address has beside its filters."""
LIVE = (0,)
"""The cell with the box that ticks a row."""


@dataclass(frozen=True)
class View:
    """The questions of the page, whether the user may decide, and the session."""

    data: DataQueries
    session: Session
    may_edit: bool

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.session.lang

    def word(self, key: str) -> str:
        """Text of ``wording/`` in the language of the session."""
        return word(key, self.lang)

    def asked(self, name: str) -> str:
        """A parameter of the address, cut at 200 signs; empty where it is not there."""
        return self.session.address.get(name, "")[:200]

    @property
    def part(self) -> Slice:
        """The rows that the address asks for."""
        start = self.asked("start")
        return Slice(ROWS, int(start) if start.isdecimal() and len(start) <= LONGEST_OFFSET else 0)

    def href(self, parameters: Mapping[str, str]) -> str:
        """The address of the page with parameters."""
        return self.session.href(routing.DATA.path(), parameters)

    def with_(self, **changes: str) -> dict[str, str]:
        """The parameters of the present address with some set, or left out where empty; the list from its beginning."""
        kept = {name: value for name, value in self.session.address.items() if name not in NOT_FILTERS}
        return {name: value for name, value in {**kept, **changes}.items() if value}


def scrollable_table(heads: Iterable[str], rows: Sequence[html.Tr], label: str, **attributes: Any) -> html.Div:
    """A table that scrolls by itself where the screen is narrow; for rows with boxes that callbacks read."""
    return scrollable(table(heads, rows, **attributes), label)


def still_table(heads: Iterable[str], rows: Sequence[html.Tr], label: str, **attributes: Any) -> Still:
    """The same as one component, for rows that no callback reads."""
    return still(scrollable_table(heads, rows, label, **attributes))


def line(heads: Sequence[str], cells: Sequence[Any], live: Iterable[int] = (), is_decided: bool = False) -> html.Tr:
    """A row whose cells name their column where a narrow screen shows them below each other.

    Cells but those numbered ``live``, which callbacks read, are still. A row that is decided is shaded.
    """
    labels: list[Any] = [{"data-label": head} for head in heads]
    kept = [cell if number in live or cell is None else still(cell) for number, cell in enumerate(cells)]
    tds = [html.Td(cell, **label) for cell, label in zip(kept, labels, strict=True)]
    return html.Tr(tds, className="data-decided" if is_decided else None)


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


def chip(name: str, href: str, is_chosen: bool) -> html.A:
    """A link to another view; the present one is marked for eyes and for screen readers."""
    sign = [html.Span("● ", **HIDDEN)] if is_chosen else []
    current: dict[str, Any] = {"data-go": "", **({"aria-current": "true"} if is_chosen else {})}
    return html.A([*sign, name], href=href, className="chip" + (" chosen" if is_chosen else ""), **current)


def chips(links: Sequence[html.A], label: str) -> Still:
    """Links to other views side by side."""
    return still(html.Nav(links, className="chips", **aria_label(label)))


def search(view: View) -> Still:
    """The form for a code or a part of a name, which becomes an address."""
    kept = {name: value for name, value in view.with_(q="").items() if name in ("part", "reason", "state")}
    hidden = [dcc.Input(type="hidden", name=name, value=value) for name, value in kept.items()]
    if view.lang != "zh":
        hidden.append(dcc.Input(type="hidden", name="lang", value=view.lang))
    box = dcc.Input(
        type="search", name="q", value=view.asked("q"), placeholder=view.word("search_hint"), className="data-search"
    )
    label = html.Label([html.Span(view.word("search")), box])
    goes: Any = {"data-go": ""}
    form = html.Form(
        [*hidden, label, html.Button(view.word("search"), type="submit")],
        action=f"{view.session.base}{routing.DATA.path()}",
        **goes,
    )
    return still(html.Div(form, className="data-filters"))


def take(name: str, view: View) -> Any:
    """The links that take a list away as it is filtered."""
    return downloads(name, view.session)


def empty(text: str, kind: str = "empty") -> html.P:
    """States why nothing is listed; ``kind`` is empty, unknown, forbidden or closed."""
    return html.P(text, className=f"state-{kind}")
