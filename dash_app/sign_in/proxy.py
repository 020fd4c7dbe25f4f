"""Sign-in by a proxy that vouches for people in a header; nothing is believed without the shared secret beside it."""

import hmac

import flask
from flask_security import current_user
from flask_security.utils import login_user, logout_user, set_request_attr

from service.people.accounts import key_of
from service.people.settings import Proxy, SignIn

SECRET_HEADER = "X-Tidu-Proxy-Secret"  # noqa: S105
BY_PROXY = "by_proxy"
"""In a session: it rests on the proxy, which must vouch for each request."""


def follow(sign_in: SignIn) -> None:
    """Let the session be that of the name the proxy vouches for; a session that rested on it ends without it."""
    if sign_in.proxy is None:
        return
    name = _vouched(sign_in.proxy)
    is_of_proxy = current_user.is_authenticated and flask.session.get(BY_PROXY)
    if is_of_proxy and key_of(current_user.username) != key_of(name or ""):
        flask.session.pop(BY_PROXY)
        logout_user()
    if name and not current_user.is_authenticated:
        _sign_in(name)


def _vouched(proxy: Proxy) -> str | None:
    """The name in the header of the proxy; None without its secret."""
    secret = flask.request.headers.get(SECRET_HEADER, "")
    is_proxy = hmac.compare_digest(secret.encode(), proxy.secret.encode())
    name = flask.request.headers.get(proxy.header)
    return _decoded(name) if is_proxy and name else None


def _decoded(name: str) -> str:
    """A header as text: WSGI hands its bytes over as Latin-1, and names are UTF-8."""
    return name.encode("latin-1", "replace").decode("utf-8", "replace")


def _sign_in(name: str) -> None:
    user = flask.current_app.extensions["security"].datastore.find_user(username=name)
    if user is not None and user.active:
        flask.session[BY_PROXY] = True
        login_user(user, authn_via=["proxy"])
        set_request_attr("fs_authn_via", "session")  # as for the requests that follow
