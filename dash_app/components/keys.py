"""The keys of every page, in a dialog that ``?`` opens; ``assets/shell.js`` implements them."""

from functools import cache
from typing import Any

from dash import html

from dash_app import ids
from dash_app.components.still import Still, still
from dash_app.wording.loader import Lang, words_of

KEYS = {
    "/": "key_search",
    "↓ j": "key_next",
    "↑ k": "key_previous",
    "Enter": "key_open",
    "Esc": "key_close",
    "e": "key_export",
    "?": "key_keys",
}
word = words_of("keys")


@cache
def keys_dialog(lang: Lang) -> Still:
    """Keyboard shortcuts in a closed dialog, a pair of key and act each."""
    closing: dict[str, Any] = {"data-act": "close-keys", "type": "button"}
    labelled: dict[str, Any] = {"aria-labelledby": ids.KEYS_TITLE}
    pairs = [html.Div([html.Dt(html.Kbd(key)), html.Dd(word(name, lang))]) for key, name in KEYS.items()]
    return still(
        html.Dialog(
            [
                html.H2(word("keys", lang), id=ids.KEYS_TITLE),
                html.Dl(pairs),
                html.Button(word("close_keys", lang), **closing),
            ],
            id=ids.KEYS,
            className="keys",
            **labelled,
        )
    )
