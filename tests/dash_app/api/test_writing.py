"""Acts over HTTP: each kept once, within the scope, by whoever may; both versions of a conflict; proofs by hash."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from dash_app.api import received, routes
from dash_app.api.bodies import BODIES
from dash_app.api_routes import PREFIX, WRITES
from dash_app.app import create_app
from service.casework import ACTS
from service.reader import Service
from tiers.strict_yaml import load
from warehouse.casebook import proofs
from warehouse.casebook.book import Book
from warehouse.home import Home
from warehouse.quality.quarantine.decisions import CORRECT
from warehouse.release.releases import Published

DESCRIPTION = load(routes.DESCRIPTION).content
PDF = b"%PDF-1.7\n%%EOF\n"
WHY = {"why": "试"}


@pytest.fixture(scope="module")
def home(copy_of_home: Callable[[], Home]) -> Home:
    return copy_of_home()


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    return create_app(Service(home)).server.test_client()


@pytest.fixture(scope="module")
def firms(home: Home) -> list[str]:
    """Firms of known revenue that may still become high-tech enterprises; each test takes its own."""
    rows = Published(home).rows(
        "select firm_id from mart_firm__verdicts where designation = 'hnte' and is_selected and not is_closed"
        " and firm_id in (select firm_id from core_firm__facts inner join parameter using (day)"
        " where revenue_fen_y0 is not null and is_on_dishonesty_list = false)"
        " and firm_id not in (select firm_id from core_firm__held) order by firm_id"
    )
    return [row["firm_id"] for row in rows]


@pytest.fixture
def firm(firms: list[str]) -> str:
    return firms.pop()


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


@pytest.fixture(scope="module")
def send(client: FlaskClient) -> Sender:
    return Sender(client)


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


def test_every_act_has_a_route_a_body_and_its_description() -> None:
    assert {route.name for route in WRITES} == set(ACTS) == set(BODIES)
    for model in BODIES.values():
        described = DESCRIPTION["components"]["schemas"][model.__name__]
        stated = model.model_json_schema(ref_template="#/components/schemas/{model}")
        names = set(described["properties"]) - {received.PROOF}
        assert names == set(stated["properties"]), model
        assert set(described["required"]) - {received.PROOF} == set(stated.get("required", [])), model
        for name in names:
            assert described["properties"][name] == _plain(stated["properties"][name]), (model, name)
    codes = {route.act: entry for route in WRITES for entry in _operations(route.name)}
    assert all({"200", "201", "400", "403", "422"} <= entry["responses"].keys() for entry in codes.values())


def _operations(name: str) -> list[dict[str, Any]]:
    methods = [methods["post"] for methods in DESCRIPTION["paths"].values() if "post" in methods]
    return [entry for entry in methods if entry["operationId"] == name]


def _plain(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: _plain(value) for name, value in schema.items() if name not in ("title", "description")}


def test_visits_requests_and_tasks_go_round(send: Sender, firm: str) -> None:
    of = f"/cases/{firm}"
    ours = [{"what": "送政策包", "by_on": "2030-01-31"}, {"what": "约银行"}]
    visit = kept(send(f"{of}/visits", {**WHY, "note": "看了车间", "ours": ours}))
    keep = send(f"{of}/visits/{visit['number']}/keep", {**WHY, "side": "ours", "promise": 2}, **{"If-Match": '"1"'})
    request = kept(send(f"{of}/requests", {**WHY, "what": "要厂房", "topic": "用地"}))
    kept(send(f"{of}/requests/{request['number']}/answer", {**WHY, "answer": "已约三处"}))
    kept(send(f"{of}/requests/{request['number']}/close", {**WHY, "result": "solved"}))
    first, second, third = (kept(send(f"{of}/tasks", {**WHY, "what": f"第{n}项"})) for n in (1, 2, 3))
    kept(send(f"{of}/tasks/{first['number']}/done", {**WHY, "outcome": "好了"}))
    kept(send(f"{of}/tasks/{second['number']}/drop", {**WHY, "outcome": "不用了"}))
    kept(send(f"{of}/tasks/{third['number']}/postpone", {**WHY, "due_by": "2030-05-31"}))

    assert kept(keep)["version"] == 2
    assert keep.headers["ETag"] == '"2"'
    case = send.get(of)
    validate(case, "CaseFile")
    assert [(p["what"], p["by_on"], bool(p["kept_on"])) for p in case["visits"][0]["ours"]] == [
        ("送政策包", "2030-01-31", False), ("约银行", None, True),
    ]  # fmt: skip
    assert [(task["number"], task["due_on"]) for task in case["tasks"]] == [(third["number"], "2030-05-31")]
    assert [row["kind"] for row in case["timeline"]][:3] == ["visit.recorded", "visit.kept", "request.raised"]
    for name, state in (("tasks", "dropped"), ("requests", "closed")):
        rows = send.get(f"/{name}?with_ended=true")["rows"]
        assert state in {row["state"] for row in rows if row["firm_id"] == firm}
    (row,) = [row for row in send.get("/visits")["rows"] if row["firm_id"] == firm]
    assert (row["number"], row["version"]) == (visit["number"], 2)

    undone = send(f"{of}/events/{visit['seq'] + 1}/undo")
    assert kept(undone)["withdraws"] == visit["seq"] + 1
    assert send(f"{of}/events/{visit['seq']}/undo", key="form-undo-visit").status_code == 201


def test_an_application_goes_from_its_papers_to_its_result(send: Sender, firm: str) -> None:
    of = f"/cases/{firm}/applications"
    opened = kept(send(of, {**WHY, "designation": "hnte"}))
    number = opened["number"]
    assert send(f"{of}/{number}/ready", {**WHY, "paper": 99}).status_code == 400
    kept(send(f"{of}/{number}/ready", {**WHY, "paper": 1}))
    kept(send(f"{of}/{number}/file", {**WHY, "receipt": "浙2026-17"}))
    kept(send(f"{of}/{number}/decide", {**WHY, "outcome": "granted"}))

    (row,) = [row for row in send.get("/applications?with_ended=true")["rows"] if row["firm_id"] == firm]
    assert (row["state"], row["receipt"]) == ("granted", "浙2026-17")


def test_steps_services_and_owners_go_round(send: Sender, firm: str) -> None:
    of = f"/cases/{firm}"
    entered = kept(send(f"{of}/pool", {**WHY, "step": "enter", "designation": "hnte"}))
    case = send.get(of)
    validate(case, "CaseFile")
    assert (case["member"]["designation"], case["pool_version"]) == ("hnte", 1)
    assert [step["may"] for step in case["steps"] if step["step"] == "serve"] == [True]
    validate(members := send.get("/pool"), "Members")
    assert firm in {row["firm_id"] for row in members["rows"]}
    conflict = valid(send(f"{of}/pool", {**WHY, "step": "serve"}, **{"If-Match": '"7"'}), "Conflict", 409)
    assert conflict["error"]["sent"]["content"]["step"] == "serve"
    given = kept(send(f"{of}/services", {**WHY, "service": "rd_accounting", "designation": "hnte"}))
    kept(send(f"{of}/services/{given['seq']}/outcome", {**WHY, "outcome": "narrowed"}))
    assert send.get(of)["services"][0]["outcome"] == "narrowed"
    kept(send(f"{of}/events/{entered['seq']}/undo"))
    assert send.get(of)["member"] is None

    kept(send(f"{of}/owner", {**WHY, "owner": "王某", "deputy": "李某"}))
    kept(send("/owners/hand-over", {**WHY, "former": "王某", "owner": "赵某"}))
    kept(
        send("/leaves", {**WHY, "officer": "赵某", "first_on": "2020-01-01", "last_on": "2099-12-31", "deputy": "李某"})
    )
    assert send.get(of)["owner"]["acting"] == "李某"
    kept(send("/leaves/end", {**WHY, "officer": "赵某"}))
    owner = send.get(of)["owner"]
    assert owner["acting"] == "赵某"
    kept(send(f"{of}/owner/end", **{"If-Match": str(owner["version"])}))
    assert send.get(of)["owner"] is None


def test_a_list_enters_the_pool_and_who_is_refused_is_named_with_why(send: Sender) -> None:
    body = {**WHY, "signal": "near_miss,blocked", "designation": "hnte"}
    first = send("/pool", body, key="list-of-signals")
    done, again = valid(first, "Done", 201), valid(send("/pool", body, key="list-of-signals"), "Done", 200)

    assert done["events"]
    assert again["events"] == done["events"]
    assert all(row["reasons"] for row in done["refused"])


def test_what_is_due_becomes_a_task_and_rules_that_are_not_there_are_said(send: Sender, client: FlaskClient) -> None:
    row = next(row for row in send.get("/due?within=3650")["rows"] if row["state"] == "open" and row["due_on"])
    task = kept(send(f"/cases/{row['firm_id']}/tasks/due", {**WHY, "duty": row["duty"]}))

    assert task["content"]["duty"] == row["duty"]
    refused = valid(send("/owners/by-rule"), "Error", 400)
    assert "assignment.yml" in refused["error"]["en"]


def test_a_contest_is_sent_with_its_proof_and_decided(send: Sender, client: FlaskClient, home: Home, firm: str) -> None:
    of = f"/cases/{firm}/contests"
    preview = send.get(f"{of}/preview?fact=revenue_y0&claimed=9999万元")
    validate(preview, "Preview")

    def contest(key: str, content: bytes, name: str = "../审计报告.pdf", **more: str) -> TestResponse:
        fields = {**WHY, "fact": "revenue_y0", "claimed": "9999万元", **more, "proof": (io.BytesIO(content), name)}
        return client.post(PREFIX + of, data=fields, headers={"Host": "127.0.0.1", "Idempotency-Key": key})

    valid(contest("contest-not-a-pdf", b"MZ not a document"), "Error", 400)
    valid(contest("contest-other-field", PDF, other="x"), "Error", 400)
    event = kept(contest("contest-1", PDF))
    assert valid(contest("contest-1", PDF), "Done", 200)["events"][0]["seq"] == event["seq"]
    valid(contest("contest-1", PDF + b"%"), "Error", 422)
    (proof,) = event["content"]["proofs"]
    assert (proof["name"], proofs.is_intact(home, proof["sha256"])) == ("审计报告.pdf", True)
    validate(rows := send.get("/contests"), "Contests")
    assert (rows["rows"][0]["value"], rows["rows"][0]["cell"]) == (preview["value"], preview["cell"])
    number = event["number"]
    valid(send(f"{of}/{number}/decline", {"why": " "}), "Error", 400)
    kept(send(f"{of}/{number}/decline", {"why": "证明与主张不符"}))
    valid(send(f"{of}/{number}/accept"), "Error", 400)
    kept(send(f"/cases/{firm}/events/{event['seq'] + 1}/undo"))
    accepted = valid(send(f"{of}/{number}/accept", {"why": "审计报告属实"}), "Done", 201)
    assert [event["kind"] for event in accepted["events"]] == ["contest.accepted", CORRECT]


def test_the_same_form_twice_is_kept_once_and_its_number_is_of_that_form_alone(send: Sender, firm: str) -> None:
    of, body = f"/cases/{firm}/tasks", {**WHY, "what": "核对辅助账"}
    first, again = (
        valid(send(of, body, key="one-form"), "Done", 201),
        valid(send(of, body, key="one-form"), "Done", 200),
    )

    assert (again["events"], again["is_repeat"]) == (first["events"], True)
    valid(send(of, {**WHY, "what": "别的"}, key="one-form"), "Error", 422)
    valid(send(f"/cases/{firm}/requests", {**WHY, "what": "别的"}, key="one-form"), "Error", 422)
    assert len(send.get(f"/cases/{firm}")["tasks"]) == 1


def test_of_two_who_change_a_thing_the_second_gets_both_versions(send: Sender, firm: str) -> None:
    of = f"/cases/{firm}/tasks"
    number = kept(send(of, {**WHY, "what": "核对辅助账"}))["number"]
    seen = {"If-Match": '"1"'}
    kept(send(f"{of}/{number}/postpone", {**WHY, "due_by": "2030-05-31"}, **seen))

    answer = valid(send(f"{of}/{number}/done", {**WHY, "outcome": "好了"}, **seen), "Conflict", 409)
    assert [event["content"]["due_on"] for event in answer["error"]["saved"]] == ["2030-05-31"]
    assert (answer["error"]["sent"]["kind"], answer["error"]["sent"]["content"]["outcome"]) == ("task.done", "好了")
    kept(send(f"{of}/{number}/done", {**WHY, "outcome": "好了"}, **{"If-Match": "2"}))


def test_what_cannot_be_understood_is_refused_and_nothing_is_kept(
    send: Sender, client: FlaskClient, home: Home, firm: str
) -> None:
    of, before = f"/cases/{firm}", Book(home).head().seq
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
        answer = client.post(f"{PREFIX}{of}/tasks", data=text, content_type=kind, headers=headers)
        refused[name] = (answer, status)

    assert {name: answer.status_code for name, (answer, _) in refused.items()} == {
        name: status for name, (_, status) in refused.items()
    }
    for answer, _ in refused.values():
        validate(answer.json, "Error")
    assert Book(home).head().seq == before


def test_a_thing_of_another_firm_is_not_changed_through_this_one(send: Sender, firms: list[str]) -> None:
    own, other = firms.pop(), firms.pop()
    task = kept(send(f"/cases/{other}/tasks", {**WHY, "what": "核对辅助账"}))

    valid(send(f"/cases/{own}/tasks/{task['number']}/done", {**WHY, "outcome": "x"}), "Error", 400)
    valid(send(f"/cases/{own}/events/{task['seq']}/undo"), "Error", 400)
    assert send.get(f"/cases/{other}")["tasks"][0]["state"] == "open"
