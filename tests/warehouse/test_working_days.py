"""Chinese working days: hand-worked calendars with make-up days, and start-by days planned back over them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from due_build import CERTIFICATE, changed, due, holds, prepared
from empty_build import trial

from warehouse.database.build import Build
from warehouse.models.working_days import working_days


@pytest.fixture(scope="module")
def prepared_build(own_empty_build: Path) -> Iterator[Build]:
    with prepared(own_empty_build) as build:
        yield build


@pytest.fixture
def build(prepared_build: Build) -> Iterator[Build]:
    with trial(prepared_build):
        yield prepared_build


def test_the_spring_festivals_have_their_make_up_days() -> None:
    calendar = {row["day"]: row for row in working_days("CN-3301", date(2026, 6, 30)).to_dicts()}
    february = {day.day for day, row in calendar.items() if (day.year, day.month) == (2026, 2) and row["is_working"]}

    # 15 to 23 February 2026 are the festival, worked for on the Saturdays 14 and 28
    assert february == {2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 24, 25, 26, 27, 28}
    assert calendar[date(2026, 1, 4)]["is_make_up"]  # a Sunday, for 2 January
    assert not calendar[date(2026, 1, 2)]["is_working"]
    made_up_2025 = {day for day, row in calendar.items() if day.year == 2025 and row["is_make_up"]}
    assert {(day.month, day.day) for day in made_up_2025} == {(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)}
    assert calendar[date(2026, 12, 31)]["is_known"]
    assert not calendar[date(2027, 1, 1)]["is_known"]


@pytest.mark.parametrize(
    ("changed_on", "due_on", "last_working_on", "rest_day", "start_by"),
    [
        # the first day after the festival; 15 days back over the make-up Saturday 14 February
        (date(2025, 11, 24), date(2026, 2, 24), date(2026, 2, 24), None, date(2026, 1, 28)),
        # within the festival: the text moves no day
        (date(2025, 11, 20), date(2026, 2, 20), date(2026, 2, 14), "stays", date(2026, 1, 27)),
        # 28 February 2026, of three months after 29 and 30 November: a Saturday that is worked
        (date(2025, 11, 29), date(2026, 2, 28), date(2026, 2, 28), None, date(2026, 2, 3)),
        (date(2025, 11, 30), date(2026, 2, 28), date(2026, 2, 28), None, date(2026, 2, 3)),
    ],
)
def test_a_change_is_planned_back_from_its_day(
    build: Build, changed_on: date, due_on: date, last_working_on: date, rest_day: str | None, start_by: date
) -> None:
    holds(build, CERTIFICATE)
    changed(build, *{date(2025, 11, 29), date(2025, 11, 30), changed_on})

    row = due(build, date(2026, 1, 5))["hnte.change_report", str(changed_on)]

    assert (row["lead_days"], row["due_on"], row["last_working_on"]) == (15, due_on, last_working_on)
    assert (row["rest_day"], row["start_by"], row["state"]) == (rest_day, start_by, "open")


def test_a_review_by_a_saturday_is_planned_over_labour_day(build: Build) -> None:
    """30 May 2026; 1 to 5 May are holidays, 9 May is a Saturday that is worked: 16 days of May and 14 of April."""
    holds(build, {"designation": "gazelle", "valid_from": date(2023, 5, 31), "valid_to": date(2026, 5, 30)})

    row = due(build, date(2026, 4, 1))["gazelle.review", "2023"]

    assert (row["lead_days"], row["last_working_on"], row["rest_day"]) == (30, date(2026, 5, 29), "stays")
    assert row["start_by"] == date(2026, 4, 16)


def test_a_leap_day_is_due_on_it() -> None:
    from tiers.certificates import TERMS

    version = TERMS.require("report_due", date(2026, 1, 1)).model_copy(update={"by": (2, 29)})

    assert (version.last_day(2028), version.last_day(2027)) == (date(2028, 2, 29), date(2027, 2, 28))


def test_every_start_is_a_working_day_that_is_not_after_the_end(build: Build) -> None:
    holds(build, {**CERTIFICATE, "valid_to": date(2029, 12, 8)})
    build.execute(
        "insert into core_firm__changes (firm_id, change_kind, changed_on)"
        " select 'F', 'changed', unnest(range(date '2025-06-01', date '2028-06-01', interval 1 day))::date"
    )
    due(build, date(2028, 6, 1))

    assert build.value("select count(*) from core_firm__due where kind = 'change_report'") == 1096
    wrong = (
        "select due_on, start_by from core_firm__due as due left join ref_working_days as calendar"
        " on due.start_by = calendar.day where due.due_on is not null"
        " and (calendar.is_working is not true or start_by > due_on or last_working_on > due_on)"
    )
    assert build.tuples(wrong) == []
    warned = "select distinct year(due_on) from core_firm__due where not is_calendar_known order by 1"
    assert build.column(warned) == [2027, 2028, 2029]
