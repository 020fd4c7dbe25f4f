"""The callbacks of flows: the address that the chosen days mean, and that of a band of the diagram."""

from typing import Any

from dash import Dash, Input, Output, State, no_update
from pydantic import BaseModel, Field

from dash_app import ids, routing
from dash_app.components.lists import search_with
from dash_app.pages.flows.sankey import BETWEEN
from dash_app.pages.flows.state import between, is_outside
from dash_app.session import Session
from service.errors import BadInput
from service.reader import Service


class Part(BaseModel):
    """A band or a state of the diagram that was clicked, by its ends."""

    customdata: str = Field(default="", max_length=300)


class Click(BaseModel):
    """A click on the diagram, as Plotly writes it."""

    points: list[Part] = Field(max_length=10)


def register(app: Dash, service: Service) -> None:
    """Add the callbacks to the app."""

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
            return no_update  # the page shows what is wrong with its address
        if (since, until) == (str(drawn.since), str(drawn.until)):
            return no_update
        return search_with(session, since=since or "", until=until or "")

    @app.callback(
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.FLOWS_CHART, "clickData"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.FLOWS.roles,
    )
    def band(click: Click | None, search: str | None) -> Any:
        session = Session.of(search)
        ends = [point.customdata for point in click.points if BETWEEN in point.customdata] if click else []
        if not ends or is_outside(session):
            return no_update
        begins, _, reached = ends[0].partition(BETWEEN)
        return search_with(session, **{"from": begins, "to": reached})
