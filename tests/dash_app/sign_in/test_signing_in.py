"""Sign-in as a browser does it: one-time link, password, sign-out everywhere, what is written down of it."""

import re
from typing import Any

import pytest
from clocks import Clock

from dash_app.app import create_app
from dash_app.sign_in import security
from service.people.installation import People
from service.people.rules import rules
from service.people.settings import SignIn
from service.reader import Service

pytestmark = pytest.mark.rule("default-deny")

NEW = "another long sentence 没人猜到"
WRONG = "姓名或密码不对"


def kinds(people: People) -> list[tuple[str, str]]:
    return [(entry["who"], entry["kind"]) for entry in reversed(people.accesses.entries())]


def test_a_link_sets_a_password_once_and_the_password_signs_in(visitor: Any, people: People) -> None:
    path = f"/reset/{people.accounts.create('张三', 'director', 'zone', by='王伟', why='开户').secret}"
    page = visitor.get(path)
    assert "张三" in page.text
    assert "至少 12 个字符" in page.text
    assert page.headers["Cache-Control"] == "no-store"

    done = visitor.post(path, {"password": NEW, "password_confirm": NEW})
    assert (done.status_code, done.location) == (302, "/login")
    assert "密码已设定" in visitor.get("/login").text
    assert visitor.get(path).location.startswith("/reset")
    assert visitor.sign_in("张三", NEW).location == "/"
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize(
    ("password", "again", "message"),
    [
        ("short", "short", "至少 12 个字符"),
        (NEW, "different from it", "两次输入的密码不同"),
        ("a" * 20, "a" * 20, "太简单"),
    ],
)
def test_a_password_that_will_not_do_is_refused_and_the_link_stays(
    visitor: Any, people: People, password: str, again: str, message: str
) -> None:
    path = f"/reset/{people.accounts.renew_link('李娜', by='王伟', why='忘记').secret}"

    assert message in visitor.post(path, {"password": password, "password_confirm": again}).text
    assert visitor.post(path, {"password": NEW, "password_confirm": NEW}).location == "/login"


def test_a_link_that_ended_says_so_and_how_to_get_another(visitor: Any, people: People, clock: Clock) -> None:
    path = f"/reset/{people.accounts.renew_link('李娜', by='王伟', why='忘记').secret}"
    clock.pass_seconds(rules().link_hours * 3600)

    for address in (path, "/reset/nonsense", "/reset"):
        answer = visitor.client.get(address, headers={"Host": "127.0.0.1"}, follow_redirects=True)
        assert "链接已失效" in answer.text
        assert "tidu account link" in answer.text
    assert visitor.post("/reset", {"email": "a@b.cn"}, form="/login").status_code in (302, 401, 403)


@pytest.mark.parametrize("name", ["王伟", " 王伟 "])
def test_a_short_chinese_name_signs_in(visitor: Any, name: str) -> None:
    assert visitor.sign_in(name).location == "/"
    assert "王伟" in visitor.get("/account").text


@pytest.mark.parametrize(("name", "password"), [("王伟", "wrong"), ("没有这人", "wrong"), ("", "wrong"), ("王伟", "")])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(visitor: Any, name: str, password: str) -> None:
    answer = visitor.sign_in(name, password)

    assert answer.status_code == 200
    assert visitor.get("/").location.startswith("/login")
    if name and password:
        assert WRONG in answer.text


def test_a_disabled_account_is_out_at_once_and_stays_out(visitor: Any, people: People) -> None:
    visitor.sign_in("李娜")
    people.accounts.set_active("李娜", False, by="王伟", why="离职")

    assert visitor.get("/").location.startswith("/login")
    assert WRONG in visitor.sign_in("李娜").text


def test_signing_out_ends_the_sessions_of_every_device_and_old_cookies(visitor: Any, other: Any) -> None:
    visitor.sign_in("李娜")
    other.sign_in("李娜")
    kept = visitor.client.get_cookie("tidu_session", domain="127.0.0.1")

    assert visitor.post("/logout", form="/account").status_code == 302
    assert other.get("/").location.startswith("/login")
    visitor.client.set_cookie("tidu_session", kept.value, domain="127.0.0.1")
    assert visitor.get("/").location.startswith("/login")


def test_signing_out_needs_the_token_of_a_page(visitor: Any) -> None:
    visitor.sign_in("李娜")

    assert visitor.client.post("/logout", headers={"Host": "127.0.0.1"}).status_code == 400
    assert visitor.client.get("/logout", headers={"Host": "127.0.0.1"}).status_code in (403, 404, 405)
    assert visitor.get("/account").status_code == 200


def test_changing_the_password_needs_the_old_one_and_signs_other_devices_out(visitor: Any, other: Any) -> None:
    visitor.sign_in("李娜")
    other.sign_in("李娜")
    new = {"new_password": NEW, "new_password_confirm": NEW}

    assert "密码不对" in visitor.post("/change", {"password": "wrong", **new}).text
    assert visitor.post("/change", {"password": "a sentence that nobody guesses", **new}).location == "/"
    assert visitor.get("/account").status_code == 200
    assert other.get("/").location.startswith("/login")
    assert other.sign_in("李娜", NEW).location == "/"


def test_a_session_ends_after_its_hours(visitor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.sign_in("李娜")
    server = visitor.client.application
    assert server.permanent_session_lifetime.total_seconds() == rules().session_hours * 3600

    monkeypatch.setitem(server.config, "PERMANENT_SESSION_LIFETIME", -1)
    assert visitor.get("/").location.startswith("/login")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "%09//evil.example"])
def test_an_address_elsewhere_is_not_followed(visitor: Any, target: str) -> None:
    answer = visitor.sign_in("李娜", path=f"/login?next={target}")

    if answer.location is None:
        assert "不能跳转到站外" in answer.text
    else:
        assert re.match(r"/(%5C)?\w", answer.location)


def test_the_page_that_was_asked_for_is_opened_after_sign_in(visitor: Any) -> None:
    login = visitor.get("/firm/91?lang=en").location
    assert "lang=en" in login

    assert visitor.sign_in("李娜", path=login).location == "/firm/91?lang=en"


def test_what_happens_is_written_down_and_no_name_that_is_nobodys(visitor: Any, people: People) -> None:
    visitor.sign_in("李娜", "wrong")
    visitor.sign_in("口令误输", "wrong")
    visitor.sign_in("李娜")
    visitor.post("/logout", form="/account")

    assert kinds(people) == [
        ("李娜", "sign_in_failed"), ("?", "sign_in_failed"), ("李娜", "signed_in"), ("李娜", "signed_out")
    ]  # fmt: skip
    assert people.accesses.verify() == (4, None)
    assert "口令误输" not in str(people.accesses.entries())


def test_a_password_hashed_by_older_parameters_is_hashed_anew_and_nobody_is_signed_out(
    visitor: Any, other: Any, people: People, set_up: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.sign_in("李娜")
    before = people.accounts.named("李娜")
    monkeypatch.setitem(security.HASHING, "argon2__rounds", 2)
    renewed = type(visitor)(create_app(Service(people.home), set_up).server.test_client())

    assert renewed.sign_in("李娜").location == "/"
    after = people.accounts.named("李娜")
    assert before.password_hash != after.password_hash
    assert "t=2" in after.password_hash
    assert other.get("/account").status_code == 200
    assert type(visitor)(renewed.client.application.test_client()).sign_in("李娜").location == "/"
