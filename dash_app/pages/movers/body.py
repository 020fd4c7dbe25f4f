"""The body of the movers: facets, chips and the list; and the whole list for paper."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.downloads import downloads
from dash_app.components.sections import aria_label, scrollable
from dash_app.components.still import KEEPS_PLACE, Still, still
from dash_app.components.values import count
from dash_app.pages.movers.facets import chips, facets
from dash_app.pages.movers.figures import listed, pages
from dash_app.pages.movers.state import FURTHER, PAGE_ROWS, PRINTED_ROWS, State
from dash_app.pages.movers.views import current
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.queries.movers.mover_filters import Filters, Rows
from service.queries.movers.mover_list import MoverList
from service.queries.release.records import Slice
from service.wording.rendering import Counted

FILES: dict[Rows, str] = {"firms": "movers", "titles": "movers-titles"}
BY: dict[Rows, str] = {"firms": "by_firms", "titles": "by_titles"}

word = words_of("movers")


def body(movers: MoverList, state: State, session: Session) -> Still:
    """Facets, what is on, and the page of the list; the last page where the address names a later one."""
    lang, rows = session.lang, movers.count(state.filters)
    state = replace(state, page=min(state.page, max(1, -(-rows // PAGE_ROWS))))
    choices = movers.facets(state.filters)
    hits = movers.page(state.filters, state.sort, Slice(PAGE_ROWS, (state.page - 1) * PAGE_ROWS))
    bar = [_matching(rows, state, lang), _switch(state, session), _files(state, session)]
    listing: list[Any] = [
        html.Div(bar, className="movers-bar"),
        chips(choices, state, session),
        *_list(hits, rows, movers, state, session),
    ]
    parts: list[Any] = [
        _filters_button(lang),
        facets(choices, state, session),
        html.Div(listing, className="movers-list"),
    ]
    return still(html.Div(parts, className="movers-body"))


def _list(hits: Sequence[dict[str, Any]], rows: int, movers: MoverList, state: State, session: Session) -> list[Any]:
    lang = session.lang
    if hits:
        return [scrollable(listed(hits, state, session), word("list", lang)), pages(rows, PAGE_ROWS, state, session)]
    if not session.scope.may("see"):
        return [html.P(word("not_yours", lang), className="state-forbidden")]
    is_filtered = bool(state.chosen) and movers.count(Filters()) > 0
    return [html.P(word("no_rows" if is_filtered else "no_firms", lang), className="state-empty")]


def printed(movers: MoverList, state: State, session: Session) -> Still:
    """The whole list without facets, for paper: the heads are repeated on every sheet."""
    lang, rows = session.lang, movers.count(state.filters)
    hits = movers.page(state.filters, state.sort, Slice(PRINTED_ROWS, 0))
    cut = (
        html.P(word("cut", lang).format(rows=Counted(PRINTED_ROWS)), className="state-closed")
        if rows > len(hits)
        else None
    )
    back = dcc.Link(word("back", lang), href=state.href(session, is_printed=False), className="back")
    acting: dict[str, Any] = {"data-act": "print", "type": "button"}
    head = [html.H1(routing.MOVERS.title(lang)), back, html.Button(word("print", lang), **acting)]
    return still(
        html.Div(head, className="movers-head"),
        _matching(rows, state, lang),
        chips(movers.facets(state.filters), state, session),
        cut,
        listed(hits, state, session),
        className="printed",
    )


def _filters_button(lang: Lang) -> html.Button:
    acting: dict[str, Any] = {"data-act": "toggle", "aria-expanded": "false", "aria-controls": ids.FACETS}
    return html.Button(word("filters", lang), type="button", className="to-filters", **acting)


def _matching(rows: int, state: State, lang: Lang) -> html.P:
    unit = word("of_titles" if state.rows == "titles" else "of_firms", lang).format(n=Counted(rows))
    number = html.B(count(rows), id=ids.MATCHING)
    return html.P(
        [word("matching", lang), " ", number, f" {unit} · ", word(_order(state), lang)],
        className="matching",
        role="status",
    )


def _order(state: State) -> str:
    return "sorted" if state.sort else "most_urgent_first"


def _switch(state: State, session: Session) -> html.Div:
    """A row a firm or a row a title; further columns; the list for paper."""
    lang = session.lang
    switches = [
        html.A(word(BY[rows], lang), href=state.href(session, rows=rows), **KEEPS_PLACE, **current(state.rows == rows))
        for rows in BY
    ]
    columns = [
        html.Li(
            html.A(
                word(name, lang),
                href=state.href(session, further=tuple(_toggled(state.further, name)), page=state.page),
                **KEEPS_PLACE,
                **current(name in state.further),
            )
        )
        for name in FURTHER
    ]
    return html.Div(
        [
            html.Nav(switches, className="tabs", **aria_label(word("row_of", lang))),
            html.Details([html.Summary(word("columns", lang)), html.Ul(columns)], className="columns"),
            dcc.Link(word("print_all", lang), href=state.href(session, is_printed=True)),
        ],
        className="switch",
    )


def _files(state: State, session: Session) -> html.Span:
    """The list as files, by the address of this state: one's own firms are in it where the page opened with them."""
    return downloads(FILES[state.rows], replace(session, address=state.parameters))


def _toggled(names: tuple[str, ...], name: str) -> list[str]:
    wanted = set(names) ^ {name}
    return [further for further in FURTHER if further in wanted]
