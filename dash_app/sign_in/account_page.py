"""The page of one's own account: name, role, scope, and the ways to change the password and to sign out."""

from typing import Any
from urllib.parse import urlencode

import flask
from flask_security import current_user

from dash_app.session import current_scope
from dash_app.sign_in.addresses import address, in_language
from dash_app.sign_in.calendar_forms import add_calendar_forms, calendars_of
from dash_app.sign_in.words import request_lang
from dash_app.wording.loader import Lang
from service.people.settings import SignIn
from service.rendering import park_name
from service.scope import Scope, ZonesScope, roles


def add_account_page(server: flask.Flask, sign_in: SignIn) -> None:
    """Add the page with its forms, and what the templates of sign-in need beside their words."""

    @server.route("/account")
    def account() -> str:
        return drawn()

    def drawn(**done: Any) -> str:
        scope = current_scope()
        role = roles()[scope.role]
        return flask.render_template(
            "security/account.html",
            who=scope.who,
            role=role.en if request_lang() == "en" else role.zh,
            kind="zones" if isinstance(scope, ZonesScope) else scope.kind,
            keys=_keys(scope),
            has_password=bool(current_user.password),
            **calendars_of(sign_in),
            **done,
        )

    add_calendar_forms(server, sign_in, drawn)

    @server.context_processor
    def links() -> dict[str, Any]:
        return {"address": address, "other_lang": _other_lang, "home_address": in_language("/", request_lang())}


def _keys(scope: Scope) -> tuple[str, ...]:
    """What is named of a scope: its zones, or parks and incubators; own firms are many."""
    if isinstance(scope, ZonesScope):
        return scope.zones
    if scope.kind == "park":
        return tuple(map(park_name, scope.keys))
    return () if scope.kind == "own" else scope.keys


def _other_lang() -> str:
    """The present address in the other language, and in it that of the page which comes after."""
    other: Lang = "zh" if request_lang() == "en" else "en"
    kept = dict(flask.request.args)
    if "next" in kept:
        kept["next"] = in_language(kept["next"], other)
    return in_language("?" + urlencode(kept), other)
