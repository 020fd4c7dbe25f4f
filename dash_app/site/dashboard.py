"""A Dash application without pages: one server behind a guard, over which a table of routes lays its pages."""

from typing import Any

import flask
from dash import Input, Output, State, no_update

from dash_app import ids, routing
from dash_app.components.page import NAME
from dash_app.routing import Table
from dash_app.server.guard import Guarded, guard
from dash_app.session import Session
from dash_app.sign_in.security import set_up
from dash_app.sign_in.unavailable import answer_while_unavailable
from dash_app.site.bundles import add_bundles
from dash_app.site.document import Dashboard
from dash_app.site.pages import Opened, Pages, address
from service.people.settings import SignIn


def dashboard(table: Table, guarded: Guarded, sign_in: SignIn | None, base: str = "") -> Dashboard:
    """An application that answers the routes of a table below the address ``base``."""
    server = flask.Flask("dash_app", template_folder="sign_in/templates")
    routing.use(server, table)
    app = Dashboard(
        "dash_app",
        base,
        server=server,
        use_async=False,
        compress=True,
        title=NAME,
        update_title="",
        suppress_callback_exceptions=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    guard(server, app, guarded)
    answer_while_unavailable(server)
    if sign_in is not None:
        set_up(server, sign_in)
    add_bundles(server)
    return app


def add_pages(app: Dashboard, table: Table, service: Any, opened: Opened) -> None:
    """Add the pages of a table, whose callbacks ask ``service``, and the callback that shows them."""
    pages = Pages(app, table, service, opened)
    app.layout = pages.layout

    @app.callback(
        Output(ids.PAGE, "children"),
        Output(ids.DRAWN, "data"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        State(ids.DRAWN, "data"),
        roles=table.signed_in,
    )
    def show(path: str | None, search: str | None, drawn: str | None) -> Any:
        session = Session.of(search, path)
        # the drawer opens over the page, which keeps its place
        return (no_update, no_update) if address(session) == drawn else (pages.page(session), address(session))
