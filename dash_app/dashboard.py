"""A Dash application without pages: one server behind a guard, over which a table of routes lays its pages."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any

import dash_mantine_components as dmc
import flask
from dash import Dash, Input, Output, State, dcc, html, no_update

from dash_app import drawer, ids, routing
from dash_app.components.page import NAME, no_casebook, no_such_page, nothing_published
from dash_app.components.theme import THEME
from dash_app.recording import record_access
from dash_app.routing import Table
from dash_app.server.callbacks import admitting, typed
from dash_app.server.guard import Guarded, guard
from dash_app.session import Session
from dash_app.sign_in.security import set_up
from dash_app.wording.loader import lang_of
from service.people.settings import SignIn
from service.reader import CasebookFailed, NoRelease

HTML_LANG = {"zh": "zh-CN", "en": "en"}
Opened = Callable[[Any], AbstractContextManager[Any]]
"""Opens, for a scope, what the layouts of pages ask."""


class Dashboard(Dash):
    """Dash whose documents state their language, and whose callbacks get values of the types they declare."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """The document with ``lang``, from which browsers choose voice and font."""
        lang = HTML_LANG[lang_of(flask.request.args.get("lang"))]
        document: str = super().interpolate_index(**parts)  # type: ignore[no-untyped-call]
        return document.replace("<html>", f'<html lang="{lang}">', 1)

    def callback(
        self, *dependencies: Any, roles: Collection[str], **options: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """As ``Dash.callback``, for the roles that it states.

        A request whose values are not of the annotated types is answered with 400, one of another role with 403.
        """
        register = super().callback(*dependencies, **options)
        return lambda function: register(admitting(typed(function), roles))


def dashboard(table: Table, guarded: Guarded, sign_in: SignIn | None, base: str = "") -> Dashboard:
    """An application that answers what a table says, below the address ``base``."""
    server = flask.Flask(__name__, template_folder="sign_in/templates")
    routing.use(server, table)
    app = Dashboard(
        __name__,
        server=server,  # type: ignore[arg-type]
        use_async=False,
        compress=True,
        title=NAME,
        update_title="",
        suppress_callback_exceptions=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
        routes_pathname_prefix="/",
        requests_pathname_prefix=f"{base}/",
    )
    app.layout = dmc.MantineProvider(
        [
            dcc.Location(id=ids.URL, refresh="callback-nav"),
            dcc.Store(id=ids.DRAWN),
            html.Div(id=ids.SESSION_NOTICE),
            html.Div(id=ids.PAGE),
            html.Div(id=ids.DRAWER),
        ],
        theme=THEME,
    )
    guard(server, app, guarded)
    if sign_in is not None:
        set_up(server, sign_in)
    return app


def add_pages(app: Dashboard, table: Table, service: Any, opened: Opened) -> None:
    """Add the pages of a table, whose callbacks ask ``service``, and the callback that shows them."""
    pages = {route.name: import_module(route.module) for route in table.pages}
    for page in pages.values():
        page.register(app, service)

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
        address = session.href(session.path, drawer.without(session.address))
        # the drawer opens over the page, which keeps its place
        return (no_update, no_update) if address == drawn else (_page(session), address)

    def _page(session: Session) -> Any:
        match = routing.find(session.path, session.scope.role)
        if match is None:
            return no_such_page(session)
        route, parameters = match
        try:
            with opened(session.scope) as asked:
                layout = pages[route.name].layout(asked, session, **parameters)
        except (NoRelease, CasebookFailed) as error:
            return _instead(error, session)
        if route.is_recorded:
            record_access("viewed", ":".join([route.name, *parameters.values()]))
        return layout


def _instead(error: NoRelease | CasebookFailed, session: Session) -> html.Div:
    """The page that says why there is nothing to show."""
    return nothing_published(session) if isinstance(error, NoRelease) else no_casebook(error, session)
