"""The routes of paper: the sheet of a firm and the Monday pack as PDF, for who may export; each is written down."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

import flask

from dash_app.downloads.routes import FORBIDDEN, UNAVAILABLE, disposition, refused
from dash_app.routing import PACK, SHEET
from dash_app.server.recording import record_access
from dash_app.session import Session
from dash_app.wording.loader import texts
from service.errors import NoRelease, ReleaseUnreadable
from service.paper.pack import monday_pack
from service.paper.sheet import firm_sheet
from service.reader import ReleaseQueries, Service

Make = Callable[[ReleaseQueries, Session], bytes | None]
"""Sets the paper of a release; None for a firm that is not of the scope."""


def add_paper(server: flask.Flask, service: Service) -> None:
    """Add the routes to a server; a firm out of the scope is answered as one that there is not."""

    def sheet(firm_id: str) -> flask.Response:
        def make(release: ReleaseQueries, session: Session) -> bytes | None:
            file = release.firm(firm_id)
            return None if file is None else firm_sheet(file, release.casework(session.scope), session.lang)

        return _answer(service, "sheet", firm_id, make)

    def pack() -> flask.Response:
        return _answer(service, "pack", "", lambda release, session: monday_pack(
            release.pack(), release.freshness(), session.lang
        ))  # fmt: skip

    server.add_url_rule(SHEET, "sheet", sheet, methods=["GET"], provide_automatic_options=False)
    server.add_url_rule(PACK, "pack", pack, methods=["GET"], provide_automatic_options=False)


def _answer(service: Service, name: str, firm_id: str, make: Make) -> flask.Response:
    session = Session.of(flask.request.query_string.decode("utf-8", "replace"))
    if not session.scope.may("export"):
        record_access("denied", flask.request.path)
        return refused(FORBIDDEN, "forbidden")
    try:
        with service.release(session.scope) as release:
            run, content = release.run(), make(release, session)
    except (NoRelease, ReleaseUnreadable):
        return refused(UNAVAILABLE, "nothing")
    if content is None:
        return refused(HTTPStatus.NOT_FOUND, "no_firm", name=firm_id)
    sha256 = hashlib.sha256(content).hexdigest()
    record_access("exported", f"{name}:{firm_id}", {"format": "pdf", "run": run["run_id"], "sha256": sha256})
    response = flask.Response(content, mimetype="application/pdf")
    title = f"{texts('routes')[name][session.lang]} {firm_id}".strip()
    named = disposition(f"{name}-{firm_id}".strip("-"), title, run["day"], run["run_id"], "pdf")
    response.headers["Content-Disposition"] = named.replace("attachment", "inline", 1)
    response.headers["X-Tidu-Run"] = run["run_id"]
    return response
