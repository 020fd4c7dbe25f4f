"""The dashboard over one home: one Dash application over its published release."""

from collections.abc import Callable
from dataclasses import dataclass

from dash import Dash
from flask.typing import ResponseReturnValue

from dash_app import drawer, routing
from dash_app.api.routes import add_api
from dash_app.downloads.calendar_feed import add_calendar, add_calendar_feed
from dash_app.downloads.cards import add_cards
from dash_app.downloads.paper import add_paper
from dash_app.downloads.routes import add_downloads
from dash_app.pages.case.contest_route import add_contest
from dash_app.server.guard import Guarded
from dash_app.sign_in.gate import gate_of, open_gate
from dash_app.site.dashboard import add_pages, dashboard
from dash_app.zone_routes import MOUNTED
from service.people.settings import SignIn
from service.reader import Service
from service.scope import single_user


@dataclass(frozen=True)
class Mount:
    """Where the home of a zone lies in an installation, and what is answered to who may not enter it."""

    base: str
    outside: Callable[[], ResponseReturnValue]


def create_app(service: Service, sign_in: SignIn | None = None, mount: Mount | None = None) -> Dash:
    """The application; without sign-in it answers this machine only, and its user may do everything.

    Accounts of an installation are not administered in its zones.
    """
    table = routing.ZONE if mount is None else MOUNTED
    app = dashboard(table, _guarded(sign_in, mount), sign_in, mount.base if mount else "")
    server = app.server
    if sign_in is not None:
        add_calendar_feed(server, service, sign_in)
    add_api(server, service)
    add_downloads(server, service)
    add_calendar(server, service)
    add_paper(server, service)
    add_contest(server, service)
    add_cards(server, service)
    drawer.register(app, service)
    add_pages(app, table, service, service.release)
    return app


def _guarded(sign_in: SignIn | None, mount: Mount | None) -> Guarded:
    if sign_in is None:
        return Guarded(open_gate(single_user()))
    targets = (sign_in.oidc.origin,) if sign_in.oidc else ()
    return Guarded(gate_of(sign_in, mount.outside if mount else None), sign_in.host, targets)
