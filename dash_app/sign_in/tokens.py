"""Tokens, sent as ``Authorization: Bearer …`` to the routes that take them: of a pipeline, or in an account's name."""

from typing import cast

import flask

from service.people.installation import People
from service.people.tokens import ACCOUNT
from service.scope import PIPELINE, Kind, Scope

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
        kind = cast(Kind, token.scope_kind)
        return Scope(f"{token.name} ({token.token_id})", PIPELINE, kind, token.scope_keys), token.token_id
    account = people.accounts.named(token.scope_keys[0])
    if account is None or not account.is_active:
        return None
    return people.accounts.scope_of(account), token.token_id
