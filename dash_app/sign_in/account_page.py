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
from service.people.accounts import Account
from service.people.scope_words import scope_words, zone_names
from service.people.settings import SignIn
from service.scope import roles


def add_account_page(server: flask.Flask, sign_in: SignIn) -> None:
    """Add the page with its forms, and what the templates of sign-in need beside their words."""

    @server.route("/account")
    def account() -> str:
        return drawn()

    def _scope_words(account: Account) -> str:
        names = zone_names(sign_in.people.home)
        return scope_words(account.scope_kind, account.scope_keys, request_lang(), names)

    def drawn(**done: Any) -> str:
        scope = current_scope()
        role = roles()[scope.role]
        return flask.render_template(
            "security/account.html",
            who=scope.who,
            role=role.en if request_lang() == "en" else role.zh,
            scope=_scope_words(current_user.account),
            has_password=bool(current_user.password),
            **calendars_of(sign_in),
            **done,
        )

    add_calendar_forms(server, sign_in, drawn)

    @server.context_processor
    def links() -> dict[str, Any]:
        return {"address": address, "other_lang": _other_lang, "home_address": in_language("/", request_lang())}


def _other_lang() -> str:
    """The present address in the other language, and in it that of the page which comes after."""
    other: Lang = "zh" if request_lang() == "en" else "en"
    kept = dict(flask.request.args)
    if "next" in kept:
        kept["next"] = in_language(kept["next"], other)
    return in_language("?" + urlencode(kept), other)
