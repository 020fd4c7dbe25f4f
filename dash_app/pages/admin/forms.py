"""The forms of the administration: a fold for each act, with its fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dash_app import ids
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.people.accounts import Account
from service.people.roles import assignable
from service.people.rules import rules
from service.people.tokens import Token
from service.scope import roles

word = words_of("admin")
LINE, ROLE, ACCOUNT, TOKEN, NUMBER = "line", "role", "account", "token", "number"


@dataclass(frozen=True)
class Form:
    """An act and its fields, each with how it is typed; ``why`` is asked of all."""

    act: str
    fields: Mapping[str, str]


OF_ACCOUNTS = (
    Form("create", {"name": LINE, "role": ROLE, "scope": LINE}),
    Form("change", {"account": ACCOUNT, "role": ROLE, "scope": LINE}),
    Form("disable", {"account": ACCOUNT}),
    Form("enable", {"account": ACCOUNT}),
    Form("link", {"account": ACCOUNT}),
    Form("end_sessions", {"account": ACCOUNT}),
)
OF_TOKENS = (
    Form("token_create", {"name": LINE, "scope": LINE, "days": NUMBER}),
    Form("token_revoke", {"token": TOKEN}),
)
ACTS = frozenset(form.act for form in (*OF_ACCOUNTS, *OF_TOKENS))


def account_forms(accounts: Sequence[Account], session: Session) -> html.Div:
    """The forms about accounts; those about one that is there only where there is one."""
    choices = {ACCOUNT: [{"value": account.name, "label": account.name} for account in accounts]}
    shown = [form for form in OF_ACCOUNTS if accounts or ACCOUNT not in form.fields.values()]
    return html.Div([_fold(form, choices, session.lang) for form in shown])


def token_forms(tokens: Sequence[Token], session: Session) -> html.Div:
    """Forms to create tokens, and to end those there are."""
    choices = {TOKEN: [{"value": token.token_id, "label": f"{token.token_id} {token.name}"} for token in tokens]}
    shown = [form for form in OF_TOKENS if tokens or TOKEN not in form.fields.values()]
    return html.Div([_fold(form, choices, session.lang) for form in shown])


def _fold(form: Form, choices: Mapping[str, list[dict[str, str]]], lang: Lang) -> html.Details:
    fields = [_field(form.act, name, kind, choices, lang) for name, kind in {**form.fields, "why": LINE}.items()]
    send = dmc.Button(word("do", lang), id=ids.office_act(form.act))
    return html.Details([html.Summary(word(form.act, lang)), html.Div([*fields, send], className="form")])


def _field(act: str, name: str, kind: str, choices: Mapping[str, list[dict[str, str]]], lang: Lang) -> Any:
    common: dict[str, Any] = {"id": ids.office_field(act, name), "label": word(name, lang)}
    if kind == ROLE:
        offered = [{"value": role, "label": getattr(roles()[role], lang)} for role in assignable()]
        return dmc.Select(**common, data=offered, clearable=True)
    if kind in choices:
        return dmc.Select(**common, data=choices[kind], clearable=True, searchable=True)
    if kind == NUMBER:
        return dmc.TextInput(**common, value=str(rules().token_days))
    return dmc.TextInput(**common, placeholder=word("scope_hint", lang) if name == "scope" else None)
