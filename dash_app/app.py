"""The dashboard: one Dash application over the published release, with the pages of the table of routes."""

from typing import Any

import flask
from dash import Dash, Input, Output, State, no_update

from dash_app import drawer, ids, routing
from dash_app.api.routes import add_api
from dash_app.bundles import add_bundles
from dash_app.calendar_feed import add_calendar, add_calendar_feed
from dash_app.components.page import NAME
from dash_app.document import Dashboard
from dash_app.downloads.cards import add_cards
from dash_app.downloads.routes import add_downloads
from dash_app.opened import Opened, address
from dash_app.pages.case.sent import add_contest
from dash_app.paper import add_paper
from dash_app.server.guard import Guarded, guard
from dash_app.session import Session
from dash_app.sign_in.gate import gate_of, open_gate
from dash_app.sign_in.security import set_up
from service.people.settings import SignIn
from service.reader import Service


def create_app(service: Service, sign_in: SignIn | None = None) -> Dash:
    """The application; without sign-in it answers this machine only, and whoever uses it may do everything."""
    server = flask.Flask(__name__, template_folder="sign_in/templates")
    app = Dashboard(
        __name__,
        server=server,
        use_async=False,
        compress=True,
        title=NAME,
        update_title="",
        suppress_callback_exceptions=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    guard(server, app, _guarded(sign_in))
    if sign_in is not None:
        set_up(server, sign_in)
        add_calendar_feed(server, service, sign_in)
    add_bundles(server)
    add_api(server, service)
    add_downloads(server, service)
    add_calendar(server, service)
    add_paper(server, service)
    add_contest(server, service)
    add_cards(server, service)
    opened = Opened(app, service)
    app.layout = opened.layout
    drawer.register(app, service)

    @app.callback(
        Output(ids.PAGE, "children"),
        Output(ids.DRAWN, "data"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        State(ids.DRAWN, "data"),
        roles=routing.SIGNED_IN,
    )
    def show(path: str | None, search: str | None, drawn: str | None) -> Any:
        session = Session.of(search, path)
        # the drawer opens over the page, which keeps its place
        return (no_update, no_update) if address(session) == drawn else (opened.page(session), address(session))

    return app


def _guarded(sign_in: SignIn | None) -> Guarded:
    if sign_in is None:
        return Guarded(open_gate)
    targets = (sign_in.oidc.origin,) if sign_in.oidc else ()
    return Guarded(gate_of(sign_in), sign_in.host, targets)
