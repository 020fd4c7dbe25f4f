"""The pause after failed attempts, before any password is hashed, and what is noted of attempts."""

from dataclasses import dataclass

import flask
from flask.typing import ResponseReturnValue
from flask_security import current_user, user_authenticated

from dash_app.sign_in.datastore import User
from dash_app.sign_in.unavailable import failing_as_request
from dash_app.sign_in.words import text
from service.people.accounts import key_of
from service.people.settings import SignIn
from service.people.sign_in_attempts import SignInAttempt
from service.wording.rendering import Counted

CONFIRMING = "security.verify"
"""Leads on to another address only after the right password; no signal reports it."""
BY_NAME, BY_SESSION = ("security.login",), (CONFIRMING, "security.change_password")
"""The routes on which a password is tried: of the name in the form, or of the signed-in user."""
TOO_MANY = 429


def pause_after_failures(server: flask.Flask, sign_in: SignIn) -> None:
    """Count attempts and answer 429 during a pause; to be registered after the check for forged requests."""
    pauses = _Pauses(sign_in)
    server.before_request(pauses.begin)
    server.after_request(failing_as_request(pauses.end))
    user_authenticated.connect(pauses.succeed, server)
    server.extensions["tidu_pauses"] = pauses  # signals hold their receivers weakly


@dataclass(frozen=True)
class _Pauses:
    sign_in: SignIn

    def begin(self) -> ResponseReturnValue | None:
        """Count the attempt that the present request makes, if any; the page of the pause where it may not be made."""
        name = _attempted_name()
        if name is None:
            return None
        attempt = SignInAttempt(name, client_address(self.sign_in))
        wait = self.sign_in.people.attempts.begin(attempt)
        if not wait:
            flask.g.tidu_attempt = attempt
            return None
        page = flask.render_template("security/paused.html", message=text("paused", seconds=Counted(wait)))
        return page, TOO_MANY, {"Retry-After": str(wait)}

    def succeed(self, _: flask.Flask, user: User, **__: object) -> None:
        """Clear the counts of an attempt that signed its own name in, and no other's."""
        attempt = flask.g.get("tidu_attempt")
        if attempt is not None and key_of(attempt.name) == user.account.key:
            self._clear()

    def end(self, response: flask.Response) -> flask.Response:
        """Note an attempt that led to nothing."""
        people = self.sign_in.people
        if flask.request.endpoint == CONFIRMING and response.location and flask.g.get("tidu_attempt"):
            self._clear()
            people.accesses.record("confirmed", "", who=current_user.username, role=current_user.account.role)
        attempt = flask.g.pop("tidu_attempt", None)
        if attempt is not None:
            # A name that is nobody's is not written down: it may be a password typed into the wrong field.
            account = people.accounts.named(attempt.name)
            who, role = (account.name, account.role) if account else ("?", "")
            people.accesses.record("sign_in_failed", "", who=who, role=role)
        return response

    def _clear(self) -> None:
        self.sign_in.people.attempts.succeeded(flask.g.pop("tidu_attempt"))


def _attempted_name() -> str | None:
    """The name whose password the present request is an attempt with; None where it is none."""
    request = flask.request
    if request.method != "POST" or request.endpoint not in BY_NAME + BY_SESSION:
        return None
    if request.is_json:
        flask.abort(400)
    if request.endpoint in BY_SESSION:
        return str(current_user.username)
    return request.form.get("username", "")


def client_address(sign_in: SignIn) -> str | None:
    """Where a request comes from; behind a proxy the address it passes on, and None where it passes none."""
    if not sign_in.is_behind_tls:
        return flask.request.remote_addr
    forwarded = flask.request.headers.get("X-Forwarded-For", "")
    return forwarded.rpartition(",")[2].strip() or None
