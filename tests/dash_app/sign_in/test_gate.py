"""Nobody is let in but by a session, or by a token where a route takes tokens; what is in no table is denied."""

import re
from dataclasses import replace
from typing import Any

import flask
import pytest
from dash import Dash

from dash_app import routing
from dash_app.app import create_app
from dash_app.routing import ENDPOINTS, NOBODY, Endpoint
from dash_app.server.callbacks import roles_of
from dash_app.session import current_scope
from dash_app.sign_in.tokens import token_scope
from service.people.installation import People
from service.people.settings import SignIn
from service.reader import Service
from service.scope import PIPELINE

pytestmark = pytest.mark.rule("default-deny")

PAGES = ("/", "/firm/91", "/account", "/verify", "/change", "/nothing", "/fs-static/x", "/_dash-layout")
FILES = ("/_dash-dependencies", "/assets/shell.js", "/_dash-component-suites/dash/x.js")


@pytest.fixture
def exported(app: Dash) -> Dash:
    """The site with a route that takes tokens, and one that wants the password given lately."""
    table = {
        **ENDPOINTS,
        "figures": Endpoint(frozenset({PIPELINE, "officer"}), takes_tokens=True),
        "exported": Endpoint(frozenset({"officer"}), is_fresh=True),
    }
    routing.use(app.server, replace(routing.ZONE, endpoints=table))
    app.server.add_url_rule("/api/v1/figures", "figures", lambda: f"{current_scope().who}|{current_scope().kind}")
    app.server.add_url_rule("/exported", "exported", lambda: "the file")
    app.server.add_url_rule("/forgotten", "forgotten", lambda: "the secret")
    return app


def _is_public(endpoint: str) -> bool:
    return endpoint in ENDPOINTS and NOBODY in ENDPOINTS[endpoint].roles


def test_every_route_of_the_server_is_shut_but_the_public_ones(app: Dash, visitor: Any) -> None:
    open_routes = set()
    for rule in app.server.url_map.iter_rules():
        answer = visitor.get(re.sub(r"<[^>]+>", "x", rule.rule))
        is_shut = answer.status_code in (401, 403, 404, 405) or "/login" in (answer.location or "")
        if not is_shut:
            open_routes.add(rule.rule)

    public = {rule.rule for rule in app.server.url_map.iter_rules() if _is_public(rule.endpoint)}
    assert open_routes <= public | routing.PUBLIC_FILES
    assert "/login" in open_routes


