"""Whether the password was given lately: asked before an export or a change of rights."""

from datetime import timedelta
from urllib.parse import urlsplit

import flask
from flask.typing import ResponseReturnValue
from flask_security.utils import check_and_update_authn_fresh, get_request_attr

from dash_app.routing import CALLBACKS
from dash_app.session import token_of_request
from dash_app.sign_in import denied
from dash_app.sign_in.addresses import address, present_address
from dash_app.sign_in.proxy import BY_PROXY
from service.people.rules import rules
from service.scope import LOCAL, Scope


def is_fresh(scope: Scope) -> bool:
    """Whether the password of the session was given within the limit.

    Not asked of a token, which cannot give one, of the user of this machine without accounts, nor of whom a proxy
    vouches for with each request.
    """
    if scope.role == LOCAL or token_of_request() is not None or flask.session.get(BY_PROXY):
        return True
    within = timedelta(minutes=rules().fresh_minutes)
    return bool(check_and_update_authn_fresh(within, timedelta(0), get_request_attr("fs_authn_via")))


def confirm_first() -> ResponseReturnValue:
    """The way to the page that asks for the password, from a page or a callback; back to the address afterwards."""
    if flask.request.path == CALLBACKS:
        return denied.confirm_first()
    if flask.request.method not in ("GET", "HEAD"):
        return flask.redirect(address("security.verify", next=_page_of_form()), 303)
    return flask.redirect(address("security.verify", next=present_address()))


def _page_of_form() -> str | None:
    """The page whose form was sent, to come back to; the form is not sent again by itself."""
    came_from = urlsplit(flask.request.referrer or "")
    return came_from.path if came_from.netloc == flask.request.host else None
