"""Tokens of pipelines: shown once, kept as a hash, limited in time and scope."""

import pytest
from clocks import Clock

from service.people.installation import People
from warehouse.casebook.book import Book
from warehouse.errors import BadInput

pytestmark = pytest.mark.rule("default-deny")


def events(people: People, stream: str) -> list[str]:
    return [event.kind for event in Book(people.home).events(stream=stream)]


def stored(people: People) -> bytes:
    """All that the casebook's files hold."""
    return b"".join(path.read_bytes() for path in people.home.root.glob("casebook.db*"))


def test_a_token_is_shown_once_ends_by_itself_and_by_hand(people: People, clock: Clock) -> None:
    secret, _ = people.tokens.create("数据中台", "park:330108", 30, by="王", why="取数")
    assert secret.encode() not in stored(people)
    assert people.tokens.of_secret(secret) is not None
    assert people.tokens.of_secret(f"{secret}x") is None
    assert people.tokens.of_secret("") is None
    assert [entry.used_on for entry in people.tokens.every()] == ["2026-06-30"]

    clock.pass_seconds(30 * 86400 - 1)
    assert people.tokens.of_secret(secret) is not None
    clock.pass_seconds(1)
    assert people.tokens.of_secret(secret) is None

    other, second = people.tokens.create("统计局", "zone", 30, by="王", why="核对")
    people.tokens.revoke(second.token_id, by="王", why="下线")
    assert people.tokens.of_secret(other) is None
    assert events(people, f"token:{second.token_id}") == ["token.created", "token.revoked"]
    with pytest.raises(BadInput, match="before"):
        people.tokens.revoke(second.token_id, by="王", why="下线")
    with pytest.raises(BadInput, match="no token"):
        people.tokens.revoke("ffffffff", by="王", why="下线")


@pytest.mark.parametrize(
    ("name", "scope", "days"), [("x", "own", 9), ("x", "zone", 0), ("x", "zone", 9999), (" ", "zone", 9)]
)
def test_a_token_without_limits_is_refused(people: People, name: str, scope: str, days: int) -> None:
    with pytest.raises(BadInput):
        people.tokens.create(name, scope, days, by="王", why="取数")
