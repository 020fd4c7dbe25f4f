"""The dashboard: one Dash application over the published release, with the pages of the table of routes."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import dash_mantine_components as dmc
import flask
from dash import Dash, Input, Output, State, dcc, html

from dash_app import ids, routing
from dash_app.components.page import NAME, no_such_page, nothing_published
from dash_app.components.theme import THEME
from dash_app.server.callbacks import typed
from dash_app.server.guard import guard
from dash_app.session import Session, SortKey
from dash_app.wording.loader import lang_of
from service.reader import NoRelease, Service

HTML_LANG = {"zh": "zh-CN", "en": "en"}


class Dashboard(Dash):
    """Dash whose documents state their language, and whose callbacks get values of the types they declare."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """The document with ``lang``, from which browsers choose voice and font."""
        lang = HTML_LANG[lang_of(flask.request.args.get("lang"))]
        document: str = super().interpolate_index(**parts)  # type: ignore[no-untyped-call]
        return document.replace("<html>", f'<html lang="{lang}">', 1)

    def callback(self, *dependencies: Any, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """As ``Dash.callback``; a request whose values are not of the annotated types is answered with 400."""
        register = super().callback(*dependencies, **options)
        return lambda function: register(typed(function))


def create_app(service: Service) -> Dash:
    """The application; it answers this machine only."""
    server = flask.Flask(__name__)
    app = Dashboard(
        __name__,
        server=server,  # type: ignore[arg-type]
        use_async=False,
        compress=True,
        title=NAME,
        update_title="",
        suppress_callback_exceptions=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.layout = dmc.MantineProvider(
        [
            dcc.Location(id=ids.URL, refresh="callback-nav"),
            # The order outlives the grid, which is drawn anew for each address.
            dcc.Store(id=ids.ORDER, storage_type="session"),
            html.Div(id=ids.PAGE),
        ],
        theme=THEME,
    )
    guard(server, app)
    pages = {route.name: import_module(route.module) for route in routing.ROUTES}
    for page in pages.values():
        page.register(app, service)

    @app.callback(
        Output(ids.PAGE, "children"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        State(ids.ORDER, "data"),
    )
    def show(path: str | None, search: str | None, order: list[SortKey] | None) -> Any:
        session = Session.of(search, order)
        match = routing.find(path, session.person)
        if match is None:
            return no_such_page(session)
        route, parameters = match
        try:
            with service.release(session.scope) as release:
                return pages[route.name].layout(release, session, **parameters)
        except NoRelease:
            return nothing_published(session)

    return app
