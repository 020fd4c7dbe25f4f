"""The layout of the movers: the ladder in a line, views, facets, chips, and the list."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.downloads import downloads
from dash_app.components.page import page
from dash_app.components.sections import aria_label
from dash_app.components.still import still
from dash_app.components.values import count
from dash_app.pages.movers.facets import chips, facets
from dash_app.pages.movers.figures import listed, pages
from dash_app.pages.movers.state import FURTHER, PAGE_ROWS, PRINTED_ROWS, State
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.queries.mover_list import MoverList
from service.queries.records import Part
from service.reader import ReleaseQueries

word = words_of("movers")


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page of the state in the address; without an owner in it, of one's own firms, where one has some."""
    state = State.of(session.address)
    movers = release.mover_list(state.rows)
    own = movers.count(state.filters.with_(owner=session.scope.who, **_NO_FILTERS))
    if own and not state.filters.owner:
        state = replace(state, filters=state.filters.with_(owner=session.scope.who))
    content = _printed(movers, state, session) if state.is_printed else _content(release, movers, own, state, session)
    return page(content, session, release.freshness(), state.parameters)


_NO_FILTERS = dict.fromkeys(
    ("change", "signal", "held", "designation", "incubator", "q", "met", "park", "sector", "due_within"), ""
)


def _content(release: ReleaseQueries, movers: MoverList, own: int, state: State, session: Session) -> list[Any]:
    lang, rows = session.lang, movers.count(state.asked)
    state = replace(state, page=min(state.page, max(1, -(-rows // PAGE_ROWS))))
    choices = movers.facets(state.asked)
    found = movers.page(state.asked, state.sort, Part(PAGE_ROWS, (state.page - 1) * PAGE_ROWS))
    return [
        still(
            html.Div([html.H1(routing.MOVERS.title(lang)), _ladder(release.ladder(), lang)], className="movers-head"),
            html.Div([_owners(own, state, session), _search(state, session)], className="movers-bar"),
        ),
        still(
            html.Div(
                [
                    _filters_button(lang),
                    facets(choices, state, session),
                    html.Div(
                        [
                            html.Div(
                                [_matching(rows, state, lang), _switch(state, session), downloads("movers", session)],
                                className="movers-bar",
                            ),
                            chips(choices, state, session),
                            *_list(found, rows, movers, state, session),
                        ],
                        className="movers-list",
                    ),
                ],
                className="movers-body",
            )
        ),
    ]


def _list(found: Sequence[dict[str, Any]], rows: int, movers: MoverList, state: State, session: Session) -> list[Any]:
    lang = session.lang
    if found:
        scrolled: dict[str, Any] = {"role": "region", "tabIndex": 0, **aria_label(word("list", lang))}
        return [
            html.Div(listed(found, state, session), className="wide", **scrolled),
            pages(rows, PAGE_ROWS, state, session),
        ]
    if not session.scope.may("see"):
        return [html.P(word("not_yours", lang), className="state-forbidden")]
    is_filtered = bool(state.chosen) and movers.count(replace(state, filters=type(state.filters)()).filters) > 0
    return [html.P(word("no_rows" if is_filtered else "no_firms", lang), className="state-empty")]


def _printed(movers: MoverList, state: State, session: Session) -> list[Any]:
    """The whole list without facets, for paper: the heads are repeated on every sheet."""
    lang, rows = session.lang, movers.count(state.asked)
    found = movers.page(state.asked, state.sort, Part(PRINTED_ROWS, 0))
    cut = (
        html.P(word("cut", lang).format(rows=count(PRINTED_ROWS)), className="state-closed")
        if rows > len(found)
        else None
    )
    back = dcc.Link(word("back", lang), href=state.href(session, is_printed=False), className="back")
    acting: dict[str, Any] = {"data-act": "print", "type": "button"}
    chosen = chips({}, state, session)
    return [
        still(
            html.Div(
                [html.H1(routing.MOVERS.title(lang)), back, html.Button(word("print", lang), **acting)],
                className="movers-head",
            ),
            _matching(rows, state, lang),
            chosen,
            cut,
            listed(found, state, session),
            className="printed",
        )
    ]


def _ladder(rungs: Sequence[dict[str, Any]], lang: Lang) -> html.Ul:
    """The rungs, with how many firms hold and meet each."""
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(f"{rung[lang]} ", className="rung-name"),
                    html.B(count(rung["held_count"])),
                    f" {word('hold_count', lang)} ",
                    html.B(count(rung["met_count"])),
                    f" {word('meet_count', lang)}",
                ]
            )
            for rung in rungs
        ],
        className="rungs",
        **aria_label(word("ladder", lang)),
    )


def _owners(own: int, state: State, session: Session) -> html.Nav:
    """One's own firms and everybody's."""
    lang, who = session.lang, session.scope.who
    mine = html.A(
        [word("mine", lang), " ", html.B(count(own))],
        href=state.filtered(session, owner=who),
        **{"data-go": "", **_current(state.asked.owner == who)},
    )
    everybody = html.A(
        word("all", lang),
        href=state.filtered(session, owner="all"),
        **{"data-go": "", **_current(not state.asked.owner)},
    )
    return html.Nav([mine if own else None, everybody], className="tabs", **aria_label(word("views", lang)))


def _current(is_current: bool) -> dict[str, Any]:
    return {"aria-current": "true"} if is_current else {}


def _search(state: State, session: Session) -> html.Form:
    """A search keeps the other filters; the page is not loaded anew."""
    lang = session.lang
    kept = {**replace(state, page=1, filters=state.filters.with_(q="")).parameters}
    if lang != "zh":
        kept["lang"] = lang
    box: dict[str, Any] = {"id": ids.SEARCH, "name": "q", "type": "search", "value": state.filters.q}
    sent: dict[str, Any] = {"data-go": "", "role": "search"}
    return html.Form(
        [
            html.Label(word("search", lang), htmlFor=ids.SEARCH),
            dcc.Input(**box, placeholder=word("search_hint", lang)),
            *(dcc.Input(type="hidden", name=name, value=value) for name, value in kept.items()),
            html.Button(word("find", lang), type="submit"),
        ],
        action=routing.MOVERS.path(),
        className="search",
        **sent,
    )


def _filters_button(lang: Lang) -> html.Button:
    acting: dict[str, Any] = {"data-act": "toggle", "aria-expanded": "false", "aria-controls": ids.FACETS}
    return html.Button(word("filters", lang), type="button", className="to-filters", **acting)


def _matching(rows: int, state: State, lang: Lang) -> html.P:
    unit = word("titles_unit" if state.rows == "titles" else "firms_unit", lang)
    return html.P(
        [word("matching", lang), " ", html.B(count(rows), id=ids.MATCHING), f" {unit} · ", word(_order(state), lang)],
        className="matching",
        role="status",
    )


def _order(state: State) -> str:
    return "sorted" if state.sort else "most_urgent_first"


def _switch(state: State, session: Session) -> html.Div:
    """A row a firm or a row a title; further columns; the list for paper."""
    lang, go = session.lang, {"data-go": "", "data-keep": ""}
    switches = [
        html.A(word(f"by_{rows}", lang), href=state.href(session, rows=rows), **go, **_current(state.rows == rows))
        for rows in ("firms", "titles")
    ]
    columns = [
        html.Li(
            html.A(
                word(name, lang),
                href=state.href(session, further=tuple(_toggled(state.further, name)), page=state.page),
                **go,
                **_current(name in state.further),
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


def _toggled(names: tuple[str, ...], name: str) -> list[str]:
    wanted = set(names) ^ {name}
    return [further for further in FURTHER if further in wanted]
