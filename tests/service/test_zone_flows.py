"""Flows as the page asks them are those of the command, for any two of its days; groups and stays are the firms'."""

from itertools import combinations
from typing import Any

import pytest

from service.queries.release.records import Slice
from service.queries.zone import flows
from service.queries.zone.flows import Days
from service.queries.zone.zone_flows import ZoneFlows
from service.reader import Service
from service.scope import Scope, single_user
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("answers-agree")

EVERY = Slice(10_000, 0)
SHARES = ("share", "share_low", "share_high")


@pytest.fixture
def asked(desk: Any) -> ZoneFlows:
    return ZoneFlows(desk)


def test_a_matrix_is_that_of_the_command_for_any_two_days(asked: ZoneFlows, released: Home) -> None:
    days = [row["day"] for row in asked.days()]
    pairs = list(combinations(sorted(days)[-5:], 2))
    assert len(pairs) == 10
    for since, until in pairs:
        shown, expected = (
            asked.matrix(asked.between(str(since), str(until))),
            flows.matrix(released, Days(since, until)),
        )

        assert len(shown) == len(expected) > 0
        for cell, other in zip(shown, expected, strict=True):
            assert {name: cell[name] for name in cell if name not in SHARES} == {
                name: other[name] for name in cell if name not in SHARES
            }
            assert [cell[name] for name in SHARES] == pytest.approx([other[name] for name in SHARES], nan_ok=True)


def test_the_firms_of_cells_rows_and_columns_are_as_many_as_they_say(asked: ZoneFlows) -> None:
    days = asked.between("", "")
    rows = [row for row in asked.matrix(days) if row["firms"]]
    for row in rows:
        assert asked.firms(days, row["from_state"], row["to_state"], EVERY).total == row["firms"]
    assert asked.firms(days, rows[0]["from_state"], "", EVERY).total == rows[0]["from_firms"]
    assert asked.firms(days, "", rows[0]["to_state"], EVERY).total == rows[0]["to_firms"]
    part = asked.firms(days, "", "", Slice(7, 3))
    assert [row["firm_id"] for row in part.rows] == [
        row["firm_id"] for row in asked.firms(days, "", "", EVERY).rows[3:10]
    ]


def test_a_table_for_others_hides_the_same_cells_as_the_command(asked: ZoneFlows, released: Home) -> None:
    shown = [row["firms"] for row in asked.matrix(asked.between("", ""), outside=True)]

    assert shown == [row["firms"] for row in flows.matrix(released, Days(), outside=True)]
    assert None in shown


@pytest.mark.parametrize("group", ["sector", "park"])
def test_groups_add_up_to_the_firms_of_the_first_day(asked: ZoneFlows, group: str) -> None:
    days = asked.between("", "")
    rows, cells = asked.by_group(days, group), asked.matrix(days)

    assert sum(row["firms"] for row in rows) == sum(
        row["firms"] for row in cells if row["from_state"] not in ("absent", "gone")
    )
    assert sum(row["gone"] for row in rows) == sum(
        row["firms"] for row in cells if row["to_state"] == "gone" and row["from_state"] != "gone"
    )
    shares = [row["risen"] / row["firms"] for row in rows]
    assert shares == sorted(shares, reverse=True)


def test_stays_are_told_for_the_firms_that_hold_the_rung(asked: ZoneFlows, published: Published) -> None:
    stays = asked.stays("hnte", EVERY)

    held = published.rows("select firm_id from core_firm__time_in_rung where designation = 'hnte'")
    assert {row["firm_id"] for row in stays.rows} == {row["firm_id"] for row in held}
    assert stays.total == len(held) > 0


@pytest.mark.parametrize(
    ("since", "until", "message"),
    [
        ("2026-06-30", "2026-06-30", "不早于"),
        ("2024-02-01", "", "不能比较 2024-02-01"),
        ("yesterday", "", "tidu flows --since --until"),
    ],
)
def test_other_days_are_refused_with_those_that_can_be_compared(
    asked: ZoneFlows, since: str, until: str, message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        asked.between(since, until)


def test_unknown_states_and_groups_are_refused(asked: ZoneFlows) -> None:
    days = asked.between("", "")
    with pytest.raises(BadInput, match="没有状态 moon"):
        asked.firms(days, "moon", "", EVERY)
    with pytest.raises(BadInput, match="sector、park"):
        asked.by_group(days, "colour")


def test_curves_of_the_whole_zone_are_shown_in_its_scope_only(released: Home, published: Published) -> None:
    park = published.rows("select min(division_code) as park from core_firm")[0]["park"]
    service = Service(released)
    with service.release(single_user()) as release:
        assert release.flows().survival("hnte", "all")["groups"]
    with service.release(Scope("x", "officer", "park", (park,))) as release:
        assert release.flows().survival("hnte", "all")["groups"] == []
        assert release.flows().cohorts("founded", "hnte") == []
        assert release.targets().bridges() == release.targets().monitoring() == []
