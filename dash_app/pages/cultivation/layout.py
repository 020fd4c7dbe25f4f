"""The layout of cultivation: everything open, of whoever asks or of all, and the members of the pool."""

from collections.abc import Mapping

from dash import dcc, html

from dash_app import routing
from dash_app.components.downloads import downloads
from dash_app.components.page import page
from dash_app.components.sections import aria_label
from dash_app.components.things import THINGS, things_of_firms
from dash_app.pages.cultivation.figures import members
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.reader import ReleaseQueries

word = words_of("cultivation")


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; ``whose=mine`` in the address keeps what is the own work of who asks."""
    lang, is_mine = session.lang, session.address.get("whose") == "mine"
    work = release.casework(session.scope)
    opened = work.open(session.scope.who if is_mine else None)
    sections = [
        html.Div([downloads(THINGS[kind], session), things_of_firms(kind, rows, session)])
        for kind, rows in opened.items()
        if rows
    ]
    chips = [
        _chip(word("everybody", lang), {}, not is_mine, session),
        _chip(word("mine", lang), {"whose": "mine"}, is_mine, session),
    ]
    return page(
        [
            html.H1(routing.CULTIVATION.title(lang)),
            html.Nav(chips, className="chips", **aria_label(word("whose", lang))),
            *(sections or [html.Div(html.P(word("nothing_open", lang)))]),
            downloads("members", session),
            members(work.members(), session),
        ],
        session,
        release.freshness(),
    )


def _chip(name: str, parameters: Mapping[str, str], is_chosen: bool, session: Session) -> dcc.Link:
    href = session.href(routing.CULTIVATION.path(), parameters)
    return dcc.Link(name, href=href, className="chip" + (" chosen" if is_chosen else ""))
