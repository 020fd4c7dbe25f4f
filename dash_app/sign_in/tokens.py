"""Tokens of pipelines, sent as ``Authorization: Bearer …`` to the routes that take them."""

from typing import cast

import flask

from service.people.installation import People
from service.scope import PIPELINE, Kind, Scope

SCHEME = "bearer"


def token_scope(people: People, request: flask.Request | None = None) -> Scope | None:
    """The scope of the valid token that a request brings (the present one unless given); None for none."""
    scheme, _, secret = (request or flask.request).headers.get("Authorization", "").partition(" ")
    token = people.tokens.of_secret(secret.strip()) if scheme.lower() == SCHEME else None
    if token is None:
        return None
    return Scope(f"{token.name} ({token.token_id})", PIPELINE, cast(Kind, token.scope_kind), token.scope_keys)
