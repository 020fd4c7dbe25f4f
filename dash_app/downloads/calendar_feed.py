"""The calendar of the user: what is due of their firms with alarms on the day to start, visits and tasks.

As a file for who has signed in, and at a secret address for calendar programs, which cannot sign in.
"""

import hashlib
from http import HTTPStatus

import flask
from flask.typing import ResponseReturnValue

from dash_app.downloads.routes import refused
from dash_app.server.recording import record_access
from dash_app.session import current_scope, set_scope
from dash_app.sign_in.attempts import client_address
from dash_app.sign_in.words import text
from service.errors import NoRelease, ReleaseUnreadable
from service.people.settings import SignIn
from service.people.sign_in_attempts import SignInAttempt
from service.reader import Service
from service.scope import Scope
from service.wording.rendering import Counted

ENDPOINT, RULE = "calendar", "/calendar.ics"
FEED_ENDPOINT, FEED = "calendar_feed", "/calendar/<part>.ics"
FORBIDDEN, TOO_MANY, UNAVAILABLE = 403, 429, 503


def add_calendar(server: flask.Flask, service: Service) -> None:
    """Serve due dates as iCalendar to accounts with the right to export."""

    def calendar() -> flask.Response:
        scope = current_scope()
        if not scope.may("export"):
            record_access("denied", flask.request.path)
            return refused(FORBIDDEN, "forbidden")
        return _answer(service, scope, is_own=flask.request.args.get("whose") == "mine")

    server.add_url_rule(RULE, ENDPOINT, calendar, methods=["GET"], provide_automatic_options=False)


def add_calendar_feed(server: flask.Flask, service: Service, sign_in: SignIn) -> None:
    """Add the route of secret addresses to a server with accounts.

    An attempt is counted as one to sign in is, unless its address was right once. What is wrong with an address is not
    shown, and none is recorded.
    """

    def feed(part: str) -> ResponseReturnValue:
        people = sign_in.people
        attempt = SignInAttempt(people.calendars.counted_by(part), client_address(sign_in))
        wait = people.attempts.begin(attempt)
        if wait:
            return text("paused", seconds=Counted(wait)), TOO_MANY, {"Retry-After": str(wait)}
        if people.calendars.is_known(part):
            people.attempts.succeeded(attempt)
        resolved = people.calendars.account_of(part)
        if resolved is None:
            return text("no_calendar"), HTTPStatus.NOT_FOUND
        account, token = resolved
        scope = people.accounts.scope_of(account)
        if scope is None or not (scope.may("see") and scope.may("export")):
            return text("no_calendar"), HTTPStatus.NOT_FOUND
        set_scope(scope, token.token_id)
        return _answer(service, scope, is_own=True)

    server.add_url_rule(FEED, FEED_ENDPOINT, feed, methods=["GET"], provide_automatic_options=False)


def _answer(service: Service, scope: Scope, *, is_own: bool) -> flask.Response:
    """The calendar of the firms of a scope, or of those of them that are assigned to the user; it is written down."""
    try:
        with service.release(scope) as release:
            work, run = release.casework(scope), release.run()
            content = work.month().file(work.day().own_firms() if is_own else None)
    except (NoRelease, ReleaseUnreadable):
        return refused(UNAVAILABLE, "nothing")
    record_access("exported", "calendar", {"run": run["run_id"], "sha256": hashlib.sha256(content).hexdigest()})
    response = flask.Response(content, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="tidu-{run["day"]}.ics"'
    return response
