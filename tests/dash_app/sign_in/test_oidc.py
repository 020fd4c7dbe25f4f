"""Sign-in through a provider of OpenID Connect: whole round trips with a provider on this machine."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from oidc_provider_mock import User, run_server_in_thread

from dash_app.app import create_app
from service.people.installation import People
from service.people.settings import Oidc, SignIn
from service.reader import Service

pytestmark = pytest.mark.rule("default-deny")

KNOWN = {"sub-1": "李娜", "sub-2": "王伟", "sub-3": "没有账户的人", "sub-4": ""}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    claims = [User(sub=sub, claims={"preferred_username": name} if name else {}) for sub, name in KNOWN.items()]
    with run_server_in_thread(user_claims=claims) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def set_up(people: People, issuer: str, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    return replace(SignIn(people, "k" * 64), oidc=Oidc(issuer, "tidu", "the secret of the client"))


def sent_back(address: str, sub: str, action: str = "authorize") -> str:
    """Where the provider sends a browser after ``sub`` has signed in there."""
    answer = httpx.post(address, data={"sub": sub, "action": action}, trust_env=False)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def start(visitor: Any, form: str = "/login", path: str = "/login/oauthstart/oidc") -> str:
    return str(visitor.post(path, form=form).location)


def test_a_round_trip_signs_the_account_of_its_name_in(visitor: Any, people: People, issuer: str) -> None:
    assert "统一身份认证" in visitor.get("/login").text
    asked = start(visitor, "/login?next=/account", "/login/oauthstart/oidc?next=/account")
    query = parse_qs(urlsplit(asked).query)
    assert asked.startswith(issuer)
    assert query["redirect_uri"] == ["http://127.0.0.1/login/oauthresponse/oidc"]
    assert query["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= query.keys()

    answer = visitor.get(sent_back(asked, "sub-1"))

    assert (answer.status_code, answer.location) == (302, "/account")
    assert "李娜" in visitor.get("/account").text
    assert people.accesses.entries()[0]["content"] == {"by": ["oauth"]}


@pytest.mark.parametrize("sub", ["sub-3", "sub-4"])
def test_a_name_without_an_account_is_not_let_in_and_none_is_made(visitor: Any, people: People, sub: str) -> None:
    answer = visitor.get(sent_back(start(visitor), sub))

    assert answer.location == "/login"
    assert "没有账户" in visitor.get("/login").text
    assert visitor.get("/account").location.startswith("/login")
    assert len(people.accounts.every()) == 2


def test_a_disabled_account_is_not_let_in(visitor: Any, people: People) -> None:
    people.accounts.set_active("李娜", False, by="王伟", why="离职")

    assert visitor.get(sent_back(start(visitor), "sub-1")).location == "/login"
    assert visitor.get("/account").location.startswith("/login")


def test_an_answer_is_used_once_by_the_browser_that_asked(visitor: Any, other: Any) -> None:
    back = sent_back(start(visitor), "sub-1")

    assert other.get(back).location == "/login"
    assert other.get("/account").location.startswith("/login")
    assert visitor.get(back).location == "/"
    visitor.post("/logout", form="/account")
    assert visitor.get(back).location == "/login"
    assert visitor.get("/account").location.startswith("/login")


def test_a_refusal_of_the_provider_leads_back_with_its_reason(visitor: Any) -> None:
    assert visitor.get(sent_back(start(visitor), "sub-1", "deny")).location == "/login"
    assert "没有完成" in visitor.get("/login").text


def test_the_password_asked_again_may_be_the_providers_and_of_nobody_else(visitor: Any) -> None:
    visitor.get(sent_back(start(visitor), "sub-1"))
    again = "/login/oauth-verify-start/oidc"

    def verified(sub: str) -> float:
        with visitor.client.session_transaction(base_url="http://127.0.0.1") as session:
            session["fs_paa"] = 1.0
        visitor.get(sent_back(start(visitor, "/verify", again), sub))
        with visitor.client.session_transaction(base_url="http://127.0.0.1") as session:
            return float(session["fs_paa"])

    assert verified("sub-2") == 1.0
    assert verified("sub-4") == 1.0
    assert verified("sub-1") > 1.0


def test_a_form_may_lead_to_the_provider_and_nowhere_else(visitor: Any, issuer: str) -> None:
    assert f"form-action 'self' {issuer}" in visitor.get("/login").headers["Content-Security-Policy"]


def test_starting_needs_the_token_of_the_page(visitor: Any) -> None:
    answer = visitor.client.post("/login/oauthstart/oidc", headers={"Host": "127.0.0.1"})

    assert answer.status_code == 400
    assert visitor.get("/login/oauthstart/oidc").status_code in (302, 404, 405)
    assert visitor.post("/login/oauthstart/other", form="/login").status_code == 404


def test_behind_a_tls_proxy_the_way_back_is_https(people: People, set_up: SignIn) -> None:
    app = create_app(Service(people.home), replace(set_up, url="https://tidu.example"))
    client = app.server.test_client()
    host = {"Host": "tidu.example", "Referer": "https://tidu.example/login"}
    page = client.get("/login", base_url="https://tidu.example").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    cookie = client.get_cookie("tidu_session", domain="tidu.example")
    client.set_cookie("tidu_session", cookie.value, domain="tidu.example")  # to be sent without TLS, as the proxy does
    asked = client.post("/login/oauthstart/oidc", headers=host, data={"csrf_token": token})

    query = parse_qs(urlsplit(asked.location).query)
    assert query["redirect_uri"] == ["https://tidu.example/login/oauthresponse/oidc"]
