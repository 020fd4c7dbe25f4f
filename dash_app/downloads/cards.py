"""The route of the report cards that suppliers get, as the run wrote them."""

import flask

from dash_app.downloads.routes import FORBIDDEN, NOT_FOUND, refused
from dash_app.server.recording import record_access
from dash_app.session import Session
from service.reader import Service

ENDPOINT = "report_card"
RULE = "/download/cards/<file>"


def add_cards(server: flask.Flask, service: Service) -> None:
    """Add the route to a server."""

    def card(file: str) -> flask.Response:
        session = Session.of(flask.request.query_string.decode("utf-8", "replace"))
        if not session.scope.may("export"):
            record_access("denied", flask.request.path)
            return refused(FORBIDDEN, "forbidden")
        with service.release(session.scope) as release:
            known = {path.name: path for path in release.exports(session.scope).cards()}
        if file not in known:
            return refused(NOT_FOUND, "no_list", name=file)
        record_access("exported", f"card:{file}", {"run": known[file].parent.name})
        return flask.send_file(known[file], as_attachment=True, download_name=file)

    server.add_url_rule(RULE, ENDPOINT, card, methods=["GET"], provide_automatic_options=False)
