"""The callback of the drawer: the firm that the address names, drawn over whatever page is open."""

from collections.abc import Mapping
from typing import Any

from dash import Dash, Input, Output, no_update

from dash_app import ids, routing
from dash_app.drawer.layout import drawer, no_such_firm
from dash_app.server.recording import record_access
from dash_app.session import Session
from service.errors import NoRelease, ReleaseUnreadable
from service.reader import Service

PARAMETER = "firm"


def without(address: Mapping[str, str]) -> dict[str, str]:
    """The parameters of an address that are the page's."""
    return {name: value for name, value in address.items() if name not in (PARAMETER, "lang")}


def register(app: Dash, service: Service) -> None:
    """Add the callback to the app."""

    @app.callback(
        Output(ids.DRAWER, "children"),
        Input(ids.URL, "search"),
        roles=routing.SIGNED_IN,
    )
    def show(search: str | None) -> Any:
        session = Session.of(search)
        firm_id = session.address.get(PARAMETER)
        if firm_id is None:
            return None
        try:
            with service.release(session.scope) as release:
                glance = release.glance(firm_id)
        except (NoRelease, ReleaseUnreadable):
            return no_update
        if glance is None:
            return no_such_firm(session)
        record_access("viewed", f"{routing.FIRM.name}:{firm_id}")
        return drawer(glance, session)
