"""Acts sent over HTTP, and their answers held to the description of the interface."""

from typing import Any

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from dash_app.api import routes
from dash_app.api_routes import PREFIX
from tiers.strict_yaml import load

DESCRIPTION = load(routes.DESCRIPTION).content
WHY = {"why": "试"}


class Sender:
    """Sends acts, each under a number of its own unless one is given."""

    def __init__(self, client: FlaskClient) -> None:
        self._client, self._sent = client, 0

    def __call__(self, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> TestResponse:
        self._sent += 1
        named = {"Host": "127.0.0.1", "Idempotency-Key": key or f"form-{self._sent:04}", **headers}
        return self._client.post(PREFIX + path, json=WHY if body is None else body, headers=named)

    def get(self, path: str) -> Any:
        answer = self._client.get(PREFIX + path, headers={"Host": "127.0.0.1"})
        assert answer.status_code == 200, answer.text
        return answer.json


def valid(answer: TestResponse, schema: str, status: int) -> Any:
    assert answer.status_code == status, answer.text
    validate(answer.json, schema)
    return answer.json


def validate(answer: object, schema: str) -> None:
    described = {"$ref": f"#/components/schemas/{schema}", "components": DESCRIPTION["components"]}
    Draft202012Validator(described, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(answer)


def kept(answer: TestResponse) -> dict[str, Any]:
    """The event that an act made."""
    done = valid(answer, "Done", 201)
    assert done["is_repeat"] is False
    return dict(done["events"][0])
