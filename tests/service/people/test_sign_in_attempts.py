"""The pause after failed attempts: of names and addresses, never of who has signed in there before."""

import sqlite3

import pytest
from clocks import Clock

from service.people.installation import People
from service.people.rules import rules
from service.people.sign_in_attempts import SignInAttempt

pytestmark = pytest.mark.rule("default-deny")


def failed(people: People, name: str, address: str | None, times: int) -> list[int]:
    return [people.attempts.begin(SignInAttempt(name, address)) for _ in range(times)]


def test_a_name_is_paused_after_its_free_attempts_and_the_pause_grows(people: People, clock: Clock) -> None:
    limit = rules().attempts.name
    assert failed(people, "王伟", "10.0.0.1", limit.free) == [0] * limit.free
    assert failed(people, "王伟", "10.0.0.2", 1) == [limit.first_pause]

    clock.pass_seconds(limit.first_pause - 1)
    assert failed(people, " 王伟 ", "10.0.0.3", 1) == [1]
    clock.pass_seconds(1)
    assert failed(people, "王伟", "10.0.0.3", 2) == [0, 2 * limit.first_pause]


def test_a_pause_is_never_longer_than_its_limit(people: People, clock: Clock) -> None:
    limit = rules().attempts.name

    assert {limit.seconds(failures) for failures in range(limit.free, 10_000, 997)} <= set(
        range(limit.first_pause, limit.longest_pause + 1)
    )
    assert limit.seconds(10_000) == limit.longest_pause
    failed(people, "王伟", None, limit.free)
    clock.pass_seconds(-86400)  # a clock that was set back
    assert failed(people, "王伟", None, 1) == [limit.first_pause]


def test_an_address_is_paused_for_strangers_and_not_for_who_signed_in_there(people: People) -> None:
    limit, office = rules().attempts.address, "10.0.0.1"
    people.attempts.begin(SignInAttempt("李娜", office))
    people.attempts.succeeded(SignInAttempt("李娜", office))
    for number in range(limit.free):
        assert failed(people, f"猜{number}", office, 1) == [0]

    assert failed(people, "猜", office, 1) == [limit.first_pause]
    assert failed(people, "李娜", office, 1) == [0]


def test_guesses_from_elsewhere_do_not_shut_out_who_signed_in_before(people: People) -> None:
    people.attempts.succeeded(SignInAttempt("李娜", "10.0.0.1"))
    limit = rules().attempts.name
    assert failed(people, "李娜", "203.0.113.9", limit.free + 1)[-1] == limit.first_pause

    assert failed(people, "李娜", "10.0.0.1", 1) == [0]


def test_guesses_from_a_known_place_are_paused_too(people: People) -> None:
    people.attempts.succeeded(SignInAttempt("李娜", "10.0.0.1"))
    limit = rules().attempts.known

    assert failed(people, "李娜", "10.0.0.1", limit.free + 1) == [*[0] * limit.free, limit.first_pause]


def test_a_proxy_that_tells_no_address_pauses_names_only(people: People) -> None:
    free = rules().attempts.address.free

    assert all(failed(people, f"猜{number}", None, 1) == [0] for number in range(free + 1))


def test_counts_are_forgotten_and_hold_no_name(people: People, clock: Clock) -> None:
    limits = rules().attempts
    failed(people, "口令误输", "10.0.0.1", limits.name.free)
    with sqlite3.connect(people.home.casebook) as con:
        assert "口令误输" not in str(con.execute("select * from attempt").fetchall())

    clock.pass_seconds(limits.forget_hours * 3600 + 1)
    assert failed(people, "口令误输", "10.0.0.1", 1) == [0]
    with sqlite3.connect(people.home.casebook) as con:
        assert {row[0] for row in con.execute("select failures from attempt")} == {1}
