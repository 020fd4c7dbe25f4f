"""A proxy signs people in only with the shared secret, for each request, and an address is read from it alone."""

from dataclasses import replace
from typing import Any

import pytest

from service.people.installation import People
from service.people.rules import rules
from service.people.settings import Proxy, SignIn

pytestmark = pytest.mark.rule("default-deny")

SECRET = "s" * 40
NAME = "李娜".encode().decode("latin-1")
"""As WSGI hands over the bytes of a header."""
VOUCHED = {"X-Remote-User": NAME, "X-Tidu-Proxy-Secret": SECRET}
HOST = "tidu.example"


@pytest.fixture
def set_up(people: People) -> SignIn:
    return replace(SignIn(people, "k" * 64), url=f"https://{HOST}", proxy=Proxy("X-Remote-User", SECRET))


def test_a_name_with_the_secret_is_signed_in(visitor: Any, people: People) -> None:
    assert "李娜" in visitor.get("/account", **VOUCHED).text
    assert people.accesses.entries()[0]["content"] == {"by": ["proxy"]}


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Remote-User": NAME},
        {"X-Remote-User": NAME, "X-Tidu-Proxy-Secret": ""},
        {"X-Remote-User": NAME, "X-Tidu-Proxy-Secret": SECRET[:-1]},
        {"X-Remote-User": NAME, "X-Tidu-Proxy-Secret": "ÿ"},
        {"X-Remote-User": "nobody", "X-Tidu-Proxy-Secret": SECRET},
        {"X-Tidu-Proxy-Secret": SECRET},
    ],
)
def test_a_name_without_the_secret_is_nobody(visitor: Any, headers: dict[str, str]) -> None:
    assert visitor.get("/account", **headers).location.startswith("/login")


def test_a_session_that_rests_on_the_proxy_ends_without_its_word(visitor: Any) -> None:
    visitor.client.get("/account", base_url=f"https://{HOST}", headers=VOUCHED)

    assert visitor.client.get("/account", base_url=f"https://{HOST}").location.startswith("/login")


def test_another_name_is_another_session(visitor: Any) -> None:
    first = visitor.client.get("/account", base_url=f"https://{HOST}", headers=VOUCHED)
    second = {**VOUCHED, "X-Remote-User": "王伟".encode().decode("latin-1")}

    assert "李娜" in first.text
    assert "王伟" in visitor.client.get("/account", base_url=f"https://{HOST}", headers=second).text


def test_the_last_address_in_the_header_counts_and_the_proxys_own_never(visitor: Any, people: People) -> None:
    free = rules().attempts.address.free

    def guess(number: int, forwarded: str | None) -> int:
        headers = {"Host": HOST} | ({"X-Forwarded-For": forwarded} if forwarded else {})
        client = visitor.client.application.test_client()
        page = client.get("/login", base_url=f"https://{HOST}").text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        data = {"csrf_token": token, "username": f"猜{number}", "password": "x"}
        address = f"https://{HOST}/login"
        return int(client.post(address, headers={**headers, "Referer": address}, data=data).status_code)

    assert {guess(number, None) for number in range(free + 1)} == {200}
    statuses = [guess(number + 1000, f"{number}.1.1.1, 203.0.113.9") for number in range(free + 1)]
    assert statuses == [200] * free + [429]
    assert guess(5000, "203.0.113.10") == 200