def test_an_application_opens_no_connection_before_it_is_asked(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlalchemy.create_engine", lambda *_, **__: pytest.fail("a connection would cross a fork"))

    assert create_app(Service(people.home), SignIn(People(people.home, people.clock), "k" * 64))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_leads_nobody_to_sign_in_and_back(visitor: Any, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 302
    assert answer.location.startswith("/login?next=/")


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_refused_to_nobody(visitor: Any, path: str) -> None:
    assert visitor.get(path).status_code in (302, 401)


@pytest.mark.parametrize("path", sorted(routing.PUBLIC_FILES))
def test_what_sign_in_is_drawn_with_is_public(visitor: Any, path: str) -> None:
    assert visitor.get(path).status_code == 200


def test_a_session_that_ended_answers_a_callback_with_a_notice_and_no_data(visitor: Any, people: People) -> None:
    visitor.sign_in("李娜")
    assert visitor.callback().status_code == 200
    people.accounts.set_active("李娜", False, by="王伟", why="离职")

    answer = visitor.callback(Referer="http://127.0.0.1/?lang=en")
    assert answer.status_code == 200
    assert answer.json["response"] == {}
    assert [*answer.json["sideUpdate"]] == ["session-notice"]
    assert "You are signed out" in answer.text
    assert "登录已结束" in str(visitor.callback(Referer="http://127.0.0.1/").json)

    people.accounts.set_active("李娜", True, by="王伟", why="返岗")
    visitor.sign_in("李娜")
    assert visitor.callback().json["sideUpdate"] == {"session-notice": {"children": None}}
    assert "sideUpdate" not in visitor.callback().json


def test_a_callback_without_the_token_of_its_page_is_refused(visitor: Any) -> None:
    visitor.sign_in("李娜")

    assert visitor.callback({}, **{"X-CSRFToken": "x"}).status_code == 400
    assert visitor.client.post("/_dash-update-component", json={}, headers={"Host": "127.0.0.1"}).status_code == 400
    assert visitor.callback().status_code == 200


def test_tokens_against_forged_requests_do_not_end_while_a_page_is_open(app: Dash) -> None:
    assert app.server.config["WTF_CSRF_TIME_LIMIT"] is None
    assert app.server.config.get("WTF_CSRF_CHECK_DEFAULT", True)


@pytest.mark.parametrize("path", ["/?auth_token=x", "/login?include_auth_token", "/account?auth_token="])
def test_tokens_of_flask_security_are_refused(visitor: Any, path: str) -> None:
    assert visitor.get(path).status_code == 400
    assert visitor.get("/login", **{"Authentication-Token": "x"}).status_code == 400


def test_no_answer_hands_out_a_token(visitor: Any) -> None:
    data = {"username": "李娜", "password": "a sentence that nobody guesses"}
    for headers in ({"Accept": "application/json"}, {}):
        page = visitor.client.post("/login", json=data, headers={"Host": "127.0.0.1", **headers})
        assert page.status_code == 400
    assert "authentication_token" not in visitor.get("/login", Accept="application/json").text


def test_a_token_opens_the_routes_that_take_tokens_and_no_other(exported: Dash, visitor: Any, people: People) -> None:
    secret, token = people.tokens.create("数据中台", "park:330108", 9, by="王", why="取数")
    bearer = {"Authorization": f"Bearer {secret}"}

    assert visitor.get("/api/v1/figures", **bearer).text == f"数据中台 ({token.token_id})|park"
    assert visitor.get("/api/v1/figures").status_code == 401
    assert visitor.get("/api/v1/figures", Authorization="Bearer tidu_x").status_code == 401
    for path in ("/", "/account", "/exported", "/_dash-layout"):
        assert visitor.get(path, **bearer).location.startswith("/login")
    with exported.server.test_request_context(headers=bearer):
        assert token_scope(people) == token_scope(people, flask.request)
    people.tokens.revoke(token.token_id, by="王", why="下线")
    assert visitor.get("/api/v1/figures", **bearer).status_code == 401


def test_a_route_that_is_in_no_table_is_denied_to_all(exported: Dash, visitor: Any) -> None:
    assert visitor.get("/forgotten").location.startswith("/login")
    visitor.sign_in("李娜")
    assert visitor.get("/forgotten").status_code == 404
    assert "the secret" not in visitor.get("/forgotten").text


def test_a_role_that_is_not_let_in_is_denied_and_written_down(exported: Dash, visitor: Any, people: People) -> None:
    visitor.sign_in("王伟")

    assert visitor.get("/exported").status_code == 403
    assert [(entry["who"], entry["subject"]) for entry in people.accesses.entries(kind="denied")] == [
        ("王伟", "/exported")
    ]
    assert visitor.get("/firm/91").status_code == 404
    assert visitor.get("/").status_code == 200


def test_every_callback_states_its_roles_and_others_are_refused(app: Dash, visitor: Any) -> None:
    assert [output for output, callback in app.callback_map.items() if not roles_of(callback)] == []
    assert roles_of({"callback": lambda: None}) == frozenset()
    proof = next(output for output in app.callback_map if "proof" in output)
    body = {
        "output": proof,
        "outputs": {"id": {"edition": "x", "part": "proof"}, "property": "children"},
        "inputs": [{"id": {"edition": "x", "part": "fold"}, "property": "n_clicks", "value": 1}],
        "state": [
            {"id": {"edition": "x", "part": "proof"}, "property": "children"},
            {"id": "url", "property": "pathname", "value": "/firm/x"},
            {"id": "url", "property": "search", "value": ""},
        ],
        "changedPropIds": ['{"edition":"x","part":"fold"}.n_clicks'],
    }
    visitor.sign_in("王伟")
    assert visitor.callback(body).status_code == 403


def test_a_callback_without_roles_cannot_be_added(app: Dash) -> None:
    with pytest.raises(TypeError, match="roles"):
        app.callback()


def test_an_export_asks_for_the_password_again_after_a_while(exported: Dash, visitor: Any, people: People) -> None:
    visitor.sign_in("李娜")
    assert visitor.get("/exported").text == "the file"
    with visitor.client.session_transaction(base_url="http://127.0.0.1") as session:
        session["fs_paa"] -= 16 * 60

    verify = visitor.get("/exported").location
    assert verify.startswith("/verify?next=/exported")
    assert "密码不对" in visitor.post(verify, {"password": "wrong"}).text
    assert visitor.post(verify, {"password": "a sentence that nobody guesses"}).location == "/exported"
    assert visitor.get("/exported").text == "the file"
    assert [entry["kind"] for entry in people.accesses.entries()][:2] == ["confirmed", "sign_in_failed"]


@pytest.mark.parametrize("path", ["/login", "/reset", "/"])
def test_pages_of_sign_in_have_the_headers_of_all_pages(visitor: Any, path: str) -> None:
    headers = visitor.get(path).headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"


def test_cookies_are_kept_from_scripts_other_sites_and_plain_connections(people: People, set_up: Any) -> None:
    for url in (None, "https://tidu.example"):
        app = create_app(Service(people.home), replace(set_up, url=url))
        host = "tidu.example" if url else "127.0.0.1"
        answer = app.server.test_client().get("/login", headers={"Host": host}, base_url=url)
        (cookie,) = (text for text in answer.headers.getlist("Set-Cookie") if text.startswith("tidu_session"))
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert ("Secure" in cookie) == (url is not None)


def test_requests_by_other_names_and_from_other_sites_are_refused(visitor: Any) -> None:
    assert visitor.get("/login", Host="evil.example").status_code == 403
    answer = visitor.client.post("/login", headers={"Host": "127.0.0.1", "Origin": "https://evil.example"})
    assert answer.status_code == 403
