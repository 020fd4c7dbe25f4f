"""Flask-Security over the accounts: its settings, its forms, and what is noted of a sign-in."""

from datetime import timedelta
from secrets import token_hex
from typing import Any

import flask
from flask_security import LoginForm, PasswordUtil, Security, UsernameUtil, uia_username_mapper, user_authenticated
from flask_wtf.csrf import CSRFProtect

from dash_app.server.recording import keep_record
from dash_app.session import current_scope
from dash_app.sign_in import attempts, oidc
from dash_app.sign_in.account_page import add_account_page
from dash_app.sign_in.datastore import Datastore, Links, User
from dash_app.sign_in.unavailable import failing_as_request
from dash_app.sign_in.words import request_lang, security_messages, text
from service.people.accounts import normalised
from service.people.installation import CasebookFailed
from service.people.rules import rules
from service.people.settings import SignIn
from service.wording.rendering import Counted

SESSION_COOKIE, CSRF_COOKIE = "tidu_session", "_csrf_token"
"""The second is what Dash's pages send back in a header."""
HASHING = {"argon2__memory_cost": 65536, "argon2__rounds": 3, "argon2__parallelism": 4}
"""64 MiB and three passes: the second recommendation of RFC 9106."""
FEWEST_SIGNS = 3
"""Different characters of a password."""


class Names(UsernameUtil):
    """Names as accounts have them: of any length and script, such as 王伟 or zhang.san."""

    def normalize(self, username: str) -> str:
        """A name as it is kept."""
        return normalised(username)

    def validate(self, username: str) -> tuple[str | None, str | None]:
        """No complaint, and the name as it is kept: whether there is such an account is asked afterwards."""
        return None, normalised(username or "")


class Passwords(PasswordUtil):
    """Long passwords of any kind; not the name of their owner, and not a few signs over and over."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """What is wrong with a password, None for nothing, and the password as it is hashed."""
        wrong, password = super().validate(password, is_register, **kwargs)
        name = getattr(kwargs.get("user"), "username", "")
        is_simple = len(set(password)) < FEWEST_SIGNS or password.casefold() == name.casefold()
        if not wrong and is_simple:
            wrong = [flask.current_app.config["SECURITY_MSG_PASSWORD_TOO_SIMPLE"][0]]
        return wrong, password


class SignInForm(LoginForm):
    """Name and password; a browser is not remembered beyond its session."""

    remember = None


def set_up(server: flask.Flask, sign_in: SignIn) -> None:
    """Add sign-in to a server, after the gate: tokens against forged requests, pauses, and Flask-Security's views."""
    server.config |= _settings(sign_in) | security_messages()
    shown = {"w": text, "provider": sign_in.oidc is not None, "password_length": Counted(rules().password_length)}
    server.context_processor(lambda: {**shown, "lang": request_lang()})
    if sign_in.is_behind_tls:
        server.wsgi_app = _as_https(server.wsgi_app)  # type: ignore[method-assign]
    keep_record(server, sign_in)
    add_account_page(server, sign_in)
    CSRFProtect(server)
    attempts.pause_after_failures(server, sign_in)
    security = Security(
        server,
        Datastore(sign_in.people.accounts),
        login_form=SignInForm,
        username_util_cls=Names,
        password_util_cls=Passwords,
    )
    security.want_json(lambda _: False)
    security.reset_serializer = Links(sign_in.people.accounts)  # type: ignore[assignment]
    if sign_in.oidc is not None:
        oidc.register(security.oauthglue, sign_in.oidc)
    _note_sign_ins(server, sign_in)


def _as_https(application: Any) -> Any:
    """Behind a TLS proxy every address is https, whatever the proxy reports."""

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        return application({**environ, "wsgi.url_scheme": "https"}, start_response)

    return answer


def _settings(sign_in: SignIn) -> dict[str, Any]:
    is_secure = sign_in.is_behind_tls
    limits = rules()
    return {
        "SECRET_KEY": sign_in.secret_key,
        "SESSION_COOKIE_NAME": SESSION_COOKIE,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",  # Strict would not come back from an identity provider
        "SESSION_COOKIE_SECURE": is_secure,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=limits.session_hours),
        "WTF_CSRF_TIME_LIMIT": None,
        "SECURITY_CSRF_COOKIE_NAME": CSRF_COOKIE,
        "SECURITY_CSRF_COOKIE": {"samesite": "Strict", "httponly": False, "secure": is_secure},
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_USERNAME_ENABLE": True,
        "SECURITY_USERNAME_REQUIRED": True,
        "SECURITY_USERNAME_MIN_LENGTH": 1,
        "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"username": {"mapper": uia_username_mapper, "case_insensitive": True}}],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": HASHING,
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": limits.password_length,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_SEND_PASSWORD_RESET_EMAIL": False,
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "SECURITY_FRESHNESS": timedelta(minutes=limits.fresh_minutes),
        "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(0),
        "SECURITY_OAUTH_ENABLE": sign_in.oidc is not None,
        "SECURITY_OAUTH_BUILTIN_PROVIDERS": [],
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
    }


def _note_sign_ins(server: flask.Flask, sign_in: SignIn) -> None:
    people = sign_in.people

    def note_sign_in(_: flask.Flask, user: User, authn_via: list[str], **__: Any) -> None:
        flask.session.permanent = True
        content = {"by": list(authn_via or [])}
        try:
            people.accounts.note_sign_in(user.account.key)
            people.accesses.record("signed_in", "", who=user.username, role=user.account.role, content=content)
        except CasebookFailed:
            flask.session.clear()  # a sign-in that cannot be written down is none
            raise

    user_authenticated.connect(note_sign_in, server)
    server.extensions["tidu_sign_in"] = note_sign_in  # signals hold their receivers weakly

    @server.after_request
    @failing_as_request
    def end_sessions(response: flask.Response) -> flask.Response:
        """Signing out ends the sessions of all devices: an old cookie would open them again."""
        if flask.request.endpoint == "security.logout" and response.location:
            scope = current_scope()
            people.accounts.end_sessions(scope.who, token_hex())
            people.accesses.record("signed_out", "", who=scope.who, role=scope.role)
        return response
