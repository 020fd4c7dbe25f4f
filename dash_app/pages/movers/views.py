"""The views of the movers: one's own firms, all, and saved ones; what is saved, shared and removed."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids
from dash_app.components.refusals import unreadable
from dash_app.components.sections import aria_label
from dash_app.components.still import GO, still
from dash_app.pages.movers.state import State
from dash_app.session import Session, parsed
from dash_app.wording.loader import Lang, words_of
from service.decisions.views import SavedViews
from service.errors import CasebookFailed
from service.queries.movers.mover_filters import EVERYBODY

word = words_of("movers")
View = Mapping[str, Any]


def views(saved: SavedViews, own: int, state: State, session: Session, is_open: bool = False) -> list[Any]:
    """The links to the views, and the form, open or not; ``own`` is how many firms are one's own."""
    if not session.scope.may("see"):
        return []
    try:
        listed = saved.listed()
    except CasebookFailed as error:  # the list itself does not rest on it
        return [unreadable(error, session.lang)]
    drawn = {"request": secrets.token_hex(8), "versions": {row["number"]: row["version"] for row in listed}}
    return [
        still(_tabs(listed, own, state, session)),
        dcc.Store(id=ids.VIEWS_DRAWN, data=drawn),
        _form([row for row in listed if row["is_own"]], is_open, session.lang),
    ]


def _tabs(listed: Sequence[View], own: int, state: State, session: Session) -> html.Nav:
    lang, who = session.lang, session.scope.who
    is_mine, is_all = state.filters.owner == who, state.filters.owner in ("", EVERYBODY)
    mine = html.A(f"{word('mine', lang)} {own}", href=state.filtered(session, owner=who), **GO, **current(is_mine))
    everybody = html.A(word("all", lang), href=state.filtered(session, owner=EVERYBODY), **GO, **current(is_all))
    links = [_link(row, state.parameters, session) for row in listed]
    return html.Nav([mine if own else None, everybody, *links], className="tabs", **aria_label(word("views", lang)))


def _link(row: View, here: Mapping[str, str], session: Session) -> html.A:
    saved = urlsplit(row["address"])
    parameters = parsed(saved.query)
    stated = row["name"] if row["is_own"] else f"{row['name']} · {row['owner']}"
    return html.A(stated, href=session.href(saved.path, parameters), **GO, **current(parameters == here))


def current(is_current: bool) -> Any:
    """Marks the link to what is shown."""
    return {"aria-current": "true"} if is_current else {}


def _form(own: Sequence[View], is_open: bool, lang: Lang) -> html.Details:
    rows = [
        html.Li(
            [
                html.Span(row["name"]),
                _button("unshare" if row["is_shared"] else "share", row, lang),
                _button("remove_view", row, lang),
            ]
        )
        for row in own
    ]
    return html.Details(
        [
            html.Summary(word("save_view", lang)),
            html.Div(
                [
                    dmc.TextInput(id=ids.VIEW_NAME, label=word("view_name", lang), size="xs"),
                    html.Button(word("save", lang), id=ids.view_act("save", ""), type="button"),
                    html.Ul(rows),
                ],
                className="views-form",
            ),
        ],
        open=is_open,
        className="columns",
    )


def _button(act: str, row: View, lang: Lang) -> html.Button:
    labelled = aria_label(f"{word(act, lang)} {row['name']}")
    return html.Button(word(act, lang), id=ids.view_act(act, row["number"]), type="button", **labelled)
