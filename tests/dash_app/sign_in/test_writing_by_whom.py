"""Who writes over HTTP: a session with the token of its page, or a token of an account, in its name and scope."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from dash_app.api_routes import EDITORS, PREFIX, WRITES
from service.people.installation import People
from service.scope import PIPELINE, roles
from warehouse.casebook.book import Book
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("default-deny")

WHY = {"why": "试"}
BODY = {"what": "核对辅助账", "why": "试"}


def send(site: Any, role: str, path: str, body: Any = None, key: str = "form-0001", **headers: str) -> TestResponse:
    client, own = site.visitors[role]
    named = {**own, "Idempotency-Key": key, **headers}
    return client.post(f"{PREFIX}{path}", json=BODY if body is None else body, headers=named)


def page_token(site: Any, role: str) -> dict[str, str]:
    cookie = site.visitors[role][0].get_cookie("_csrf_token", domain="127.0.0.1")
    return {"X-CSRFToken": cookie.value} if cookie else {}


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def people(with_accounts: Any) -> People:
    installation: People = with_accounts.app.server.extensions["tidu"]
    return installation


def test_every_act_is_open_to_who_edits_and_to_nobody_else(with_accounts: Any) -> None:
    wrong = []
    for route in WRITES:
        path = route.path.replace("<firm_id>", "none").replace("<number>", "x").replace("<seq>", "1")
        for role in with_accounts.visitors:
            status = send(with_accounts, role, path, {}, **page_token(with_accounts, role)).status_code
            expected = (400, 404, 415) if role in EDITORS else (401,) if role == "nobody" else (403,)
            if status not in expected:
                wrong.append((route.name, role, status))

    assert wrong == []
    assert {role for role, what in roles().items() if "edit" in what.rights} == EDITORS


def test_a_session_writes_only_with_the_token_of_its_page(with_accounts: Any) -> None:
    path = f"/cases/{with_accounts.firm}/tasks"
    forged = send(with_accounts, "officer", path)
    wrong = send(with_accounts, "officer", path, **{"X-CSRFToken": "x"})
    foreign = send(
        with_accounts, "officer", path, Origin="https://elsewhere.example", **page_token(with_accounts, "officer")
    )

    assert (forged.status_code, wrong.status_code, foreign.status_code) == (403, 403, 403)
    assert "X-CSRFToken" in forged.json["error"]["en"]
    assert send(with_accounts, "officer", path, **page_token(with_accounts, "officer")).status_code == 201


def test_a_token_of_an_account_works_in_its_name_and_is_noted(with_accounts: Any, people: People) -> None:
    secret, token = people.tokens.create_for("走访小程序", "OFFICER", 9, by="root", why="走访")
    path = f"/cases/{with_accounts.firm}/tasks"
    answer = send(with_accounts, "nobody", path, key="form-by-token", **bearer(secret))

    assert (answer.status_code, answer.json["events"][0]["by"]) == (201, "officer")
    (entry,) = people.accesses.entries(limit=1)
    assert (entry["kind"], entry["subject"], entry["who"]) == ("edited", f"case:{with_accounts.firm}", "officer")
    assert entry["content"] == {"act": "task", "token": token.token_id}
    assert send(with_accounts, "nobody", path, key="form-by-token", **bearer(secret)).status_code == 200
    assert send(with_accounts, "nobody", "/cases/none/tasks", **bearer(secret)).status_code == 404
    assert send(with_accounts, "nobody", path, {**BODY, "what": "别的"}, **bearer("tidu_wrong")).status_code == 401


def test_such_a_token_ends_with_its_account_and_opens_no_page(with_accounts: Any, people: People) -> None:
    people.accounts.create("赵六", "officer", "zone", by="root", why="开户")
    secret, token = people.tokens.create_for("走访小程序", "赵六", 9, by="root", why="走访")
    client, own = with_accounts.visitors["nobody"]
    path = f"{PREFIX}/firms?limit=1"
    assert client.get(path, headers=own | bearer(secret)).status_code == 200
    assert client.get("/", headers=own | bearer(secret)).status_code == 302
    people.accounts.change("赵六", role="administrator", scope=None, by="root", why="转岗")
    assert client.get(path, headers=own | bearer(secret)).status_code == 403, "the role of this moment"
    people.accounts.set_active("赵六", False, by="root", why="离职")
    assert client.get(path, headers=own | bearer(secret)).status_code == 401
    with pytest.raises(BadInput, match="没有可用的账户"):
        people.tokens.create_for("走访小程序", "赵六", 9, by="root", why="走访")
    people.tokens.revoke(token.token_id, by="root", why="下线")


def test_a_token_of_a_pipeline_reads_and_writes_nothing(with_accounts: Any, people: People) -> None:
    home: Home = people.home
    before = Book(home).head().seq
    answer = send(with_accounts, PIPELINE, f"/cases/{with_accounts.firm}/tasks", key="form-by-pipeline")

    assert answer.status_code == 403
    assert Book(home).head().seq == before


def test_an_officer_contests_and_a_statistician_decides(with_accounts: Any) -> None:
    path = f"/cases/{with_accounts.firm}/contests/none/decline"
    by_role = {
        role: send(with_accounts, role, path, WHY, f"form-of-{role}", **page_token(with_accounts, role)).status_code
        for role in ("officer", "incubator", "statistician")
    }

    assert by_role == {"officer": 403, "incubator": 403, "statistician": 400}
