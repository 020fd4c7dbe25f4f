"""Tokens, sent as ``Authorization: Bearer …`` to the routes that take them: of a pipeline, or in an account's name."""

import flask

from service.people.installation import People
from service.people.tokens import ACCOUNT, Token
from service.scope import PIPELINE, Scope

SCHEME = "bearer"


def token_scope(people: People, request: flask.Request | None = None) -> tuple[Scope, str] | None:
    """The scope and the number of the valid token that a request brings (the present one unless given).

    One that was made for an account has the account's scope and role of this moment; None once that is disabled.
    """
    scheme, _, secret = (request or flask.request).headers.get("Authorization", "").partition(" ")
    token = people.tokens.of_secret(secret.strip()) if scheme.lower() == SCHEME else None
    if token is None:
        return None
    if token.scope_kind != ACCOUNT:
        who = f"{token.name} ({token.token_id})"
        return _with_number(people.accounts.scope(who, PIPELINE, token.scope_kind, token.scope_keys), token)
    account = people.accounts.named(token.scope_keys[0])
    if account is None or not account.is_active:
        return None
    return _with_number(people.accounts.scope_of(account), token)


def _with_number(scope: Scope | None, token: Token) -> tuple[Scope, str] | None:
    return None if scope is None else (scope, token.token_id)
