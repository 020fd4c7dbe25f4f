"""Acts over HTTP: each kept once, within the scope, by whoever may; both versions of a conflict; proofs by hash."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from http_acts import DESCRIPTION, WHY, Sender, kept, valid, validate
from werkzeug.test import TestResponse

from dash_app.api import received
from dash_app.api.bodies import BODIES
from dash_app.api_routes import PREFIX, WRITES
from service.casework import ACTS
from warehouse.casebook import proofs
from warehouse.home import Home
from warehouse.quality.quarantine.decisions import CORRECT

pytestmark = pytest.mark.rule("append-only")

PDF = b"%PDF-1.7\n%%EOF\n"


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
    called = {**WHY, "outcome": "called", "about": "研发投入"}
    assert kept(send(f"{of}/contacts", called, key="a-call-by-telephone"))["kind"] == "visit.recorded"
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
    assert [(p["what"], p["by_on"], bool(p["kept_on"])) for p in case["visits"][-1]["ours"]] == [
        ("送政策包", "2030-01-31", False), ("约银行", None, True),
    ]  # fmt: skip
    assert [(task["number"], task["due_on"]) for task in case["tasks"]] == [(third["number"], "2030-05-31")]
    assert [row["kind"] for row in case["timeline"]][:3] == ["visit.recorded", "visit.kept", "visit.recorded"]
    for name, state in (("tasks", "dropped"), ("requests", "closed")):
        rows = send.get(f"/{name}?with_ended=true")["rows"]
        assert state in {row["state"] for row in rows if row["firm_id"] == firm}
    (row,) = [row for row in send.get("/visits")["rows"] if row["number"] == visit["number"]]
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
    over = {**WHY, "former": "王某", "owner": "赵某"}
    kept(send("/owners/hand-over", over, key="hand-over-1"))
    assert (
        valid(send("/owners/hand-over", over, key="hand-over-1"), "Done", 200)["events"][0]["content"]["owner"]
        == "赵某"
    )
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


def test_what_is_due_becomes_a_task_and_rules_that_are_not_there_are_said(
    send: Sender, writing_client: FlaskClient
) -> None:
    row = next(row for row in send.get("/due?within=3650")["rows"] if row["state"] == "open" and row["due_on"])
    task = kept(send(f"/cases/{row['firm_id']}/tasks/due", {**WHY, "duty": row["duty"]}))

    assert task["content"]["duty"] == row["duty"]
    refused = valid(send("/owners/by-rule"), "Error", 400)
    assert "assignment.yml" in refused["error"]["en"]


def test_a_contest_is_sent_with_its_proof_and_decided(
    send: Sender, writing_client: FlaskClient, worked_on: Home, firm: str
) -> None:
    of = f"/cases/{firm}/contests"
    preview = send.get(f"{of}/preview?fact=revenue_y0&claimed=9999万元")
    validate(preview, "Preview")

    def contest(key: str, content: bytes, name: str = "../审计报告.pdf", **more: str) -> TestResponse:
        fields = {**WHY, "fact": "revenue_y0", "claimed": "9999万元", **more, "proof": (io.BytesIO(content), name)}
        return writing_client.post(PREFIX + of, data=fields, headers={"Host": "127.0.0.1", "Idempotency-Key": key})

    valid(contest("contest-not-a-pdf", b"MZ not a document"), "Error", 400)
    valid(contest("contest-other-field", PDF, other="x"), "Error", 400)
    event = kept(contest("contest-1", PDF))
    assert valid(contest("contest-1", PDF), "Done", 200)["events"][0]["seq"] == event["seq"]
    valid(contest("contest-1", PDF + b"%"), "Error", 422)
    (proof,) = event["content"]["proofs"]
    assert (proof["name"], proofs.is_intact(worked_on, proof["sha256"])) == ("审计报告.pdf", True)
    validate(rows := send.get("/contests"), "Contests")
    assert (rows["rows"][0]["value"], rows["rows"][0]["cell"]) == (preview["value"], preview["cell"])
    number = event["number"]
    valid(send(f"{of}/{number}/decline", {"why": " "}), "Error", 400)
    kept(send(f"{of}/{number}/decline", {"why": "证明与主张不符"}))
    valid(send(f"{of}/{number}/accept"), "Error", 400)
    kept(send(f"/cases/{firm}/events/{event['seq'] + 1}/undo"))
    accepted = valid(send(f"{of}/{number}/accept", {"why": "审计报告属实"}, key="accepted-1"), "Done", 201)
    again = valid(send(f"{of}/{number}/accept", {"why": "审计报告属实"}, key="accepted-1"), "Done", 200)
    assert again["events"] == accepted["events"]
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
