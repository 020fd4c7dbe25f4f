"""The layout of the movers: the ladder in a line, views and search, and the list in its state."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dash_app import ids, routing
from dash_app.components.page import page
from dash_app.components.remembered import Remembered
from dash_app.components.sections import aria_label
from dash_app.components.still import still
from dash_app.components.values import count
from dash_app.pages.movers.body import body, printed
from dash_app.pages.movers.search import search
from dash_app.pages.movers.state import State
from dash_app.pages.movers.views import views
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.queries.mover_filters import Filters
from service.reader import ReleaseQueries

BODIES = Remembered()

word = words_of("movers")


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page of the state in the address; without an owner in it, of one's own firms, where one has some."""
    movers = release.mover_list("firms")
    own = movers.count(Filters(owner=session.scope.who))
    state = State.of(session.address).opened(own, session)
    if state.is_printed:
        content: list[Any] = [printed(release.mover_list(state.rows), state, session)]
    else:
        content = _content(release, own, state, session)
    return page(content, session, release.freshness(), state.parameters)


def _content(release: ReleaseQueries, own: int, state: State, session: Session) -> list[Any]:
    lang = session.lang
    # all that the body depends on: a release never changes, and what a role may see or take stands with it
    key = (*release.version(), session.base, session.scope.role, lang, state)
    return [
        still(
            html.Div([html.H1(routing.MOVERS.title(lang)), _ladder(release.ladder(), lang)], className="movers-head"),
        ),
        html.Div(
            [
                html.Div(views(release.saved_views(session.scope), own, state, session), id=ids.VIEWS),
                search(state, session),
            ],
            className="movers-bar",
        ),
        html.Div(id=ids.VIEWS_NOTICE),
        BODIES.part(key, lambda: body(release.mover_list(state.rows), state, session)),
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
