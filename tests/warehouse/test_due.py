"""Duties of titles: each on its day, the day before and after; late, missed and unknown filings."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from due_build import CERTIFICATE, ENTRY, changed, due, filed, holds, prepared, states
from empty_build import put, trial

from tiers.certificates import duties
from tiers.certificates.validity import Certificate
from warehouse.database.build import Build


@pytest.fixture(scope="module")
def prepared_build(own_empty_build: Path) -> Iterator[Build]:
    with prepared(own_empty_build) as build:
        yield build


@pytest.fixture
def build(prepared_build: Build) -> Iterator[Build]:
    with trial(prepared_build):
        yield prepared_build


@pytest.mark.parametrize(
    ("day", "on", "state"),
    [
        (date(2026, 5, 30), None, "open"),
        (date(2026, 5, 31), None, "open"),
        (date(2026, 6, 1), None, "unknown"),
        (date(2026, 6, 1), date(2026, 5, 31), "done"),
        (date(2026, 6, 2), date(2026, 6, 1), "late"),
        (date(2026, 5, 31), date(2026, 6, 1), "open"),  # the row is of a later day
    ],
)
def test_a_yearly_report_on_its_day(build: Build, day: date, on: date | None, state: str) -> None:
    holds(build, CERTIFICATE)
    if on:
        filed(build, 2025, on)

    row = due(build, day)["hnte.annual_report", "2026"]

    assert (row["due_on"], row["state"], row["rest_day"]) == (date(2026, 5, 31), state, "stays")
    assert (row["start_by"], row["owner"], row["ends_title"]) == (date(2026, 5, 18), "statistician", False)


def test_a_report_known_not_to_be_sent_in_is_missed(build: Build) -> None:
    holds(build, CERTIFICATE)
    filed(build, 2024, None)
    filed(build, 2023, date(2024, 5, 31))

    before, after = due(build, date(2025, 5, 31)), due(build, date(2025, 6, 1))

    assert states(before, "hnte.annual_report") == {"2024": "done", "2025": "open", "2026": "open"}
    assert states(before, "hnte.second_missed_report") == {}
    assert states(after, "hnte.annual_report") == {"2024": "done", "2025": "missed", "2026": "open"}
    assert states(after, "hnte.second_missed_report") == {"2026": "open"}
    assert after["hnte.second_missed_report", "2026"]["due_on"] == date(2026, 5, 31)


def test_a_second_missed_report_is_a_ground_from_the_day_after(build: Build) -> None:
    holds(build, CERTIFICATE)
    filed(build, 2023, None)
    filed(build, 2024, None)

    assert states(due(build, date(2025, 5, 31)), "hnte.second_missed_report")["2025"] == "open"
    assert states(due(build, date(2025, 6, 1)), "hnte.second_missed_report") == {"2025": "missed"}


@pytest.mark.parametrize("issued_on", [date(2024, 2, 29), date(2023, 5, 31), date(2023, 6, 1)])
@pytest.mark.parametrize("day", [date(2025, 5, 31), date(2026, 6, 1)])
def test_the_model_and_the_calculator_agree(build: Build, issued_on: date, day: date) -> None:
    certificate = Certificate(issued_on)
    holds(build, {"designation": "hnte", "valid_from": issued_on, "valid_to": certificate.last_day})
    sent = {2023: date(2024, 5, 31), 2024: date(2025, 6, 1)}
    for year, on in sent.items():
        filed(build, year, on)

    rows = due(build, day)

    reports = duties.annual_reports(certificate, sent, day).value or ()
    expected = {str(report.due_on.year): (report.due_on, report.done_on, report.state) for report in reports}
    computed = {
        period: (row["due_on"], row["done_on"], "missed" if row["state"] == "unknown" else row["state"])
        for (duty, period), row in rows.items()
        if duty == "hnte.annual_report"
    }
    assert computed
    assert computed.items() <= expected.items()
    assert {row[0] for row in expected.values() if row[0] <= day} <= {row[0] for row in computed.values()}


def test_no_report_is_due_after_the_certificate_has_ended(build: Build) -> None:
    holds(build, CERTIFICATE)

    rows = due(build, date(2026, 12, 8))

    assert states(rows, "hnte.annual_report") == {"2024": "unknown", "2025": "unknown", "2026": "unknown"}
    assert states(rows, "hnte.apply_again") == {"2023": "open"}


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 12, 7), "open"),
        (date(2026, 12, 8), "open"),
        (date(2026, 12, 9), "missed"),
        (date(2027, 3, 8), "missed"),
        (date(2027, 3, 9), None),  # 91 days after its end it is no longer listed
    ],
)
def test_a_certificate_ends_on_its_own_day(build: Build, day: date, state: str | None) -> None:
    holds(build, CERTIFICATE, {**ENTRY, "valid_from": date(2026, 7, 1), "valid_to": date(2026, 12, 31)})

    rows = due(build, day)

    assert states(rows, "hnte.apply_again").get("2023") == state
    assert rows["tech_sme.evaluate_again", "2026"]["due_on"] == date(2026, 12, 31)


@pytest.mark.parametrize("valid_to", [None, date(9999, 12, 31)])
def test_a_title_without_an_end_does_not_end(build: Build, valid_to: date | None) -> None:
    holds(build, {**CERTIFICATE, "valid_to": valid_to})

    rows = due(build, date(2026, 6, 30))

    assert not any(row["ends_title"] for row in rows.values())
    assert "2027" in states(rows, "hnte.annual_report")


def test_a_corrected_last_day_keeps_its_period(build: Build) -> None:
    holds(build, CERTIFICATE)
    before = due(build, date(2026, 6, 30))
    build.execute("update core_title set valid_to = date '2027-01-05', valid_from = date '2023-12-11'")

    after = due(build, date(2026, 7, 1))

    ending = ("hnte.apply_again", "2023")
    assert (before[ending]["due_on"], after[ending]["due_on"]) == (date(2026, 12, 8), date(2027, 1, 5))
    assert before.keys() == after.keys()


@pytest.mark.parametrize(("tenant", "owner"), [(True, "incubator"), (False, "officer")])
def test_what_an_incubator_owns_falls_to_the_officer_outside_one(build: Build, tenant: bool, owner: str) -> None:
    holds(build, ENTRY)
    if tenant:
        put(build, "core_firm__incubator", [{"firm_id": "F", "incubator": "云栖"}], "incubator__tenancies")

    row = due(build, date(2025, 12, 1))["tech_sme.evaluate_again", "2025"]

    assert (row["owner"], row["incubator"]) == (owner, "云栖" if tenant else None)


def test_a_renewed_title_is_due_by_its_new_day_only(build: Build) -> None:
    renewed = {"designation": "hnte", "valid_from": date(2026, 11, 20), "valid_to": date(2029, 11, 20)}
    holds(build, CERTIFICATE, renewed)

    assert states(due(build, date(2026, 12, 20)), "hnte.apply_again") == {"2026": "open"}


@pytest.mark.parametrize(("cancelled_on", "is_due"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_a_cancelled_title_owes_nothing(build: Build, cancelled_on: date, is_due: bool) -> None:
    holds(build, CERTIFICATE)
    holds(build, {"title_id": "x", "designation": "hnte", "event": "cancelled", "issued_on": cancelled_on})

    assert bool(due(build, date(2026, 6, 30))) is is_due


@pytest.mark.parametrize(
    ("reported", "day", "state"),
    [
        (date(2026, 5, 15), date(2026, 6, 30), "done"),
        (date(2026, 5, 16), date(2026, 6, 30), "late"),
        (None, date(2026, 5, 15), "open"),
        (None, date(2026, 5, 16), "missed"),
    ],
)
def test_a_change_is_reported_within_three_months(
    build: Build, reported: date | None, day: date, state: str
) -> None:  # HN-NM-01, HN-NM-02
    holds(build, CERTIFICATE)
    changed(build, date(2026, 2, 15), reported=reported)

    assert states(due(build, day), "hnte.change_report") == {"2026-02-15": state}


@pytest.mark.parametrize(
    ("day", "entry", "update"),
    [
        (date(2025, 12, 31), "open", "open"),
        (date(2026, 1, 1), "unknown", "open"),  # by the second reading it lasts to 31 March
        (date(2026, 3, 31), "unknown", "open"),
        (date(2026, 4, 1), "missed", "unknown"),
    ],
)
def test_an_entry_ends_with_its_year_and_is_updated_by_march(build: Build, day: date, entry: str, update: str) -> None:
    holds(build, ENTRY)

    rows = due(build, day)

    assert states(rows, "tech_sme.evaluate_again") == {"2025": entry}
    assert states(rows, "tech_sme.yearly_update") == {"2026": update}
    assert rows["tech_sme.yearly_update", "2026"]["due_on"] == date(2026, 3, 31)


def test_a_little_giant_is_updated_by_may_and_reviewed_at_the_end(build: Build) -> None:  # SM-012
    holds(build, {"designation": "little_giant", "valid_from": date(2024, 9, 1), "valid_to": date(2027, 9, 1)})
    filed(build, 2025, date(2026, 6, 1), "little_giant", "yearly_update")

    rows = due(build, date(2027, 6, 1))

    assert states(rows, "little_giant.yearly_update") == {
        "2026": "late",
        "2027": "unknown",
    }  # the text is of April 2026
    review = rows["little_giant.review", "2024"]
    assert (review["kind"], review["due_on"], review["ends_title"]) == ("review", date(2027, 9, 1), True)


def test_a_title_without_a_duty_of_its_own_ends_too(build: Build) -> None:
    holds(build, {"designation": "gazelle_seed", "valid_from": date(2025, 7, 1), "valid_to": date(2026, 6, 30)})

    row = due(build, date(2026, 6, 30))["gazelle_seed.title_ending", "2025"]

    assert (row["due_on"], row["state"], row["kind"]) == (date(2026, 6, 30), "open", "title_ending")


@pytest.mark.parametrize("firm", [{"is_living": False}, {"is_living": False, "ended_on": date(2026, 6, 30)}])
def test_a_firm_that_has_ended_owes_nothing(build: Build, firm: dict[str, Any]) -> None:
    build.execute("delete from core_firm")
    put(build, "core_firm", [{"firm_id": "F", "name": "甲", **firm}], "registry__firms")
    holds(build, CERTIFICATE)

    assert due(build, date(2026, 6, 30)) == {}


@pytest.mark.parametrize(("day", "state"), [(date(2026, 6, 1), "open"), (date(2026, 6, 2), "unknown")])
def test_a_text_that_moves_a_day_of_rest_moves_it(build: Build, day: date, state: str) -> None:
    build.execute("update ref_duties set on_rest_day = 'next_working_day' where duty = 'hnte.annual_report'")
    holds(build, CERTIFICATE)

    row = due(build, day)["hnte.annual_report", "2026"]

    assert (row["due_on"], row["rest_day"], row["state"]) == (date(2026, 6, 1), "moved", state)
    assert row["start_by"] == date(2026, 5, 19)
