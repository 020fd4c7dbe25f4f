"""The frame of every page: head with navigation and languages, how fresh the figures are, content, foot."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.freshness import footer, freshness_line
from dash_app.components.keys import keys_dialog
from dash_app.components.refusals import unreadable
from dash_app.components.sections import aria_label
from dash_app.components.still import GO, Still, still
from dash_app.session import Session
from dash_app.wording.loader import SHARED, Lang, words_of
from service.errors import CasebookFailed, NoUsableRelease, ReleaseUnreadable
from service.scope import LOCAL

NAME = "Tidu 梯度"
ACCOUNT = "/account"
word = words_of(SHARED)


def page(
    children: list[Any],
    session: Session,
    freshness: Mapping[str, Any] | None,
    parameters: Mapping[str, str] | None = None,
) -> html.Div:
    """A page; ``parameters`` of the address that the other language keeps, all of the session's unless given.

    ``freshness`` is None above the zones, each of which has days of its own.
    """
    lang = session.lang
    kept = session.address if parameters is None else parameters
    other = _in_other_language(kept, lang)
    return html.Div(
        [
            _head(session, other),
            *_single_user(session),
            *([] if freshness is None else [freshness_line(freshness, session)]),
            html.Main([*children, *([] if freshness is None else [footer(freshness, lang)])], id=ids.MAIN, tabIndex=-1),
            keys_dialog(lang),
        ],
        className="frame",
    )


def _in_other_language(parameters: Mapping[str, str], lang: Lang) -> dict[str, str]:
    kept = {name: value for name, value in parameters.items() if name != "lang"}
    return {**kept, "lang": "en"} if lang == "zh" else kept


def _head(session: Session, other: Mapping[str, str]) -> Still:
    lang = session.lang
    menu: dict[str, Any] = {
        "data-act": "toggle",
        "type": "button",
        "aria-expanded": "false",
        "aria-controls": ids.NAVIGATION,
    }
    return still(
        html.A(word("skip", lang), href=f"#{ids.MAIN}", className="skip"),
        html.Header(
            [
                dcc.Link(html.Strong(NAME), href=session.href(routing.present().home.path()), className="brand"),
                html.Button(word("menu", lang), className="menu", **menu),
                html.Nav(
                    _groups(session), id=ids.NAVIGATION, className="sections", **aria_label(word("sections", lang))
                ),
                html.Span([*_installation(session), *_account(session), _other_language(other, lang)], className="own"),
            ],
            className="head",
        ),
    )


def _groups(session: Session) -> list[html.Ul]:
    """The pages that the role may see, a list for each group; the page that is open is marked."""
    return [
        html.Ul(
            [
                html.Li(html.A(route.title(session.lang), href=session.href(route.path()), **_current(route, session)))
                for route in routes
            ],
            **aria_label(word(group, session.lang)),
        )
        for group, routes in routing.groups(session.scope.role).items()
    ]


def _current(route: routing.Route, session: Session) -> Any:
    is_open = route.parameters(session.path) is not None or (session.path == "/" and route == routing.present().home)
    # dcc.Link takes no ARIA
    return {**GO, **({"aria-current": "page"} if is_open else {})}


def _other_language(parameters: Mapping[str, str], lang: Lang) -> dcc.Link:
    return dcc.Link(word("language", lang), href=f"?{urlencode(parameters)}", className="lang")


def _installation(session: Session) -> list[Any]:
    """The way from a zone back to all zones, with its code; nothing in a home that is no zone of an installation."""
    if not session.base:
        return []
    name = f"{word('all_zones', session.lang)} / {session.zone}"
    return [html.A(name, href=session.of_installation.href("/"), className="lang"), " "]


def _account(session: Session) -> list[Any]:
    """The link to one's own account; nothing where there are no accounts."""
    if session.scope.role == LOCAL:
        return []
    # The page of an account is none of Dash's: the browser loads it anew.
    return [html.A(session.scope.who, href=session.of_installation.href(ACCOUNT), className="lang"), " "]


def _single_user(session: Session) -> list[Any]:
    """Notice on every page of an installation without sign-in."""
    return [html.P(word("single_user", session.lang), className="single-user")] if session.scope.role == LOCAL else []


def nothing_published(session: Session) -> html.Div:
    """The page before the first release."""
    return _empty(word("no_release_title", session.lang), word("no_release", session.lang), session)


def no_casebook(error: CasebookFailed, session: Session) -> html.Div:
    """The page of a route that needs the casebook while that cannot be read; the navigation leads to the others."""
    hint = html.P(word("casebook_hint", session.lang))
    return _closed([unreadable(error, session.lang), hint], session)


def release_unreadable(error: NoUsableRelease | ReleaseUnreadable, session: Session) -> html.Div:
    """Any page while the current release, or every one, is damaged or of another version: the way out is a run."""
    return _closed([unreadable(error, session.lang, "release_unreadable")], session)


def _closed(reasons: list[Any], session: Session) -> html.Div:
    lang = session.lang
    other = _in_other_language(session.address, lang)
    main = html.Main([html.H1(word("closed_title", lang)), *reasons], id=ids.MAIN, tabIndex=-1)
    return html.Div([_head(session, other), *_single_user(session), main, keys_dialog(lang)], className="frame")


def no_such_page(session: Session) -> html.Div:
    """The page of a path that no route lets in."""
    return _empty(word("no_page", session.lang), word("no_page_hint", session.lang), session)


def _empty(title: str, hint: str, session: Session) -> html.Div:
    home = dcc.Link(routing.present().home.title(session.lang), href=session.href(routing.present().home.path()))
    return html.Div(
        [*_single_user(session), html.Main([html.H1(title), html.P(hint), home], className="state-empty")],
        className="empty",
    )
