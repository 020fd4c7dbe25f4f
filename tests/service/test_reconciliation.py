"""Certified, computed and claimed: one status a firm and rung, that agrees with the signals; bridges add up."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from two_months import make

from service.queries.release import release_summary
from service.queries.release.records import Slice
from service.queries.zone.ledger_bridge import DAYS, STEPS, Ends
from service.queries.zone.reconciliation import COMPUTED, STATUSES, Cell, Reconciliation
from service.reader import Service
from service.releases.earlier import Earlier
from service.scope import NO_PARK, Scope, single_user
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("answers-agree")

EVERY = Slice(100_000, 0)


@pytest.fixture(scope="module")
def two_months(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Home:
    """A home with two releases, a month apart, with planted causes of change."""
    return Home(made_once("two-months", make) / "home")


@pytest.fixture
def asked(desk: Any, released: Home) -> Reconciliation:
    return Reconciliation(desk, Earlier(released), ("zone", ()))


def test_every_living_firm_has_one_status_a_rung(asked: Reconciliation, published: Published) -> None:
    living = published.rows("select count(*) as firms from mart_movers__firms where change <> 'gone'")[0]["firms"]
    firms: Counter[str] = Counter()
    for row in asked.counts():
        firms[row["designation"]] += row["firms"]
        assert row["status"] in STATUSES
        assert row["computed"] in COMPUTED
    assert set(firms.values()) == {living}
    assert set(firms) == {rung["designation"] for rung in asked.rungs()}


@pytest.mark.parametrize("signal", ["eligible_not_applied", "name_without_substance"])
def test_a_status_is_the_signal_of_its_name(asked: Reconciliation, published: Published, signal: str) -> None:
    expected = published.rows(
        "select firm_id, designation from mart_movers__signals inner join ref_designations using (designation)"
        " where signal = $1 and rank > 0",
        [signal],
    )
    shown = asked.firms(Cell(status=signal), "", EVERY)

    assert {(row["firm_id"], row["designation"]) for row in shown.rows} == {tuple(row.values()) for row in expected}
    assert shown.total == len(expected) > 0


def test_a_title_that_ends_is_named_unless_its_conditions_are_not_met(
    asked: Reconciliation, published: Published
) -> None:
    ending = {row["firm_id"] for row in published.rows(
        "select firm_id from mart_movers__signals inner join ref_designations using (designation)"
        " where signal = 'title_ending' and rank > 0"
    )}  # fmt: skip
    shown = asked.firms(Cell(certified="ending"), "", EVERY).rows

    assert {row["firm_id"] for row in shown} == ending
    assert {row["status"] for row in shown} <= {"title_ending", "name_without_substance"}


def test_the_cells_of_the_matrix_are_the_lists(asked: Reconciliation) -> None:
    for row in asked.counts():
        cell = Cell(row["designation"], row["status"], row["certified"], row["claimed"], row["computed"])
        assert asked.firms(cell, "", Slice(1, 0)).total == row["firms"]


def test_a_list_is_sorted_and_paged_without_a_firm_twice(asked: Reconciliation) -> None:
    whole = asked.firms(Cell("hnte"), "-name", EVERY).rows
    pages = [
        row for offset in range(0, len(whole), 40) for row in asked.firms(Cell("hnte"), "-name", Slice(40, offset)).rows
    ]

    assert pages == whole
    assert [row["name"] for row in whole] == sorted((row["name"] for row in whole), reverse=True)


def test_unknown_values_are_refused_with_the_known_ones(asked: Reconciliation) -> None:
    with pytest.raises(BadInput, match="eligible_not_applied"):
        Cell(status="sleeping")
    with pytest.raises(BadInput, match="valid_to"):
        asked.firms(Cell(), "firm_id; drop table run", EVERY)


def test_the_bridge_of_a_first_release_is_that_of_its_two_days(asked: Reconciliation, published: Published) -> None:
    bridge = asked.bridge(Ends())

    assert bridge.since == DAYS
    assert bridge == asked.bridge(Ends("", DAYS))
    for row in published.rows("from mart_zone__ledger where comparison = 'days' and step in ('start', 'end')"):
        steps = {step["step"]: step for step in bridge.waterfall(row["measure"], row["designation"])}
        assert steps[row["step"]]["firms_to"] == row["firms_after"], row
        at = steps["start"]["firms_to"]
        for name in STEPS:
            assert steps[name]["firms_from"] == at
            at += steps[name]["gained"] - steps[name]["lost"]
        assert at == steps["end"]["firms_to"]


def test_the_firms_of_a_step_are_those_it_gained_and_lost(asked: Reconciliation) -> None:
    bridge = asked.bridge(Ends("", DAYS))
    assert any(row["step"] == "new" for row in bridge.moved)
    for measure, designation in {(row["measure"], row["designation"]) for row in bridge.moved}:
        for step in bridge.waterfall(measure, designation)[1:-1]:
            moved = [row["moved"] for row in bridge.firms(measure, designation, step["step"], EVERY).rows]
            assert (sum(m > 0 for m in moved), sum(m < 0 for m in moved)) == (step["gained"], step["lost"])


def test_a_release_without_one_before_it_says_so(asked: Reconciliation) -> None:
    run = asked.runs()[0]["run_id"]
    with pytest.raises(BadInput, match="没有可比的一期"):
        asked.bridge(Ends("", run))
    with pytest.raises(BadInput, match="没有第 nowhere 期"):
        asked.bridge(Ends("nowhere"))


def test_the_bridge_between_two_releases_adds_up_from_one_ladder_to_the_other(two_months: Home) -> None:
    service = Service(two_months)
    before = releases.runs(two_months)[-1]
    with service.release(single_user()) as release:
        bridge = release.reconciliation().bridge(Ends())
        now = {row["designation"]: row for row in release.ladder()}
    earlier = Earlier(two_months)
    with earlier.desk(before, "zone", ()) as desk:
        then = {row["designation"]: row for row in release_summary.ladder(desk)}
    assert (bridge.since, len(earlier.runs())) == (before, 2)
    assert {row["step"] for row in bridge.moved} >= {"identity", "data", "firm"}
    for designation, row in now.items():
        for measure in ("held", "met"):
            start, *_, end = bridge.waterfall(measure, designation)
            assert start["firms_to"] == then[designation][f"{measure}_count"]
            assert end["firms_to"] == row[f"{measure}_count"]


def test_the_bridges_of_the_parks_have_the_firms_of_the_zone(two_months: Home) -> None:
    service = Service(two_months)
    with service.release(single_user()) as release:
        whole = {(row["firm_id"], row["step"], row["designation"], row["measure"], row["moved"])
                 for row in release.reconciliation().bridge(Ends()).moved}  # fmt: skip
        parks = {row["division_code"] or NO_PARK for row in release.flows().firms(
            release.flows().between("", ""), "", "", EVERY
        ).rows}  # fmt: skip
    listed = set()
    for park in parks:
        with service.release(Scope("x", "officer", "park", (park,))) as release:
            listed |= {(row["firm_id"], row["step"], row["designation"], row["measure"], row["moved"])
                     for row in release.reconciliation().bridge(Ends()).moved}  # fmt: skip
    assert listed <= whole
    assert listed
