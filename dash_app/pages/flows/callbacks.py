"""The callback of flows: the address that the chosen days mean."""

from typing import Any

from dash import Dash, Input, Output, State, no_update

from dash_app import ids, routing
from dash_app.components.lists import search_with
from dash_app.pages.flows.state import between
from dash_app.session import Session
from service.reader import BadInput, Service


def register(app: Dash, service: Service) -> None:
    """Add the callback to the app."""

    @app.callback(
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.FLOWS_SINCE, "value"),
        Input(ids.FLOWS_UNTIL, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.FLOWS.roles,
    )
    def days(since: str | None, until: str | None, search: str | None) -> Any:
        session = Session.of(search)
        try:
            with service.release(session.scope) as release:
                drawn = between(release, session)
        except BadInput:
            return no_update  # the page says what is wrong with its address
        if (since, until) == (str(drawn.since), str(drawn.until)):
            return no_update
        return search_with(session, since=since or "", until=until or "")
