"""The page of an address, in its frame: with the layout where the browser opens it, by a callback where it goes on."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import dash_mantine_components as dmc
import flask
from dash import Dash, dcc, html

from dash_app import drawer, ids, routing
from dash_app.components.page import (
    no_casebook,
    no_such_page,
    nothing_published,
    release_unreadable,
)
from dash_app.components.theme import THEME
from dash_app.routing import Table
from dash_app.server.recording import record_access
from dash_app.session import NOBODY, Session, role_of_request
from service.errors import CasebookFailed, NoRelease, NoUsableRelease, ReleaseUnreadable

Opened = Callable[[Any], AbstractContextManager[Any]]
"""Opens, for a scope, what the layouts of pages ask."""


class Pages:
    """The pages of a table of routes, their callbacks, which ask ``service``, added to the app."""

    def __init__(self, app: Dash, table: Table, service: Any, opened: Opened) -> None:
        self._opened, self._pages = opened, {route.name: import_module(route.module) for route in table.pages}
        for page in self._pages.values():
            page.register(app, service)

    def page(self, session: Session) -> Any:
        """The page of an address, its view recorded; for another one a notice that there is none.

        Where there is no release, or it or the casebook cannot be read, a notice with the way out.
        """
        match = routing.find(session.path, session.scope.role)
        if match is None:
            return no_such_page(session)
        route, parameters = match
        try:
            with self._opened(session.scope) as asked:
                layout = self._pages[route.name].layout(asked, session, **parameters)
        except CasebookFailed as error:
            return no_casebook(error, session)
        except (NoUsableRelease, ReleaseUnreadable) as error:
            flask.current_app.logger.error("%s", error)
            return release_unreadable(error, session)
        except NoRelease:
            return nothing_published(session)
        if route.is_recorded:
            record_access("viewed", ":".join([route.name, *parameters.values()]))
        return layout

    def layout(self) -> dmc.MantineProvider:
        """The frame, with the page of the document that asks for it, which saves a question after all scripts ran."""
        opened = _opened_at()
        if opened is None:
            return _frame(None, None)
        return _frame(self.page(opened), address(opened))


def address(session: Session) -> str:
    """The address of a page without the drawer over it."""
    return session.href(session.path, drawer.without(session.address))


def _opened_at() -> Session | None:
    """The session of the document that asks for the layout, as its browser names it; None where it does not.

    None too before the gate has let somebody in: Dash draws the layout once to check it.
    """
    if not flask.has_request_context() or flask.request.path != routing.LAYOUT or role_of_request() == NOBODY:
        return None
    document = urlsplit(flask.request.referrer or "")
    return Session.of(document.query, document.path) if document.netloc == flask.request.host else None


def _frame(page: Any, drawn: str | None) -> dmc.MantineProvider:
    return dmc.MantineProvider(
        [
            dcc.Location(id=ids.URL, refresh="callback-nav"),
            dcc.Store(id=ids.DRAWN, data=drawn),
            html.Div(id=ids.SESSION_NOTICE),
            html.Div(page, id=ids.PAGE),
            html.Div(id=ids.DRAWER),
        ],
        theme=THEME,
    )
