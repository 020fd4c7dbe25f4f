"""The dashboard over an installation: its own application at the root, that of each zone below ``/z/<code>/``.

The application of a zone is made when it is first asked for; the one that was asked for longest ago is forgotten first.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from http import HTTPStatus
from threading import Lock
from typing import Any, cast

from dash import Dash
from flask.typing import ResponseReturnValue

from dash_app.api.answers import errors_as_json
from dash_app.app import Mount, create_app
from dash_app.downloads.routes import add_downloads
from dash_app.downloads.zones import OF_ZONES
from dash_app.routing import BASE
from dash_app.server.guard import Guarded
from dash_app.session import ZONE
from dash_app.sign_in.gate import gate_of, open_gate
from dash_app.site.dashboard import add_pages, dashboard
from dash_app.site.document import Dashboard
from dash_app.zone_routes import ABOVE, zone_base
from service.errors import BadInput
from service.people.installation import People
from service.people.settings import SignIn
from service.scope import every_zone
from service.zones import ZonesService

MOST = 24
"""Zones whose applications are kept at once in a process."""
OF_ZONE = re.compile(rf"{BASE}/(?P<code>[a-z0-9-]+)(?P<rest>/.*)?", re.DOTALL)
NO_ZONE = "-"
"""No code of a zone begins so."""
Answer = Iterable[bytes]


def create_above(service: ZonesService, sign_in: SignIn | None = None) -> Dashboard:
    """The application over all zones; without sign-in as that of a single home."""
    if sign_in is None:
        guarded = Guarded(open_gate(every_zone()))
    else:
        targets = (sign_in.oidc.origin,) if sign_in.oidc else ()
        guarded = Guarded(gate_of(sign_in), sign_in.host, targets)
    app = dashboard(ABOVE, guarded, sign_in)
    app.server.after_request(errors_as_json)  # of zones that there are not, as of those out of the scope
    add_downloads(app.server, service, OF_ZONES)
    add_pages(app, ABOVE, service, service.release)
    return app


class Installation:
    """The WSGI application over all zones and each of them; ``sign_in`` is of ``service.people()``."""

    def __init__(self, service: ZonesService, sign_in: SignIn | None = None) -> None:
        self.above = create_above(service, sign_in)
        self._service, self._sign_in = service, sign_in
        self._zones, self._lock = OrderedDict[str, Dash](), Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Answer:
        """Answer by the application of the address; one that names no zone is that of the zones together."""
        named = OF_ZONE.fullmatch(environ.get("PATH_INFO", ""))
        app = (self.zone(named["code"]) or self._nowhere) if named else None
        if named is None or app is None:
            return cast(Answer, self.above.server(environ, start_response))
        own = {"SCRIPT_NAME": zone_base(named["code"]), "PATH_INFO": named["rest"] or "/", ZONE: named["code"]}
        return cast(Answer, app.server({**environ, **own}, start_response))

    def zone(self, code: str) -> Dash | None:
        """The application of a zone; None where there is no such zone, or ``zones.yml`` cannot be read."""
        try:
            is_known = any(zone.code == code for zone in self._service.zones())
        except BadInput:  # the page of the zones shows it
            is_known = False
        with self._lock:
            if not is_known:
                self._zones.pop(code, None)
                return None
            if code not in self._zones:
                self._zones[code] = self._made(code, self._service.people_within(code) if self._sign_in else None)
            self._zones.move_to_end(code)
            while len(self._zones) > MOST:
                self._zones.popitem(last=False)
            return self._zones[code]

    @cached_property
    def _nowhere(self) -> Dash | None:
        """Answers in place of zones that there are not, as a zone does whom it does not let in.

        None without accounts, where nothing is hidden.
        """
        return None if self._sign_in is None else self._made(NO_ZONE, self._service.people_nowhere())

    def _made(self, code: str, people: People | None) -> Dash:
        def outside() -> ResponseReturnValue:
            """As of a zone that there is not."""
            return self.above.index(), HTTPStatus.NOT_FOUND  # type: ignore[no-untyped-call]

        mount = Mount(zone_base(code), outside)
        sign_in = replace(self._sign_in, people=people) if self._sign_in and people else None
        return create_app(self._service.of_zone(code, people), sign_in, mount)
