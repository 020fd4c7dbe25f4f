"""The gate before every request: the user is settled first, and nobody is let in but where a table of routes says so.

Only a session counts, or a token where a route takes tokens: Flask-Security's own tokens would open every route, so a
request that brings one is refused.
"""

from collections.abc import Callable

import flask
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_security.utils import get_request_attr

from dash_app import routing
from dash_app.routing import CALLBACKS
from dash_app.server.recording import record_access
from dash_app.session import NOBODY, set_scope
from dash_app.sign_in import denied, proxy, tokens
from dash_app.sign_in.addresses import address, present_address
from dash_app.sign_in.freshness import confirm_first, is_fresh
from dash_app.sign_in.words import text
from service.people.settings import SignIn
from service.scope import Scope

FOREIGN_TOKENS = ("auth_token", "include_auth_token")
Gate = Callable[[], ResponseReturnValue | None]
"""Answers a request that is not let in, and returns None for one that is."""


def open_gate(scope: Scope) -> Gate:
    """Where there are no accounts, the user of this machine is let in; the guard admits no other host."""

    def gate() -> None:
        set_scope(scope)

    return gate


def gate_of(sign_in: SignIn, outside: Gate | None = None) -> Gate:
    """The gate of an installation with accounts; ``outside`` answers who has signed in and may not enter its zone."""

    def gate() -> ResponseReturnValue | None:
        if _brings_foreign_token():
            flask.abort(400)
        entry = routing.present().endpoints.get(flask.request.endpoint or "")
        takes_tokens = entry is not None and entry.takes_tokens
        scope, token = (tokens.token_scope(sign_in.people) if takes_tokens else None) or (_session_scope(sign_in), None)
        set_scope(scope, token)
        role = scope.role if scope else NOBODY
        if not _admits(role):
            is_outside = scope is None and outside is not None and _has_signed_in()
            return outside() if is_outside and outside else _refusal(scope, takes_tokens)
        if scope is not None and entry is not None and entry.is_fresh and not is_fresh(scope):
            return confirm_first()
        return None

    return gate


def _admits(role: str) -> bool:
    request = flask.request
    return routing.admits(request.endpoint, request.path, request.method, role)


def _session_scope(sign_in: SignIn) -> Scope | None:
    """The scope of the signed-in user; None without sign-in."""
    proxy.follow(sign_in)
    return sign_in.people.accounts.scope_of(current_user.account) if _has_signed_in() else None


def _has_signed_in() -> bool:
    return bool(current_user.is_authenticated and get_request_attr("fs_authn_via") == "session")


def _brings_foreign_token() -> bool:
    request = flask.request
    return any(name in request.args for name in FOREIGN_TOKENS) or "Authentication-Token" in request.headers


def _refusal(scope: Scope | None, takes_tokens: bool) -> ResponseReturnValue | None:
    """Where to sign in; for a signed-in user the notice that there is no such page, or none for the role."""
    request = flask.request
    if scope is not None:
        if request.endpoint not in routing.present().endpoints:
            return None
        record_access("denied", request.path)
        return text("denied"), 403
    if request.path == CALLBACKS and request.method == "POST":
        return denied.signed_out()
    if takes_tokens or request.method not in ("GET", "HEAD") or request.path.startswith(routing.FILES):
        return text("please"), 401
    return flask.redirect(address("security.login", next=present_address()))
