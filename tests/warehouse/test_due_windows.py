"""Filing windows: only what a document of the place states, for firms that could use it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from due_build import CERTIFICATE, ENTRY, due, holds, prepared
from empty_build import trial

from warehouse.database.build import Build


@pytest.fixture(scope="module")
def prepared_build(own_empty_build: Path) -> Iterator[Build]:
    with prepared(own_empty_build) as build:
        yield build


@pytest.fixture
def build(prepared_build: Build) -> Iterator[Build]:
    with trial(prepared_build):
        yield prepared_build


def window(build: Build, designation: str, day: date, place: str, outcome: str = "met") -> list[tuple[Any, ...]]:
    build.execute(
        "insert into core_tiers__ladder_verdicts (firm_id, day, designation, outcome) values ('F', $1, $2, $3)",
        [day, designation, outcome],
    )
    rows = due(build, day, place)
    return [
        (period, row["due_on"], row["window_status"])
        for (_, period), row in sorted(rows.items())
        if row["kind"] == "window"
    ]


@pytest.mark.parametrize(
    ("designation", "day", "place", "windows"),
    [
        ("tech_sme", date(2026, 8, 31), "CN-3301", [("2026-1", date(2026, 8, 31), "published")]),
        ("tech_sme", date(2026, 9, 1), "CN-3301", [("2027", None, "expected")]),
        ("tech_sme", date(2024, 8, 1), "CN-3301", [("2024", None, "published")]),  # no closing day is printed
        (
            "hnte",
            date(2026, 7, 17),
            "CN-1101",
            [("2026-2", date(2026, 7, 17), "published"), ("2026-3", date(2026, 9, 24), "published")],
        ),
        ("hnte", date(2026, 9, 25), "CN-1101", [("2027", None, "unknown")]),
        ("hnte", date(2026, 7, 17), "CN-3301", [("2026", None, "unknown")]),
        ("hnte", date(2025, 8, 26), "CN-4401", [("2025-3", date(2025, 9, 5), "published")]),  # extended
        ("unicorn", date(2026, 7, 17), "CN-3301", []),
    ],
)
def test_a_window_is_what_a_document_of_the_place_states(
    build: Build, designation: str, day: date, place: str, windows: list[tuple[Any, ...]]
) -> None:
    assert window(build, designation, day, place) == windows


@pytest.mark.parametrize(
    ("valid_to", "outcome", "is_listed"),
    [
        (date(2026, 12, 31), "met", True),  # it ends this year: apply anew
        (date(2027, 1, 1), "met", False),
        (date(2026, 12, 31), "not_met", False),
        (date(2026, 12, 31), "judgement", True),
    ],
)
def test_a_holder_files_again_in_the_year_in_which_it_ends(
    build: Build, valid_to: date, outcome: str, is_listed: bool
) -> None:
    holds(build, {**CERTIFICATE, "valid_to": valid_to})

    assert bool(window(build, "hnte", date(2026, 6, 30), "CN-1101", outcome)) is is_listed


def test_an_entry_of_the_year_needs_no_second_one(build: Build) -> None:
    holds(build, {**ENTRY, "valid_from": date(2026, 7, 1), "valid_to": date(2026, 12, 31), "or_valid_to": None})

    assert window(build, "tech_sme", date(2026, 8, 1), "CN-3301") == []
