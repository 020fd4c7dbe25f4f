"""Addresses of calendars: of one account, kept as a hash, ended by time, by hand, and by disabling the account."""

import pytest
from clocks import Clock

from service.people.installation import People
from warehouse.casebook.book import Book
from warehouse.errors import BadInput

pytestmark = pytest.mark.rule("default-deny")


@pytest.fixture
def officer(people: People) -> str:
    for name in ("李娜", "王伟"):
        people.accounts.create(name, "officer", "zone", by="root", why="开户")
    return "李娜"


def test_an_address_is_shown_once_and_ends_by_itself_and_by_hand(people: People, clock: Clock, officer: str) -> None:
    part, token = people.calendars.create(officer)
    stored = b"".join(path.read_bytes() for path in people.home.root.glob("casebook.db*"))
    assert part.partition("-")[2].encode() not in stored
    assert people.calendars.account_of(part)[0].name == officer  # type: ignore[index]
    assert people.calendars.of(officer)[0].used_on == "2026-06-30"
    for wrong in ("", part[:-1], f"{part}x", f"{token.token_id}-", f"{token.token_id[:-1]}-{part.partition('-')[2]}"):
        assert people.calendars.account_of(wrong) is None, wrong

    clock.pass_seconds(366 * 86400 - 1)
    assert people.calendars.account_of(part) is not None
    clock.pass_seconds(1)
    assert people.calendars.account_of(part) is None
    assert people.calendars.of(officer) == []

    part, token = people.calendars.create(officer)
    with pytest.raises(BadInput, match="no such calendar"):
        people.calendars.revoke("王伟", token.token_id)
    people.calendars.revoke(officer, token.token_id)
    assert people.calendars.account_of(part) is None
    kinds = [event.kind for event in Book(people.home).events(stream=f"token:{token.token_id}")]
    assert kinds == ["calendar.created", "calendar.revoked"]


def test_a_disabled_account_has_no_address_and_gets_none_back(people: People, officer: str) -> None:
    part, _ = people.calendars.create(officer)
    others, _ = people.calendars.create("王伟")
    people.accounts.set_active(officer, False, by="root", why="离职")
    assert people.calendars.account_of(part) is None
    with pytest.raises(BadInput, match="no active account"):
        people.calendars.create(officer)
    people.accounts.set_active(officer, True, by="root", why="返岗")
    assert people.calendars.account_of(part) is None
    assert people.calendars.account_of(others) is not None


def test_an_address_is_no_token_and_a_token_no_address(people: People, officer: str) -> None:
    part, _ = people.calendars.create(officer)
    secret, token = people.tokens.create("数据中台", "zone", 9, by="root", why="取数")
    for tried in (part, part.partition("-")[2], f"tidu_{part.partition('-')[2]}"):
        assert people.tokens.of_secret(tried) is None
    assert people.calendars.account_of(f"{token.token_id}-{secret}") is None
    assert people.calendars.counted_by(f"{token.token_id}-x") == people.calendars.counted_by("none")


def test_nobody_has_addresses_without_end(people: People, officer: str) -> None:
    for _ in range(5):
        people.calendars.create(officer)
    with pytest.raises(BadInput, match="at most 5"):
        people.calendars.create(officer)
