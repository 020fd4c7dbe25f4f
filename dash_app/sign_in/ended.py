"""What a callback is answered when its session has ended, or wants the password first.

Dash shows nothing of a refused callback. So the answer is an ordinary one that holds no data, leaves what was typed as
it is, and opens a notice on the page.
"""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
from dash import html
from plotly.utils import PlotlyJSONEncoder

from dash_app import ids
from dash_app.sign_in.addresses import address
from dash_app.sign_in.words import text
from dash_app.wording.loader import Lang, lang_of


def signed_out() -> flask.Response:
    """The notice that the session has ended, with the way to sign in beside the page."""
    return _notice("signed_out", "signed_out_link", "security.login")


def confirm_first() -> flask.Response:
    """The notice that the password is asked for first."""
    return _notice("confirm_first", "confirm_first_link", "security.verify")


def _notice(words: str, link: str, endpoint: str) -> flask.Response:
    lang = _lang_of_page()
    href = address(endpoint, lang, next=address("account", lang))
    notice = html.Div(
        [html.Strong(text(words, lang)), " ", html.A(text(link, lang), href=href, target="_blank")],
        className="session-notice",
        role="alert",
    )
    answer: dict[str, Any] = {"multi": True, "response": {}, "sideUpdate": {ids.SESSION_NOTICE: {"children": notice}}}
    return flask.Response(json.dumps(answer, cls=PlotlyJSONEncoder), mimetype="application/json")


def _lang_of_page() -> Lang:
    """The language of the page that sent the callback, by its address."""
    query = parse_qs(urlsplit(flask.request.referrer or "").query)
    return lang_of(query.get("lang", [""])[0])
