"""The search of the movers: a form that becomes an address."""

from dataclasses import replace
from typing import Any

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.still import GO, Still, still
from dash_app.pages.movers.state import State
from dash_app.session import Session
from dash_app.wording.loader import words_of

word = words_of("movers")


def search(state: State, session: Session) -> Still:
    """A search keeps the other filters; the page is not loaded anew."""
    lang = session.lang
    kept = replace(state, page=1, filters=state.filters.with_(q="")).parameters
    if lang != "zh":
        kept["lang"] = lang
    box: dict[str, Any] = {"id": ids.SEARCH, "name": "q", "type": "search", "value": state.filters.q}
    sent: dict[str, Any] = {**GO, "role": "search"}
    return still(
        html.Form(
            [
                html.Label(word("search", lang), htmlFor=ids.SEARCH),
                dcc.Input(**box, placeholder=word("search_hint", lang)),
                *(dcc.Input(type="hidden", name=name, value=value) for name, value in kept.items()),
                html.Button(word("find", lang), type="submit"),
            ],
            action=f"{session.base}{routing.MOVERS.path()}",
            className="search",
            **sent,
        )
    )
