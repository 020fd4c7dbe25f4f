"""Accounts: their one-time links, names, roles and scopes; each change is an event, and none holds a secret."""

import json
from pathlib import Path

import pytest
from clocks import Clock
from hypothesis import given
from hypothesis import strategies as st

from service.people.installation import People
from service.people.rules import rules
from service.people.scopes import parsed, written
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.casebook.folds.assignment import MADE
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("default-deny")

LINK = {"by": "王", "why": "开户"}


def events(people: People, stream: str) -> list[str]:
    return [event.kind for event in Book(people.home).events(stream=stream)]


def stored(people: People) -> bytes:
    """All that the casebook's files hold."""
    return b"".join(path.read_bytes() for path in people.home.root.glob("casebook.db*"))


def test_an_account_has_no_password_and_a_link_that_works_until_it_is_used(people: People) -> None:
    link = people.accounts.create("王伟", "admin", "zone", **LINK)
    account = people.accounts.of_link(link.secret)

    assert account is not None
    assert (account.name, account.role, account.password_hash) == ("王伟", "administrator", None)
    assert link.secret.encode() not in stored(people)
    people.accounts.set_password(account.key, "hash", "new session")
    assert people.accounts.of_link(link.secret) is None


def test_a_link_ends_with_its_hours_with_a_newer_one_and_with_the_account(people: People, clock: Clock) -> None:
    first = people.accounts.create("王伟", "officer", "own", **LINK)
    second = people.accounts.renew_link("王伟", **LINK)
    assert people.accounts.of_link(first.secret) is None
    assert people.accounts.of_link(second.secret) is not None

    clock.pass_seconds(rules().link_hours * 3600 - 1)
    assert people.accounts.of_link(second.secret) is not None
    clock.pass_seconds(1)
    assert people.accounts.of_link(second.secret) is None

    third = people.accounts.renew_link("王伟", **LINK)
    people.accounts.set_active("王伟", False, by="王", why="离职")
    assert people.accounts.of_link(third.secret) is None
    with pytest.raises(BadInput, match="enable"):
        people.accounts.renew_link("王伟", **LINK)


def test_disabling_ends_every_session(people: People) -> None:
    people.accounts.create("李娜", "officer", "zone", **LINK)
    before = people.accounts.named("李娜")
    people.accounts.set_active("李娜", False, by="王", why="离职")

    assert before is not None
    assert people.accounts.of_session(before.session_key) is None


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\u202eb", "长" * 65, "\x00"])
def test_a_name_that_cannot_be_read_is_refused(people: People, name: str) -> None:
    with pytest.raises(BadInput, match="visible signs"):
        people.accounts.create(name, "officer", "zone", **LINK)


@pytest.mark.parametrize(("first", "second"), [("Zhang.San", "zhang.san"), ("王伟", " 王伟 "), ("Ａnna", "anna")])
def test_two_spellings_of_a_name_are_one_account(people: People, first: str, second: str) -> None:
    people.accounts.create(first, "officer", "zone", **LINK)

    with pytest.raises(BadInput, match="already"):
        people.accounts.create(second, "officer", "zone", **LINK)
    assert people.accounts.named(second) is not None


@pytest.mark.parametrize(
    ("role", "scope"),
    [("boss", "zone"), ("local", "zone"), ("pipeline", "zone"), ("officer", "park:"), ("incubator", "zone"),
     ("officer", "zone:x"), ("officer", "own:x"), ("officer", ""), ("officer", "city:1"), ("officer", "park:999999")],
)  # fmt: skip
def test_an_unknown_role_or_scope_is_refused(people: People, role: str, scope: str) -> None:
    with pytest.raises(BadInput):
        people.accounts.create("王伟", role, scope, **LINK)
    assert not people.accounts.is_any()


@given(st.sampled_from(["park", "incubator"]), st.lists(st.from_regex(r"[0-9a-z]{1,6}", fullmatch=True), min_size=1))
def test_a_scope_is_written_as_it_is_read(kind: str, keys: list[str]) -> None:
    unique = tuple(dict.fromkeys(keys))

    assert parsed(written(kind, tuple(keys))) == (kind, unique)


def test_a_change_of_role_and_scope_holds_at_once(people: People) -> None:
    people.accounts.create("李娜", "officer", "park:330108", **LINK)
    changed = people.accounts.change("李娜", role="incubator", scope="incubator:甲", by="王", why="转岗")

    scope = people.accounts.scope_of(changed)
    assert (scope.who, scope.role, scope.kind, scope.keys) == ("李娜", "incubator", "incubator", ("甲",))
    with pytest.raises(BadInput, match="is so already"):
        people.accounts.change("李娜", role=None, scope="incubator:甲", by="王", why="转岗")
    with pytest.raises(BadInput, match="no account"):
        people.accounts.change("李四", role="officer", scope=None, by="王", why="转岗")


def test_own_firms_are_those_assigned_at_present_as_owner_or_deputy(people: People) -> None:
    people.accounts.create("李娜", "officer", "own", **LINK)

    def assign(firm: str, owner: str, deputy: str | None) -> None:
        content = {"firm": firm, "owner": owner, "deputy": deputy, "since": "2026-06-30"}
        Book(people.home).append([Draft(f"assignment:{firm}", MADE, content, "分工")], by="王", now=people.clock())

    def own() -> tuple[str, ...]:
        account = people.accounts.named("李娜")
        assert account is not None
        return people.accounts.scope_of(account).keys

    assert own() == ()
    assign("91b", "李娜", None)
    assign("91a", "王伟", "李娜")
    assign("91c", "王伟", None)
    assert own() == ("91a", "91b")
    assign("91b", "王伟", None)
    assert own() == ("91a",)


def test_each_change_of_an_account_is_an_event_and_none_holds_a_secret(people: People) -> None:
    link = people.accounts.create("李娜", "officer", "zone", **LINK)
    people.accounts.set_password("李娜", "the hash", "s1")
    people.accounts.keep_rehashed("李娜", "another hash")
    people.accounts.end_sessions("李娜", "s2")
    people.accounts.change("李娜", role="director", scope=None, by="王", why="转岗")
    people.accounts.set_active("李娜", False, by="王", why="离职")
    people.accounts.set_active("李娜", True, by="王", why="返岗")
    people.accounts.renew_link("李娜", **LINK)

    assert events(people, "account:李娜") == [
        "account.created", "account.password_set", "account.sessions_ended", "account.changed",
        "account.disabled", "account.enabled", "account.link_made",
    ]  # fmt: skip
    stored = json.dumps([event.content for event in Book(people.home).events()], ensure_ascii=False)
    assert all(secret not in stored for secret in (link.secret, "hash", "s1"))


def test_a_change_that_cannot_be_told_is_not_made(people: People) -> None:
    people.accounts.create("李娜", "officer", "zone", **LINK)
    with pytest.raises(BadInput):
        people.accounts.change("李娜", role="director", scope=None, by="王", why="  ")

    assert people.accounts.named("李娜").role == "officer"  # type: ignore[union-attr]


def test_nothing_is_made_to_ask_whether_there_are_accounts(tmp_path: Path, clock: Clock) -> None:
    assert not People(Home(tmp_path / "home"), clock).accounts.is_any()
    assert not (tmp_path / "home" / "casebook.db").exists()
