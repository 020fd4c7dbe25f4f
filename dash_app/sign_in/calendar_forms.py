"""The forms of one's own account by which secret addresses of its calendar are made and revoked."""

from collections.abc import Callable
from typing import Any

import flask
from flask.typing import ResponseReturnValue

from dash_app.routing import BASE
from dash_app.server.recording import record_access
from dash_app.session import current_scope
from dash_app.sign_in.words import request_lang, text
from service.errors import BadInput
from service.people.settings import SignIn
from service.scope import EVERY, Scope, ZonesScope

FORBIDDEN = 403


def calendars_of(sign_in: SignIn) -> dict[str, Any]:
    """What the page of the account shows of calendars: whether its role may have any, and the valid ones."""
    scope = current_scope()
    may_subscribe = scope.may("see") and scope.may("export")
    return {
        "may_subscribe": may_subscribe,
        "calendars": sign_in.people.calendars.of(scope.who) if may_subscribe else [],
    }


def add_calendar_forms(server: flask.Flask, sign_in: SignIn, account_page: Callable[..., str]) -> None:
    """Add the routes; ``account_page`` draws the account with what became of a form."""

    @server.post("/account/calendar")
    def calendar_create() -> ResponseReturnValue:
        scope = current_scope()
        if not scope.may("export"):
            return text("denied"), FORBIDDEN
        try:
            part, token = sign_in.people.calendars.create(scope.who)
        except BadInput as error:
            return account_page(refused=_in_words(error))
        record_access("edited", "calendar", {"created": token.token_id})
        return account_page(calendar=_address(part, scope))

    @server.post("/account/calendar/revoke")
    def calendar_revoke() -> ResponseReturnValue:
        token_id = flask.request.form.get("token", "")
        try:
            sign_in.people.calendars.revoke(current_scope().who, token_id)
        except BadInput as error:
            return account_page(refused=_in_words(error))
        record_access("edited", "calendar", {"revoked": token_id})
        return account_page(revoked=True)


def _address(part: str, scope: Scope) -> str:
    """The address as a calendar program opens it; above many zones it is within one, whose code is to be filled in."""
    if not isinstance(scope, ZonesScope):
        return flask.url_for("calendar_feed", part=part, _external=True)
    is_certain = len(scope.zones) == 1 and EVERY not in scope.zones
    code = scope.zones[0] if is_certain else text("zone_code")
    return f"{flask.request.host_url.rstrip('/')}{BASE}/{code}/calendar/{part}.ics"


def _in_words(error: BadInput) -> str:
    return error.en if request_lang() == "en" else error.zh
