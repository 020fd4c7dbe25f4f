"""What the interface refuses: methods, before the first release, and acts that cannot be understood."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from http_acts import WHY, Sender, kept, valid, validate

from dash_app.api import received
from dash_app.api_routes import PREFIX
from dash_app.app import create_app
from service.reader import Service
from warehouse.casebook.book import Book
from warehouse.home import Home

pytestmark = pytest.mark.rule("strict-definitions")

HOST = {"Host": "127.0.0.1"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_read_cannot_be_written(writing_client: FlaskClient, method: str) -> None:
    answer = getattr(writing_client, method)(f"{PREFIX}/firms", headers=HOST)

    assert answer.status_code == 405
    validate(answer.get_json(), "Error")


def test_before_the_first_release_there_is_nothing_to_read(tmp_path: Path) -> None:
    client = create_app(Service(Home(tmp_path / "empty"))).server.test_client()

    assert client.get(f"{PREFIX}/firms", headers=HOST).status_code == 503
    validate(client.get(f"{PREFIX}/firms", headers=HOST).get_json(), "Error")


def test_what_cannot_be_understood_is_refused_and_nothing_is_kept(
    send: Sender, writing_client: FlaskClient, worked_on: Home, firm: str
) -> None:
    of, before = f"/cases/{firm}", Book(worked_on).head().seq
    body = {**WHY, "what": "x"}
    refused = {
        "an unknown field": (send(f"{of}/tasks", {**body, "owner": "x"}), 400),
        "a number for a text": (send(f"{of}/tasks", {**body, "what": 1}), 400),
        "no reason": (send(f"{of}/tasks", {"what": "x"}), 400),
        "a day that there is not": (send(f"{of}/tasks", {**body, "due_by": "2026-02-30"}), 400),
        "a text that is too long": (send(f"{of}/tasks", {**body, "what": "长" * 4001}), 400),
        "a body that is too large": (send(f"{of}/tasks", {**body, "what": "x" * received.LARGEST}), 413),
        "no number": (send(f"{of}/tasks", body, key=" "), 400),
        "a number that is too short": (send(f"{of}/tasks", body, key="abc"), 400),
        "no version": (send(f"{of}/tasks", body, **{"If-Match": "*"}), 400),
        "no thing": (send(f"{of}/tasks/none/done", {**WHY, "outcome": "x"}), 400),
        "no event": (send(f"{of}/events/999999/undo"), 400),
        "no number of an event": (send(f"{of}/events/x/undo"), 400),
        "no firm": (send("/cases/none/tasks", body), 404),
        "a day to come": (send(f"{of}/visits", {**WHY, "note": "x", "visited_on": "2099-01-01"}), 400),
        "NUL": (send(f"{of}/tasks", {**body, "what": "a\0b"}), 400),
    }
    headers = {"Host": "127.0.0.1", "Idempotency-Key": "form-by-hand"}
    for name, text, kind, status in (
        ("no JSON", b"{", "application/json", 400),
        ("a name twice", b'{"why": "x", "why": "y", "what": "z"}', "application/json", 400),
        ("a list", b"[]", "application/json", 400),
        ("deep", b"[" * 50_000, "application/json", 400),
        ("not a number", b'{"why": NaN, "what": "x"}', "application/json", 400),
        ("half a sign", json.dumps({**WHY, "what": "\ud800"}).encode(), "application/json", 400),
        ("a form", b"why=x&what=y", "application/x-www-form-urlencoded", 415),
    ):
        answer = writing_client.post(f"{PREFIX}{of}/tasks", data=text, content_type=kind, headers=headers)
        refused[name] = (answer, status)

    assert {name: answer.status_code for name, (answer, _) in refused.items()} == {
        name: status for name, (_, status) in refused.items()
    }
    for answer, _ in refused.values():
        validate(answer.json, "Error")
    assert Book(worked_on).head().seq == before


def test_a_thing_of_another_firm_is_not_changed_through_this_one(send: Sender, firms: list[str]) -> None:
    own, other = firms.pop(), firms.pop()
    task = kept(send(f"/cases/{other}/tasks", {**WHY, "what": "核对辅助账"}))

    valid(send(f"/cases/{own}/tasks/{task['number']}/done", {**WHY, "outcome": "x"}), "Error", 400)
    valid(send(f"/cases/{own}/events/{task['seq']}/undo"), "Error", 400)
    assert send.get(f"/cases/{other}")["tasks"][0]["state"] == "open"
