"""Tenants of the day and figures of every year: an older row brings nobody back, a withdrawn one takes nothing else."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from empty_build import put, trial

from warehouse.database.build import Build
from warehouse.models import building

IN, OUT = date(2024, 3, 1), date(2026, 3, 31)


@pytest.fixture
def build(own_empty_build: Path) -> Iterator[Build]:
    with Build.open(own_empty_build) as opened, trial(opened):
        yield opened


def _tenant(build: Build, *rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    for number, row in enumerate(rows, 1):
        put(build, "stg_incubator__tenancies", [{"incubator": "甲", **row}], "incubator__tenancies", number)
        put(build, "core_mention__match", [{"mention_id": f"d/s/{number}", "firm_id": "F"}], "incubator__tenancies")
    building.build_tables(build, ["core_firm__tenancies", "core_firm__incubator"])
    return build.tuples("select incubator from core_firm__incubator")


@pytest.mark.parametrize(
    ("rows", "incubators"),
    [
        pytest.param([{"entered_on": IN}], ["甲"], id="in"),
        pytest.param([{"entered_on": IN, "status": "已毕业"}], [], id="graduated without a day"),
        pytest.param([{"entered_on": IN, "graduated_on": OUT}], [], id="graduated"),
        pytest.param([{"entered_on": IN, "graduated_on": date(2026, 7, 1)}], ["甲"], id="graduates after the day"),
        pytest.param([{"entered_on": IN}, {"entered_on": IN, "graduated_on": OUT, "seq": 2}], [], id="graduated since"),
        pytest.param(
            [{"entered_on": IN}, {"entered_on": date(2024, 3, 2), "status": "已毕业", "seq": 2}],
            [],
            id="graduated by a row with another day of entry",
        ),
        pytest.param([{"entered_on": IN}, {"status": "退孵", "seq": 2}], [], id="left by a row without days"),
        pytest.param(
            [{"entered_on": IN, "graduated_on": OUT}, {"entered_on": date(2026, 5, 1), "seq": 2}],
            ["甲"],
            id="came back",
        ),
        pytest.param(
            [{"entered_on": IN, "graduated_on": OUT, "as_of": OUT}, {"entered_on": IN, "as_of": IN, "seq": 2}],
            [],
            id="an older list that arrives later",
        ),
        pytest.param(
            [{"entered_on": IN, "graduated_on": OUT}, {"incubator": "乙", "entered_on": OUT, "seq": 2}],
            ["乙"],
            id="moved",
        ),
        pytest.param([{"entered_on": date(2026, 7, 1)}], [], id="enters after the day"),
    ],
)
def test_a_tenant_is_in_the_incubator_that_says_so_last(
    build: Build, rows: list[dict[str, Any]], incubators: list[str]
) -> None:
    assert [incubator for (incubator,) in _tenant(build, *rows)] == incubators


def test_a_withdrawn_form_leaves_the_other_years_of_a_listed_firm(build: Build) -> None:
    put(build, "core_firm", [{"firm_id": "F", "uscc": "F"}], "registry__firms")
    share = {"firm_id": "F", "stock_code": "600001", "held_from": date(2000, 1, 1), "held_to": date(9999, 12, 31)}
    put(build, "core_firm__shares", [share], "listing__events")
    reports = [{"stock_code": "600001", "year": year, "revenue_fen": year} for year in (2022, 2023, 2024)]
    put(build, "stg_listed__profit", reports, "listed__profit")
    filed = [
        {"uscc": "F", "year": 2024, "revenue_fen": 1, "is_withdrawn": True},
        {"uscc": "F", "year": 2023, "revenue_fen": 2, "is_withdrawn": False},
    ]
    put(build, "stg_zone__yearly", filed, "zone__yearly", 4)

    building.build_tables(build, ["core_firm__yearly"])

    assert build.tuples("select year, revenue_fen from core_firm__yearly order by year") == [
        (2022, 2022),
        (2023, 2),
        (2024, 2024),
    ]
