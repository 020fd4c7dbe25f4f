"""The callback of the rules: the filters write the address."""

from typing import Any
from urllib.parse import urlencode

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from dash_app import ids, routing
from dash_app.session import Session
from service.queries.rules import Asked
from service.reader import Service


def register(app: Dash, service: Service) -> None:
    """Add the callback to the app."""

    @app.callback(
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.rules_filter(ALL), "value"),
        State(ids.rules_filter(ALL), "id"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.RULES.roles,
    )
    def filtered(values: list[str | None], boxes: list[dict[str, str]], search: str | None) -> Any:
        if ctx.triggered_id is None or not boxes:
            return no_update
        session = Session.of(search)
        asked = Asked.of({box["filter"]: value or "" for box, value in zip(boxes, values, strict=True)})
        if asked == Asked.of(session.address) or "edition" in session.address:
            return no_update
        lang = {} if session.lang == "zh" else {"lang": session.lang}
        return f"?{urlencode({**asked.parameters(), **lang})}"
