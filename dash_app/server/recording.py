"""Records what the signed-in user does in the list of accesses; without accounts nothing is recorded."""

from collections.abc import Mapping
from typing import Any

import flask

from dash_app.session import current_scope, token_of_request
from service.people.settings import SignIn

EXTENSION = "tidu"


def keep_record(server: flask.Flask, sign_in: SignIn) -> None:
    """Let ``record_access`` write into the list of an installation."""
    server.extensions[EXTENSION] = sign_in.people


def record_access(kind: str, subject: str, content: Mapping[str, Any] | None = None) -> None:
    """Write down what the present request does: ``kind`` of ``service.people.access.KINDS``, to which subject.

    Raises ``CasebookFailed`` where it cannot be written, so that nothing is shown or taken away unnoticed.
    """
    people = flask.current_app.extensions.get(EXTENSION)
    if people is not None:
        scope, token = current_scope(), token_of_request()
        noted = {**(content or {}), **({"token": token} if token else {})}
        people.accesses.record(kind, subject, who=scope.who, role=scope.role, content=noted)
