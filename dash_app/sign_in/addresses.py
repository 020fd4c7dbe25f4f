"""Addresses of the pages of sign-in, which keep the language of the page that leads there."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import flask

from dash_app.sign_in.words import request_lang
from dash_app.wording.loader import Lang


def address(endpoint: str, lang: Lang | None = None, **values: Any) -> str:
    """The address of a route, in the language of the request unless given; people sign in to the whole installation."""
    if (lang or request_lang()) == "en":
        values["lang"] = "en"
    return flask.url_for(endpoint, **values).removeprefix(flask.request.script_root)


def present_address() -> str:
    """The address of the present request, to come back to."""
    return f"{flask.request.script_root}{flask.request.full_path}".rstrip("?")


def in_language(address: str, lang: Lang) -> str:
    """An address in a language; ``?`` alone where it is the present one without parameters."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "lang"]
    query = urlencode([*kept, ("lang", lang)] if lang == "en" else kept)
    return parts._replace(query=query).geturl() or "?"
