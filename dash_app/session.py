"""What is known of a request: the address, its language, and the user with their scope."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from urllib.parse import parse_qsl, urlencode

import flask

from dash_app.wording.loader import Lang, lang_of
from service.scope import Scope

ZONE = "tidu.zone"
"""In the environment of a request: the code of the zone, of many of an installation, that it is for."""
NOBODY = "nobody"
"""The role of a visitor who has not signed in."""


@dataclass(frozen=True)
class Session:
    """One request: the path and the parameters of its address, its language and scope.

    ``base`` begins every address of the site where it is one zone of an installation, such as ``/z/hz``; ``zone`` is
    the code of that.
    """

    address: Mapping[str, str]
    lang: Lang
    scope: Scope
    path: str = "/"
    base: str = ""
    zone: str = ""

    @classmethod
    def of(cls, search: str | None, path: str | None = None) -> "Session":
        """The session of an address: its query string, and its path where that matters."""
        address, base = parsed(search), flask.request.script_root
        lang, own = lang_of(address.get("lang")), (path or "/").removeprefix(base) or "/"
        return cls(address, lang, current_scope(), own, base, flask.request.environ.get(ZONE, ""))

    def href(self, path: str, parameters: Mapping[str, str] | None = None) -> str:
        """A path of the site in the language of the session, with parameters."""
        query = self.query(parameters or {})
        return f"{self.base}{path}?{query}" if query else f"{self.base}{path}"

    def query(self, parameters: Mapping[str, str]) -> str:
        """The query string of parameters and of the language of the session."""
        return urlencode({**parameters, **({} if self.lang == "zh" else {"lang": self.lang})})

    def day(self, parameter: str) -> date | None:
        """The ISO date that a parameter of the address states; None where it states none."""
        try:
            return date.fromisoformat(self.address.get(parameter, ""))
        except ValueError:
            return None

    @property
    def of_installation(self) -> "Session":
        """The session for addresses of the whole installation, such as one's own account."""
        return replace(self, base="")


def set_scope(scope: Scope | None, token: str | None = None) -> None:
    """Set account and scope of the present request, None without sign-in; called by the gate before any view.

    ``token`` is the number of the token that the request brings, None for a session.
    """
    flask.g.tidu_scope, flask.g.tidu_token = scope, token


def token_of_request() -> str | None:
    """The number of the token by which the present request was let in; None for a session."""
    token: str | None = flask.g.get("tidu_token")
    return token


def current_scope() -> Scope:
    """Account and scope of the present request; raises ``RuntimeError`` where the gate admitted none."""
    scope = flask.g.get("tidu_scope")
    if scope is None:
        raise RuntimeError("no scope: the request did not pass the gate")
    return cast(Scope, scope)


def role_of_request() -> str:
    """The role of the account of the present request; ``NOBODY`` without sign-in."""
    scope = flask.g.get("tidu_scope")
    return NOBODY if scope is None else str(scope.role)


def parsed(search: str | None) -> dict[str, str]:
    """The parameters of a query string, with or without its question mark."""
    return dict(parse_qsl((search or "").lstrip("?")))
