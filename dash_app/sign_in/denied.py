"""What a callback is answered that cannot be let in, or not be answered: its session has ended, nothing can be read.

Dash shows nothing of a refused callback. So the answer is an ordinary one that holds no data, leaves what was typed as
it is, and opens a notice on the page; the next callback that is let in closes it.
"""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
from dash import html
from plotly.utils import PlotlyJSONEncoder

from dash_app import ids
from dash_app.routing import CALLBACKS
from dash_app.sign_in.addresses import address
from dash_app.sign_in.words import text
from dash_app.wording.loader import Lang, lang_of

NOTICED = "noticed"
"""A cookie: a page of this browser shows a notice."""


def signed_out() -> flask.Response:
    """The notice that the session has ended, with the way to sign in beside the page."""
    return _notice(*_words("signed_out", "signed_out_link", "security.login"))


def confirm_first() -> flask.Response:
    """The notice that the password is asked for first."""
    return _notice(*_words("confirm_first", "confirm_first_link", "security.verify"))


def unavailable(message: str) -> flask.Response:
    """The notice that casebook or release cannot be read or written, and that nothing was saved."""
    return _notice(html.Strong(text("unavailable", lang_of_page())), " ", message)


def close_notice(response: flask.Response) -> flask.Response:
    """Let the answer of a callback that was let in close the notice of an earlier one."""
    is_answer = flask.request.path == CALLBACKS and response.is_json and not flask.g.get(NOTICED)
    if is_answer and flask.request.cookies.get(NOTICED):
        response.delete_cookie(NOTICED)
        answer = response.get_json()
        answer["sideUpdate"] = {**answer.get("sideUpdate", {}), ids.SESSION_NOTICE: {"children": None}}
        response.set_data(json.dumps(answer))
    return response


def lang_of_page() -> Lang:
    """The language of the page that sent the callback, by its address."""
    query = parse_qs(urlsplit(flask.request.referrer or "").query)
    return lang_of(query.get("lang", [""])[0])


def _words(words: str, link: str, endpoint: str) -> tuple[Any, ...]:
    lang = lang_of_page()
    href = address(endpoint, lang, next=address("account", lang))
    return html.Strong(text(words, lang)), " ", html.A(text(link, lang), href=href, target="_blank")


def _notice(*content: Any) -> flask.Response:
    flask.g.noticed = True
    notice = html.Div([*content], className="session-notice", role="alert")
    answer = {"multi": True, "response": {}, "sideUpdate": {ids.SESSION_NOTICE: {"children": notice}}}
    response = flask.Response(json.dumps(answer, cls=PlotlyJSONEncoder), mimetype="application/json")
    response.set_cookie(NOTICED, "1", secure=flask.request.is_secure, httponly=True, samesite="Strict")
    return response
