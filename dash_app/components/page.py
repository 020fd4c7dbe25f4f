"""The frame of every page: head with the switch of languages, content, footer that says how fresh the figures are."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.sections import aria_label
from dash_app.components.values import count, day
from dash_app.session import Session
from dash_app.wording.loader import SHARED, Lang, words_of
from service.scope import LOCAL

NAME = "Tidu 梯度"
ACCOUNT = "/account"
word = words_of(SHARED)


def page(
    children: list[Any], session: Session, freshness: Mapping[str, Any], parameters: Mapping[str, str] | None = None
) -> html.Div:
    """A page; ``parameters`` of the address that the other language keeps, all of the session's unless given."""
    lang = session.lang
    kept = session.address if parameters is None else parameters
    other = {**kept, "lang": "en"} if lang == "zh" else {k: v for k, v in kept.items() if k != "lang"}
    return html.Div(
        [
            html.A(routing.MOVERS.title(lang), href=f"#{ids.MAIN}", className="skip"),
            html.Header(
                [
                    dcc.Link(
                        [html.Strong(NAME), html.Span(word("subtitle", lang))],
                        href=session.href(routing.MOVERS.path()),
                        className="brand",
                    ),
                    html.Nav(_sections(session), className="sections", **aria_label(word("sections", lang))),
                    html.Span([*_account(session), _other_language(other, lang)]),
                ],
                className="head",
            ),
            *_single_user(session),
            html.Main([*children, _footer(freshness, lang)], id=ids.MAIN),
        ],
        className="frame",
    )


def _sections(session: Session) -> list[dcc.Link]:
    """The links to the pages without parameters that the role may see."""
    return [
        dcc.Link(route.title(session.lang), href=session.href(route.path()))
        for route in routing.ROUTES
        if "{" not in route.pattern and session.scope.role in route.roles
    ]


def _other_language(parameters: Mapping[str, str], lang: Lang) -> dcc.Link:
    return dcc.Link(word("language", lang), href=f"?{urlencode(parameters)}", className="lang")


def _account(session: Session) -> list[Any]:
    """The link to one's own account; nothing where there are no accounts."""
    if session.scope.role == LOCAL:
        return []
    # The page of an account is none of Dash's: the browser loads it anew.
    return [html.A(session.scope.who, href=session.href(ACCOUNT), className="lang"), " "]


def _single_user(session: Session) -> list[Any]:
    """Says that there is no sign-in, on every page where there is none."""
    return [html.P(word("single_user", session.lang), className="single-user")] if session.scope.role == LOCAL else []


def _footer(freshness: Mapping[str, Any], lang: Lang) -> html.Footer:
    parts = [
        (word("day", lang), day(freshness["day"])),
        (word("against", lang), day(freshness["previous_day"])),
        (word("place", lang), freshness["place"]),
        (word("newest_file", lang), day(freshness["newest_received_at"])),
        (word("quarantined", lang), f"{count(freshness['rows_quarantined'])} {word('rows', lang)}"),
        (word("published", lang), day(freshness["published_at"])),
        (word("run", lang), freshness["run_id"]),
    ]
    return html.Footer(
        [html.Span([html.Span(name, className="quiet"), " ", value]) for name, value in parts],
        className="fresh",
        id=ids.FRESHNESS,
    )


def nothing_published(session: Session) -> html.Div:
    """The page before the first release."""
    return _empty(word("no_release_title", session.lang), word("no_release", session.lang), session)


def no_such_page(session: Session) -> html.Div:
    """The page of a path that no route lets in."""
    return _empty(word("no_page", session.lang), word("no_page_hint", session.lang), session)


def _empty(title: str, hint: str, session: Session) -> html.Div:
    home = dcc.Link(routing.MOVERS.title(session.lang), href=session.href(routing.MOVERS.path()))
    return html.Div([*_single_user(session), html.H1(title), html.P(hint), home], className="empty")
