"""Words of the sign-in pages in the language of the address, and the messages of Flask-Security on them."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import flask

from dash_app.wording.loader import Lang, Text, lang_of
from service.wording.rendering import read_texts

FOLDER = Path(__file__).parent


@lru_cache
def sign_in_texts(name: str) -> Mapping[str, Text]:
    """The texts of ``words`` or of ``messages`` by key."""
    return read_texts(FOLDER / f"{name}.yml")


def request_lang() -> Lang:
    """The language of the present request's address."""
    return lang_of(flask.request.args.get("lang"))


def text(key: str, lang: Lang | None = None, **values: Any) -> str:
    """A text of the sign-in pages with its values, in the language of the request unless given."""
    return sign_in_texts("words")[key][lang or request_lang()].format(**values)


def security_messages() -> dict[str, tuple[str, str]]:
    """The messages of Flask-Security, as its settings: both languages, a line each, of which ``in_lang`` shows one."""
    texts = sign_in_texts("messages").items()
    return {f"SECURITY_MSG_{name}": (f"{words['zh']}\n{words['en']}", "error") for name, words in texts}


def in_lang(message: str) -> str:
    """The line of a message that is in the language of the request."""
    zh, _, en = str(message).partition("\n")
    return (en or zh) if request_lang() == "en" else zh
