"""Spells of titles: which grants make one, what ended it, from when it is observed, and with whom it is compared."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from empty_build import put, trial
from spells import RUNG, build_movement, firms, limits, titles

from warehouse.database.build import Build

FIRM = "f1"
D = date.fromisoformat


@pytest.fixture(scope="module")
def opened(own_empty_build: Path) -> Iterator[Build]:
    with Build.open(own_empty_build) as build:
        yield build


@pytest.fixture
def build(opened: Build) -> Iterator[Build]:
    with trial(opened) as build:
        yield build


def term(start: str, end: str | None, **more: Any) -> dict[str, Any]:
    return {"firm_id": FIRM, "valid_from": start, "valid_to": end, **more}


def cancelled(day: str) -> dict[str, Any]:
    return {"firm_id": FIRM, "event": "cancelled", "issued_on": day}


Spell = tuple[str, str | None, str]
FIRST = term("2018-12-01", "2021-12-01")
GAZELLE = {"designation": "gazelle"}
SPELLS: dict[str, tuple[list[dict[str, Any]], dict[str, Any], list[Spell]]] = {
    "running": ([term("2024-12-01", "2027-12-01")], {}, [("2024-12-01", None, "running")]),
    "without an end": ([term("2020-12-01", None)], {}, [("2020-12-01", None, "running")]),
    "expired": ([FIRST], {}, [("2018-12-01", "2021-12-02", "expired")]),
    "renewed at once": ([FIRST, term("2021-12-02", "2024-12-02")], {}, [("2018-12-01", "2024-12-03", "expired")]),
    "renewed in the last days": (
        [FIRST, term("2022-06-02", "2025-06-02")],
        {},
        [("2018-12-01", "2025-06-03", "expired")],
    ),
    "taken up anew": (
        [FIRST, term("2022-06-03", "2025-06-03")],
        {},
        [("2018-12-01", "2021-12-02", "expired"), ("2022-06-03", "2025-06-04", "expired")],
    ),
    "listed twice": ([FIRST, term("2019-03-01", "2021-03-01")], {}, [("2018-12-01", "2021-12-02", "expired")]),
    "may be renewed": ([term("2023-01-10", "2026-01-10")], {}, [("2023-01-10", None, "pending")]),
    "a day before the last to renew": ([term("2022-12-30", "2025-12-30")], {}, [("2022-12-30", None, "pending")]),
    "on the last day to renew": ([term("2022-12-29", "2025-12-29")], {}, [("2022-12-29", "2025-12-30", "expired")]),
    "revoked": ([FIRST, cancelled("2020-05-06")], {}, [("2018-12-01", "2020-05-06", "revoked")]),
    "revoked after it ended": ([FIRST, cancelled("2023-05-06")], {}, [("2018-12-01", "2021-12-02", "expired")]),
    "granted again after it was revoked": (
        [FIRST, cancelled("2020-05-06"), term("2020-06-01", "2023-06-01")],
        {},
        [("2018-12-01", "2020-05-06", "revoked"), ("2020-06-01", "2023-06-02", "expired")],
    ),
    "revoked on its first day": (
        [FIRST, cancelled("2018-12-01"), term("2018-12-01", "2021-12-01")],
        {},
        [("2018-12-01", "2018-12-01", "revoked")],
    ),
    "a last day before the first": ([term("2020-12-01", "2019-12-01")], {}, [("2020-12-01", "2020-12-01", "expired")]),
    "a notice grants nothing": ([term("2018-12-01", "2021-12-01", event="notice")], {}, []),
    "granted after the day": ([term("2026-07-01", "2029-07-01")], {}, []),
    "risen": (
        [FIRST, term("2020-11-01", "2023-11-01", **GAZELLE)],
        {},
        [("2018-12-01", "2020-11-01", "risen"), ("2020-11-01", "2023-11-02", "expired")],
    ),
    "risen in the time to renew": (
        [FIRST, term("2022-02-01", None, **GAZELLE)],
        {},
        [("2018-12-01", "2022-02-01", "risen"), ("2022-02-01", None, "running")],
    ),
    "a higher title after it had lapsed": (
        [FIRST, term("2022-12-01", None, **GAZELLE)],
        {},
        [("2018-12-01", "2021-12-02", "expired"), ("2022-12-01", None, "running")],
    ),
    "dissolved": (
        [term("2024-12-01", "2027-12-01")],
        {"is_living": False, "status": "deregistered", "ended_on": "2025-03-01"},
        [("2024-12-01", "2025-03-01", "dissolved")],
    ),
    "dissolved, nobody knows when": (
        [term("2024-12-01", "2027-12-01")],
        {"is_living": False, "status": "deregistered"},
        [("2024-12-01", None, "dissolved")],
    ),
    "expired before it was dissolved": (
        [FIRST],
        {"is_living": False, "status": "deregistered", "ended_on": "2025-03-01"},
        [("2018-12-01", "2021-12-02", "expired")],
    ),
    "dissolved after the day": (
        [term("2024-12-01", "2027-12-01")],
        {"is_living": False, "status": "deregistered", "ended_on": "2026-07-01"},
        [("2024-12-01", None, "running")],
    ),
    "moved away": (
        [term("2024-12-01", "2027-12-01")],
        {"is_living": False, "status": "moved_out"},
        [("2024-12-01", "2025-05-05", "left_zone")],
    ),
}


def test_a_spell_lasts_from_its_grant_to_what_ended_it(build: Build) -> None:
    """A firm for each case, in one zone: to build the tables takes as long for one."""
    titles(build, *({**grant, "firm_id": case} for case, (grants, _, _) in SPELLS.items() for grant in grants))
    firms(build, *({"firm_id": case, **firm} for case, (_, firm, _) in SPELLS.items()))
    moved = [{"firm_id": case, "change_kind": "moved_whole", "changed_on": "2025-05-05"} for case in SPELLS]
    put(build, "core_firm__changes", moved, "report__changes")
    build_movement(build)

    spells: dict[str, list[Any]] = {case: [] for case in SPELLS}
    for case, *spell in build.tuples(
        "select firm_id, entered_on, left_on, ending from core_firm__spells order by entered_on"
    ):
        spells[case].append(tuple(spell))
    assert spells == {
        case: [(D(first), last and D(last), ending) for first, last, ending in expected]
        for case, (_, _, expected) in SPELLS.items()
    }


def days(build: Build) -> list[tuple[Any, ...]]:
    return build.tuples(
        "select from_days, days, cause, stays_may_have_begun_earlier from core_rung__stays"
        " where level = 'all' and designation = $1 order by all",
        [RUNG],
    )


LATER_LIST = {"firm_id": None, "valid_from": "2026-05-01", "valid_to": "2029-05-01"}
"""A list with nobody of ours: whoever it does not name was not renewed."""
EARLIER_LIST = {"firm_id": None, "valid_from": "2010-05-01", "valid_to": "2013-05-01"}


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        ([FIRST], [(0, 1097, "lost", 0)]),
        ([term("2024-06-30", "2027-06-30")], [(0, 730, "", 0)]),
        ([term("2023-01-10", "2026-01-10")], [(0, 1096, "", 0)]),  # may still be renewed: known to its last valid day
        ([term("2018-12-01", "2021-12-01", issued_on="2019-12-01")], [(365, 1097, "lost", 0)]),
        ([term("2018-12-01", "2021-12-01", issued_on="2022-12-01")], []),  # over before a list named it
        ([term("2018-12-01", "2021-12-01", event="renewed")], []),  # held before, since when is not known
        ([FIRST, term("2018-11-01", None, **GAZELLE)], []),  # beneath a higher title
        # the renewal of January is known, that of others may come until July: counted to the last day before
        ([term("2023-01-10", "2026-01-10"), term("2026-01-05", "2029-01-05")], [(0, 1096, "", 0)]),
    ],
)
def test_a_stay_is_at_risk_from_when_it_is_observed(build: Build, grants: list[Any], expected: list[Any]) -> None:
    titles(build, *grants, LATER_LIST, EARLIER_LIST)
    firms(build, {"firm_id": FIRM})
    build_movement(build)

    assert days(build) == expected


def test_that_a_title_lapsed_is_known_from_a_later_list_only(build: Build) -> None:
    titles(build, FIRST, EARLIER_LIST)
    firms(build, {"firm_id": FIRM})
    build_movement(build)

    assert days(build) == [(0, 1096, "", 0)]


@pytest.mark.parametrize(("founded", "may_have"), [("2015-03-02", 1), ("2018-12-02", 0)])
def test_a_grant_of_the_first_list_may_renew_an_older_one(build: Build, founded: str, may_have: int) -> None:
    titles(build, FIRST, LATER_LIST)
    firms(build, {"firm_id": FIRM, "founded_on": founded})
    build_movement(build)

    assert days(build) == [(0, 1097, "lost", may_have)]


def test_a_firm_is_compared_with_the_finest_group_that_is_large_enough(build: Build) -> None:
    """Three firms of industry 65 left after a year, one of 39 after two; the fifth, of 39, has stayed for 18 months."""
    limits(build, firms_min=3, at_risk_min=1)
    industries = {"a": "6510", "b": "6512", "c": "6599", "d": "3911", "e": "3912"}
    firms(build, *({"firm_id": name, "industry_code": code} for name, code in industries.items()))
    year = {"valid_from": "2020-01-01", "valid_to": "2020-12-31"}
    titles(
        build,
        *({"firm_id": name, **year} for name in "abc"),
        {"firm_id": "d", "valid_from": "2020-01-01", "valid_to": "2021-12-31"},
        {"firm_id": "e", "valid_from": "2024-12-30", "valid_to": "2027-12-30"},
        LATER_LIST,
    )
    build_movement(build)
    asked = "select stratum, own_firms, used_stratum, firms, q75_days from core_rung__quartiles"
    quartiles = {stratum: rest for stratum, *rest in build.tuples(asked)}

    assert quartiles["65/from_3"] == [3, "65/from_3", 3, 366]
    assert quartiles["39"] == [2, "all", 5, 731]
    assert build.tuples(
        "select firm_id, days, level, stratum, firms, q75_days, is_plateau from core_firm__time_in_rung"
    ) == [("e", 547, "all", "all", 5, 731, False)]


def test_a_firm_that_fell_back_is_in_the_rung_since_then(build: Build) -> None:
    titles(build, term("2022-12-01", "2028-12-01"), term("2023-11-01", "2024-10-31", **GAZELLE))
    firms(build, {"firm_id": FIRM})
    build_movement(build)

    assert build.tuples("select designation, entered_on, days from core_firm__time_in_rung") == [
        ("hnte", D("2024-11-01"), 606)
    ]
