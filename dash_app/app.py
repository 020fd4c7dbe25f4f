"""The dashboard: one Dash application over the published release, with the pages of the table of routes."""

from collections.abc import Callable, Collection
from importlib import import_module
from typing import Any

import dash_mantine_components as dmc
import flask
from dash import Dash, Input, Output, State, dcc, html, no_update

from dash_app import drawer, ids, routing
from dash_app.api.routes import add_api
from dash_app.calendar_feed import add_calendar, add_calendar_feed
from dash_app.components.page import NAME, no_casebook, no_such_page, nothing_published
from dash_app.components.theme import THEME
from dash_app.downloads.cards import add_cards
from dash_app.downloads.routes import add_downloads
from dash_app.pages.case.sent import add_contest
from dash_app.paper import add_paper
from dash_app.recording import record_access
from dash_app.server.callbacks import admitting, typed
from dash_app.server.guard import Guarded, guard
from dash_app.session import Session
from dash_app.sign_in.gate import gate_of, open_gate
from dash_app.sign_in.security import set_up
from dash_app.wording.loader import lang_of
from service.people.settings import SignIn
from service.reader import CasebookFailed, NoRelease, Service

HTML_LANG = {"zh": "zh-CN", "en": "en"}


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


def create_app(service: Service, sign_in: SignIn | None = None) -> Dash:
    """The application; without sign-in it answers this machine only, and whoever uses it may do everything."""
    server = flask.Flask(__name__, template_folder="sign_in/templates")
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
            dcc.Store(id=ids.DRAWN),
            html.Div(id=ids.SESSION_NOTICE),
            html.Div(id=ids.PAGE),
            html.Div(id=ids.DRAWER),
        ],
        theme=THEME,
    )
    guard(server, app, _guarded(sign_in))
    if sign_in is not None:
        set_up(server, sign_in)
        add_calendar_feed(server, service, sign_in)
    add_api(server, service)
    add_downloads(server, service)
    add_calendar(server, service)
    add_paper(server, service)
    add_contest(server, service)
    add_cards(server, service)
    pages = {route.name: import_module(route.module) for route in routing.ROUTES}
    for page in pages.values():
        page.register(app, service)

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
        address = session.href(session.path, drawer.without(session.address))
        # the drawer opens over the page, which keeps its place
        return (no_update, no_update) if address == drawn else (_page(session), address)

    def _page(session: Session) -> Any:
        match = routing.find(session.path, session.scope.role)
        if match is None:
            return no_such_page(session)
        route, parameters = match
        try:
            with service.release(session.scope) as release:
                layout = pages[route.name].layout(release, session, **parameters)
        except (NoRelease, CasebookFailed) as error:
            return _instead(error, session)
        if route.is_recorded:
            record_access("viewed", ":".join([route.name, *parameters.values()]))
        return layout

    return app


def _instead(error: NoRelease | CasebookFailed, session: Session) -> html.Div:
    """The page that says why there is nothing to show."""
    return nothing_published(session) if isinstance(error, NoRelease) else no_casebook(error, session)


def _guarded(sign_in: SignIn | None) -> Guarded:
    if sign_in is None:
        return Guarded(open_gate)
    targets = (sign_in.oidc.origin,) if sign_in.oidc else ()
    return Guarded(gate_of(sign_in), sign_in.host, targets)
