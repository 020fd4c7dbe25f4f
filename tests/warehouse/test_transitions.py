"""The matrix of flows: every firm in one cell, and unknown where no list speaks of the day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from empty_build import put, trial
from spells import build_movement, firms, titles

from warehouse.database.build import Build
from warehouse.models import building

LISTED = '{{"designation": "{}", "event": "公告", "issued_on": "{}"}}'


@pytest.fixture
def build(own_empty_build: Path) -> Iterator[Build]:
    with Build.open(own_empty_build) as opened, trial(opened) as build:
        yield build


def listed(build: Build, *lists: tuple[str, str]) -> None:
    """Deliveries of lists by designation and day."""
    rows = [
        {"delivery_id": f"{name}{day}", "feed": f"recognition__{name}", "stated": LISTED.format(name, day)}
        for name, day in lists
    ]
    put(build, "deliveries", rows, "recognition__hnte")


def cells(build: Build) -> dict[tuple[str, str], int]:
    building.build_tables(build, ["mart_zone__transitions"])
    return {(a, b): n for a, b, n in build.tuples("select from_state, to_state, firms from mart_zone__transitions")}


def test_every_firm_is_in_the_cell_of_its_two_states(build: Build) -> None:
    """On the days 2025-06-30 and 2026-06-30."""
    listed(build, ("hnte", "2024-12-01"), ("hnte", "2025-12-01"), ("gazelle", "2024-11-01"))
    old, new = ({"valid_from": f"{year}-12-01", "valid_to": f"{year + 3}-12-01"} for year in (2024, 2025))
    firms(
        build,
        *({"firm_id": name} for name in ("stays", "rises", "gets", "has none", "loses")),
        {"firm_id": "young", "founded_on": "2025-09-01"},
        {"firm_id": "to come", "founded_on": "2026-09-01"},
        {"firm_id": "dies", "is_living": False, "ended_on": "2026-01-01"},
        {"firm_id": "dead", "is_living": False, "ended_on": "2020-01-01"},
    )
    titles(
        build,
        {"firm_id": "stays", **old},
        {"firm_id": "rises", **old},
        {"firm_id": "rises", "designation": "gazelle", "valid_from": "2025-11-01", "valid_to": None},
        {"firm_id": "gets", **new},
        {"firm_id": "loses", **old},
        {"firm_id": "loses", "event": "cancelled", "issued_on": "2026-03-01"},
        {"firm_id": "dies", **old},
    )
    build_movement(build)

    assert {cell: firms for cell, firms in cells(build).items() if firms} == {
        ("hnte", "hnte"): 1,
        ("hnte", "gazelle"): 1,
        ("hnte", "none"): 1,
        ("hnte", "gone"): 1,
        ("none", "hnte"): 1,
        ("none", "none"): 1,
        ("absent", "none"): 1,
    }
    totals = build.tuples(
        "select from_state, any_value(from_firms), sum(share), min(share_low), max(share_high)"
        " from mart_zone__transitions group by from_state having any_value(from_firms) > 0 order by 1"
    )
    assert [row[:3] for row in totals] == [("absent", 1, 1.0), ("hnte", 4, 1.0), ("none", 2, 1.0)]
    assert all(0 <= low <= high <= 1 for *_, low, high in totals)


@pytest.mark.parametrize(
    ("lists", "states"),
    [
        ([], ("unknown", "unknown")),
        ([("hnte", "2024-12-01")], ("none", "none")),
        ([("hnte", "2022-08-01")], ("none", "unknown")),  # what it granted had run out on the second day
        ([("hnte", "2025-12-01")], ("unknown", "none")),
        ([("hnte", "2024-12-01"), ("gazelle", "2022-12-01")], ("none", "unknown")),
    ],
)
def test_a_firm_that_no_list_names_holds_none_only_where_lists_speak_of_the_day(
    build: Build, lists: list[tuple[str, str]], states: tuple[str, str]
) -> None:
    listed(build, *lists)
    firms(build, {"firm_id": "nobody"})
    # what each list grants, to a firm that is not matched
    for name, day in lists:
        end = date.fromisoformat(day).replace(year=int(day[:4]) + 3)
        titles(build, {"firm_id": None, "designation": name, "valid_from": day, "valid_to": end})
    build_movement(build)

    assert [cell for cell, firms in cells(build).items() if firms] == [states]
