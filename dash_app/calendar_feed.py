"""The calendar file of who asks: what is due of their firms with alarms on the day to start, visits and tasks."""

import hashlib

import flask

from dash_app.downloads.routes import refused
from dash_app.recording import record_access
from dash_app.session import current_scope
from service.reader import NoRelease, ReleaseUnreadable, Service

ENDPOINT, RULE = "calendar", "/calendar.ics"
FORBIDDEN, UNAVAILABLE = 403, 503


def add_calendar(server: flask.Flask, service: Service) -> None:
    """Add the route to a server."""

    def calendar() -> flask.Response:
        scope = current_scope()
        if not scope.may("export"):
            record_access("denied", flask.request.path)
            return refused(FORBIDDEN, "forbidden")
        try:
            with service.release(scope) as release:
                work, run = release.casework(scope), release.run()
                own = work.day().own_firms() if flask.request.args.get("whose") == "mine" else None
                content = work.month().file(own)
        except (NoRelease, ReleaseUnreadable):
            return refused(UNAVAILABLE, "nothing")
        record_access("exported", "calendar", {"run": run["run_id"], "sha256": hashlib.sha256(content).hexdigest()})
        response = flask.Response(content, mimetype="text/calendar")
        response.headers["Content-Disposition"] = f'attachment; filename="tidu-{run["day"]}.ics"'
        return response

    server.add_url_rule(RULE, ENDPOINT, calendar, methods=["GET"], provide_automatic_options=False)
