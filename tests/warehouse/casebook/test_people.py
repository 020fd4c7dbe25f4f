"""Accounts, tries and accesses on both databases, by many at once: none lost, none doubled, the chain whole."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from clocks import Clock

from service.people.installation import People
from service.people.rules import rules
from service.people.sign_in_attempts import SignInAttempt
from warehouse.casebook.book import Book
from warehouse.casebook.copying import copy
from warehouse.casebook.store import Store
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

LINK = {"by": "王", "why": "开户"}
AT_ONCE = 8


@pytest.fixture
def people(home: Home) -> People:
    return People(home, Clock())


def test_accounts_and_tokens_are_kept_alike_on_both(people: People) -> None:
    link = people.accounts.create("李娜", "officer", "park:330108,330110", **LINK)
    account = people.accounts.of_link(link.secret)
    assert account is not None
    assert (account.is_active, account.scope_keys) == (True, ("330108", "330110"))
    people.accounts.set_password("李娜", "hash", "key")
    people.accounts.set_active("李娜", False, **LINK)
    assert [(entry.is_active, entry.password_hash) for entry in people.accounts.every()] == [(False, "hash")]

    secret, token = people.tokens.create("数据中台", "zone", 9, **LINK)
    people.tokens.revoke(token.token_id, **LINK)
    assert people.tokens.of_secret(secret) is None


def test_a_name_is_given_once_however_many_ask(people: People) -> None:
    people.accounts.is_any()

    def create(_: int) -> bool:
        try:
            people.accounts.create("李娜", "officer", "zone", **LINK)
        except BadInput:
            return False
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sum(pool.map(create, range(AT_ONCE))) == 1
    assert len(Book(people.home).events(stream="account:李娜")) == 1


def test_tries_side_by_side_are_all_counted(people: People) -> None:
    free = rules().attempts.name.free

    with ThreadPoolExecutor(AT_ONCE) as pool:
        waits = list(pool.map(lambda _: people.attempts.begin(SignInAttempt("李娜", None)), range(3 * AT_ONCE)))
    assert waits.count(0) == free


def test_accesses_side_by_side_are_one_chain(people: People) -> None:
    def record(number: int) -> int:
        return people.accesses.record("viewed", f"firm:{number}", who="李娜", role="officer", content={"n": number})

    with ThreadPoolExecutor(AT_ONCE) as pool:
        numbers = list(pool.map(record, range(10 * AT_ONCE)))
    assert sorted(numbers) == list(range(1, 10 * AT_ONCE + 1))
    assert people.accesses.verify() == (10 * AT_ONCE, None)
    assert len({entry["subject"] for entry in people.accesses.entries(limit=1000)}) == 10 * AT_ONCE


@pytest.mark.parametrize("statement", ["update access set who = 'x'", "delete from access"])
def test_the_list_of_accesses_refuses_changes(people: People, statement: str) -> None:
    people.accesses.record("viewed", "firm:1", who="李娜", role="officer")

    with pytest.raises(sa.exc.DBAPIError, match="append-only"), Book(people.home).store.engine.begin() as con:
        con.execute(sa.text(statement))


def test_a_copy_of_the_casebook_has_its_people_and_their_chain(people: People, home: Home, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    people.accounts.create("李娜", "officer", "zone", **LINK)
    people.accesses.record("viewed", "firm:1", who="李娜", role="officer")
    target = Home(tmp_path_factory.mktemp("copy"))
    with Book(home).store.read() as con:
        copy(con, Store(target.casebook))

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TIDU_CASEBOOK_URL", raising=False)
        moved = People(target, people.clock)
        assert [account.name for account in moved.accounts.every()] == ["李娜"]
        assert moved.accesses.verify() == (1, None)
        assert moved.accesses.record("viewed", "firm:2", who="李娜", role="officer") == 2
        assert moved.accesses.verify() == (2, None)
