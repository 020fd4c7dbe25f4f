"""The layout of the movers: the ladder in a line, views and search, and the list in its state."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.page import page
from dash_app.components.sections import aria_label
from dash_app.components.still import Still, still
from dash_app.components.values import count
from dash_app.pages.movers.body import body, printed
from dash_app.pages.movers.search import search
from dash_app.pages.movers.state import State
from dash_app.pages.movers.views import views
from dash_app.session import Session
from dash_app.wording.loader import value_word, words_of
from service.queries.movers.mover_filters import Filters
from service.queries.release.cache import Cache
from service.reader import ReleaseQueries

BODIES = Cache[Still](64)
"""The list by all it depends on; one of fifty rows takes some 100 kB."""
COUNTED = {"met": "met_count", "judgement": "judgement_count", "unknown": "unknown_count"}
"""The answers of a rung that are counted beside its holders; those of none are left out but for who meets it."""

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
            html.Div(
                [html.H1(routing.MOVERS.title(lang)), _ladder(release.ladder(), session)], className="movers-head"
            ),
        ),
        html.Div(
            [
                html.Div(views(release.saved_views(session.scope), own, state, session), id=ids.VIEWS),
                search(state, session),
            ],
            className="movers-bar",
        ),
        html.Div(id=ids.VIEWS_NOTICE),
        BODIES.get(key, lambda: body(release.mover_list(state.rows), state, session)),
    ]


def _ladder(rungs: Sequence[dict[str, Any]], session: Session) -> html.Ul:
    """The rungs, with how many firms hold and meet each; beside them whom the figures alone do not decide."""
    lang = session.lang
    return html.Ul([_rung(rung, session) for rung in rungs], className="rungs", **aria_label(word("ladder", lang)))


def _rung(rung: dict[str, Any], session: Session) -> html.Li:
    lang = session.lang
    may_list = session.scope.role in routing.RECONCILIATION.roles
    numbers: list[list[Any]] = [[html.B(count(rung["held_count"])), f" {word('hold_count', lang)}"]]
    for outcome, column in COUNTED.items():
        if rung[column] or outcome == "met":
            asked = {"designation": rung["designation"], "computed": outcome}
            shown: list[Any] = [html.B(count(rung[column])), f" {value_word('outcome', outcome, lang)}"]
            firms_of_it = session.href(routing.RECONCILIATION.path(), asked)
            numbers.append([dcc.Link(shown, href=firms_of_it)] if may_list else shown)
    parts = [part for number in numbers for part in [*number, " · "]][:-1]
    return html.Li([html.Span(f"{rung[lang]} ", className="rung-name"), *parts])
