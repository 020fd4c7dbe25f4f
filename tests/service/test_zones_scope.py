"""What a scope sees above the zones: counts of whole zones, firms of its own and of those that share."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from zone_marts import Zones

from service.alerts.current import recipients
from service.people.installation import People
from service.people.zones import PeopleAbove, PeopleWithin
from service.queries.release.records import Slice
from service.scope import EVERY, Scope, ZonesScope, every_zone
from service.zones import ZonesQueries, ZonesService
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.zones import states
from warehouse.zones.registry import home_of

pytestmark = pytest.mark.rule("default-deny")

NOW = datetime(2026, 6, 30, tzinfo=UTC)


@pytest.fixture
def zones(tmp_path: Path) -> Home:
    """Zone a has 5 firms of which 2 are new, b has 3 and shares them, c nothing yet."""
    made = Zones(tmp_path)
    made.add("a", firms={f"A{n}": "new" if n < 2 else "same" for n in range(5)})
    made.add("b", shares=True, firms=dict.fromkeys(("B0", "B1", "B2"), "new"))
    made.add("c")
    (tmp_path / "marts" / "c.json").unlink()
    return made.home


def asked(home: Home, scope: ZonesScope) -> ZonesQueries:
    with ZonesService(home, lambda: NOW).release(scope) as queries:
        return queries


def test_a_list_goes_through_the_zones_in_their_order(zones: Home) -> None:
    queries = asked(zones, every_zone())

    def page(limit: int, offset: int, zone: str = "", change: str = "") -> tuple[list[str], int]:
        listed = queries.firms(zone, change, Slice(limit, offset))
        return [row["firm_id"] for row in listed.rows], listed.total

    assert page(4, 0) == (["A0", "A1", "A2", "A3"], 8)
    assert page(4, 4) == (["A4", "B0", "B1", "B2"], 8)
    assert page(4, 8) == ([], 8)
    assert page(4, 0, change="new") == (["A0", "A1", "B0", "B1"], 5)
    assert page(4, 1, "b") == (["B1", "B2"], 3)
    assert page(4, 0, "c") == page(4, 0, "none") == ([], 0)
    assert {row["change"]: row["firms"] for row in queries.kinds("")} == {"new": 5, "gone": 0, "same": 3}
    with pytest.raises(BadInput, match="there is no change sideways"):
        page(4, 0, change="sideways")


@pytest.mark.parametrize(
    ("scope", "counted", "listed", "known"),
    [
        (every_zone(), {"a", "b", "c"}, 8, {"A0", "B0"}),
        (ZonesScope("x", "officer", "own", (), ("a",), whole=True), {"a"}, 5, {"A0"}),
        (ZonesScope("x", "officer", "own", (), ("a",)), set(), 0, set()),
        (ZonesScope("x", "ministry", "own", (), (EVERY,), whole=True), {"a", "b", "c"}, 0, {"B0"}),
        (ZonesScope("x", "ministry", "own", (), ("a",), whole=True), {"a"}, 0, set()),
        (ZonesScope("x", "administrator", "own", (), (EVERY,), whole=True), set(), 0, set()),
        (ZonesScope("x", "officer", "own"), set(), 0, set()),
    ],
)
def test_a_scope_sees_its_zones_and_names_firms_where_it_may(
    zones: Home, scope: ZonesScope, counted: set[str], listed: int, known: set[str]
) -> None:
    queries = asked(zones, scope)

    assert {row["code"] for row in queries.zones() if row["is_counted"]} == counted
    assert queries.firms("", "", Slice(50, 0)).total == listed
    assert {code for code in ("A0", "B0") if queries.firm(code)} == known
    if counted:
        assert {row["zone"] for row in queries.comparison()} == counted - {"c"}
        alone = {row["zone"] for row in queries.comparison() if row["like_zones"] == 0}
        assert alone == ({"a"} if counted == {"a"} else set())
        assert all((row["peers_share"] is None) >= (row["zone"] in alone) for row in queries.comparison())
    assert queries.classes() == ({"mature": {"zh": "mature", "en": "mature"}} if queries.zones() else {})


def test_accounts_are_administered_by_who_has_every_zone(zones: Home) -> None:
    for codes in ((), ("a",), ("a", "b", "c")):
        some = ZonesScope("x", "administrator", "own", (), codes, whole=True)
        with pytest.raises(BadInput, match="--scope zones:all"):
            asked(zones, some).administration(some)
    every = ZonesScope("x", "administrator", "own", (), (EVERY,), whole=True)
    assert asked(zones, every).administration(every).accounts() == []


def test_a_zone_with_a_damaged_mart_says_so_and_the_others_are_counted(zones: Home) -> None:
    states.write(zones, states.LastRun("c", "missing", "2026-06-30T01:00:00+00:00"))
    next((zones.root / "marts" / "firm_index" / "zone=b").glob("*.parquet")).write_bytes(b"cut")

    rows = {row["code"]: row for row in asked(zones, every_zone()).zones()}

    assert [code for code, row in rows.items() if row["is_damaged"]] == ["b"]
    assert (rows["c"]["state"], rows["a"]["state"]) == ("missing", None)
    assert {row["zone"] for row in asked(zones, every_zone()).comparison()} == {"a"}


def test_scopes_of_accounts_are_written_with_their_zones(zones: Home) -> None:
    people = PeopleAbove(zones, lambda: NOW)
    accounts = people.accounts
    written = {
        "every": ("officer", "zones:all"),
        "some": ("director", "zones:b,a"),
        "whole": ("officer", "zone@a"),
        "own": ("officer", "own@a"),
        "inc": ("incubator", "incubator:甲园,乙园@a"),
    }
    for name, (role, scope) in written.items():
        accounts.create(name, role, scope, by="root", why="开户")
    for role, scope in (("officer", "zone"), ("officer", "zones:d"), ("officer", "own@d"), ("ministry", "own@a"),
                        ("incubator", "zones:a"), ("officer", "zones:all,a"), ("officer", "zones:")):  # fmt: skip
        with pytest.raises(BadInput):
            accounts.create("x", role, scope, by="root", why="开户")

    within = PeopleWithin(zones, lambda: NOW, "a", home_of(zones, "a")).accounts
    seen = {name: within.scope_of(account) for name in written if (account := accounts.named(name))}
    assert seen == {
        "every": Scope("every", "officer", "zone"),
        "some": Scope("some", "director", "zone"),
        "whole": Scope("whole", "officer", "zone"),
        "own": Scope("own", "officer", "own"),
        "inc": Scope("inc", "incubator", "incubator", ("甲园", "乙园")),
    }
    own = People(home_of(zones, "a"), lambda: NOW)  # alerts of a zone
    own.accounts.create("some", "officer", "own", by="root", why="开户")
    scopes = {entry.scope.who: (entry.people is own, entry.scope.kind) for entry in recipients(own)}
    assert scopes == {"some": (True, "own")} | {
        name: (False, scope.kind) for name, scope in seen.items() if scope and name != "some"
    }
    assert [entry.scope.who for entry in recipients(People(home_of(zones, "c"), lambda: NOW))] == ["every"]
    beside = PeopleWithin(zones, lambda: NOW, "c", home_of(zones, "c")).accounts
    assert [
        name
        for name, account in zip(written, map(accounts.named, written), strict=True)
        if account and beside.scope_of(account)
    ] == ["every"]
    secret, _ = people.tokens.create("台账", "zones:a", 9, by="root", why="取数")
    assert secret
    with pytest.raises(BadInput):
        people.tokens.create("台账", "own@a", 9, by="root", why="取数")


def test_a_single_home_has_no_scope_of_zones(tmp_path: Path) -> None:
    people = PeopleAbove(Home(tmp_path), lambda: NOW)
    for scope in ("zones:all", "zones:a", "own@a"):
        with pytest.raises(BadInput):
            people.accounts.create("x", "officer", scope, by="root", why="开户")
    with pytest.raises(BadInput, match="many zones"):
        people.accounts.create("x", "ministry", "zone", by="root", why="开户")
