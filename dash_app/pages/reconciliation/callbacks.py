"""The callbacks of reconciliation: the address that the chosen releases mean, and that of a bar of the chart."""

from typing import Any

from dash import Dash, Input, Output, State, no_update
from pydantic import BaseModel, Field

from dash_app import ids, routing
from dash_app.components.lists import search_with
from dash_app.pages.reconciliation.state import ends_of
from dash_app.session import Session
from service.queries.zone.ledger_bridge import STEPS, Ends
from service.reader import Service


class Bar(BaseModel):
    """A bar that was clicked, by its step."""

    customdata: str = Field(max_length=20)


class Click(BaseModel):
    """A click on the chart, as Plotly writes it."""

    points: list[Bar] = Field(max_length=10)


def register(app: Dash, service: Service) -> None:
    """Add the callbacks to the app."""

    @app.callback(
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.BRIDGE_SINCE, "value"),
        Input(ids.BRIDGE_UNTIL, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.RECONCILIATION.roles,
    )
    def between(since: str | None, until: str | None, search: str | None) -> Any:
        session = Session.of(search)
        drawn = ends_of(session)
        asked = Ends(drawn.until if until is None else until, since or "")
        newest = _newest(service, session)
        if Ends(drawn.until or newest, drawn.since) == Ends(asked.until or newest, asked.since):
            return no_update
        changes = {"since": asked.since, "until": "" if asked.until == newest else asked.until, "step": ""}
        return search_with(session, **changes)

    @app.callback(
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.BRIDGE_CHART, "clickData"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.RECONCILIATION.roles,
    )
    def bar(click: Click | None, search: str | None) -> Any:
        steps = [point.customdata for point in click.points if point.customdata in STEPS] if click else []
        if not steps:
            return no_update
        return search_with(Session.of(search), step=steps[0])


def _newest(service: Service, session: Session) -> str:
    with service.release(session.scope) as release:
        return str(release.run()["run_id"])
