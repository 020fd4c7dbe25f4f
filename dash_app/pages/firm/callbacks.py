"""The callback of the firm's page: the conditions of an edition when its fold is opened."""

from typing import Any

from dash import MATCH, Dash, Input, Output, State, ctx, no_update

from dash_app import ids, routing
from dash_app.pages.firm.evidence import conditions
from dash_app.session import Session
from service.reader import Service


def register(app: Dash, service: Service) -> None:
    """Add the callbacks to the app."""

    @app.callback(
        Output(ids.proof(MATCH), "children"),
        Input(ids.fold(MATCH), "n_clicks"),
        State(ids.proof(MATCH), "children"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.FIRM.roles,
    )
    def proof(_: int | None, shown: object, path: str, search: str | None) -> Any:
        parameters = routing.FIRM.parameters(path)
        if shown is not None or parameters is None:
            return no_update
        session = Session.of(search)
        with service.release(session.scope) as release:
            file = release.firm(parameters["firm_id"])
        return conditions(file, ctx.outputs_list["id"]["edition"], session.lang) if file else None
