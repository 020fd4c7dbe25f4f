"""Failed attempts are paused before any password is hashed, on every form that asks for one."""

from typing import Any

import pytest
from clocks import Clock

from service.people.installation import People

pytestmark = pytest.mark.rule("default-deny")


def test_a_pause_comes_before_any_hashing(
    visitor: Any, people: People, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        visitor.sign_in("李娜", "wrong")
    monkeypatch.setattr("dash_app.sign_in.datastore.Datastore.find_user", lambda *_, **__: pytest.fail("was asked"))

    answer = visitor.sign_in("李娜")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
    assert "30 秒" in answer.text
    monkeypatch.undo()
    clock.pass_seconds(30)
    assert visitor.sign_in("李娜").location == "/"


def test_a_session_does_not_clear_the_count_of_another_name(visitor: Any, other: Any) -> None:
    visitor.sign_in("王伟")
    for _ in range(5):
        other.sign_in("李娜", "wrong")
        visitor.post("/login", {"username": "李娜", "password": "x"}, form="/account")

    assert other.sign_in("李娜").status_code == 429


def test_guesses_at_confirming_and_changing_are_paused_too(visitor: Any) -> None:
    visitor.sign_in("李娜")
    answers = [visitor.post("/verify", {"password": "wrong"}).status_code for _ in range(11)]

    assert answers == [200] * 10 + [429]
    assert visitor.post("/change", {"password": "wrong"}).status_code == 429
