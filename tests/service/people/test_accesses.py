"""The list of accesses is append-only, and a chain shows what was changed in it nevertheless."""

import sqlite3
from datetime import date

import pytest
from clocks import Clock

from service.people.installation import People
from warehouse.errors import BadInput, CasebookFailed

pytestmark = pytest.mark.rule("append-only")

LINK = {"by": "王", "why": "开户"}


def test_accesses_are_listed_newest_first_and_chained(people: People, clock: Clock) -> None:
    for who in ("王伟", "李娜", "王伟"):
        people.accesses.record("viewed", "firm:1", who=who, role="officer", content={"page": "firm"})
        clock.pass_seconds(86400)

    assert [entry["seq"] for entry in people.accesses.entries(who="王伟")] == [3, 1]
    assert [entry["seq"] for entry in people.accesses.entries(since=date(2026, 7, 1))] == [3, 2]
    assert people.accesses.entries(kind="exported") == []
    assert people.accesses.verify() == (3, None)
    with pytest.raises(BadInput):
        people.accesses.entries(kind="x")
    with pytest.raises(KeyError):
        people.accesses.record("x", "", who="王伟", role="officer")


def test_the_database_refuses_to_change_an_access(people: People) -> None:
    people.accesses.record("viewed", "firm:1", who="王伟", role="officer")

    for statement in ("update access set who = 'x'", "delete from access"):
        with sqlite3.connect(people.home.casebook) as con, pytest.raises(sqlite3.IntegrityError, match="append-only"):
            con.execute(statement)


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("update access set who = 'x' where seq = 2", 2),
        ("update access set content = '{}' where seq = 1", 1),
        ("delete from access where seq = 2", 2),
        ("delete from access where seq = 3", 3),
        ("update access set seq = 9 where seq = 3", 3),
    ],
)
def test_a_broken_chain_names_its_first_entry(people: People, change: str, seq: int) -> None:
    for number in range(3):
        people.accesses.record("viewed", f"firm:{number}", who="王伟", role="officer", content={"n": number})
    with sqlite3.connect(people.home.casebook) as con:
        for act in ("update", "delete"):
            con.execute(f"drop trigger access_no_{act}")
        con.execute(change)

    _, fault = people.accesses.verify()
    assert fault is not None
    assert fault.seq == seq


def test_a_locked_casebook_is_told_and_nothing_is_half(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    people.accounts.create("王伟", "officer", "zone", **LINK)
    monkeypatch.setattr("warehouse.casebook.store.WAIT_SECONDS", 0.2)
    locked = People(people.home, people.clock)
    with sqlite3.connect(people.home.casebook, isolation_level=None) as con:
        con.execute("begin immediate")
        with pytest.raises(CasebookFailed):
            locked.accounts.create("李娜", "officer", "zone", **LINK)
        con.execute("rollback")

    assert [account.name for account in people.accounts.every()] == ["王伟"]
