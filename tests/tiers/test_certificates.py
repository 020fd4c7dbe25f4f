"""Certificates and obligations: the worked cases with their ids, on the days before, on and after."""

from datetime import date
from fractions import Fraction

import pytest

from tiers.certificates import duties, validity
from tiers.certificates.obligations import endings
from tiers.certificates.validity import Cancelled, Certificate
from tiers.schema.ladder import ladder

pytestmark = pytest.mark.rule("rules-are-data")

REDUCED, FULL = Fraction(15, 100), Fraction(25, 100)
ISSUED_2023 = Certificate(date(2023, 12, 8))


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2023, 12, 7), "not_yet"),
        (date(2023, 12, 8), "valid"),
        (date(2026, 12, 8), "valid"),
        (date(2026, 12, 9), "expired"),
    ],
)
def test_a_certificate_on_a_day(day: date, standing: str) -> None:
    assert validity.on_day(ISSUED_2023, day).value == standing


def test_a_cancelling_reaches_back_to_the_start_of_its_year() -> None:
    cancelled = Certificate(date(2023, 12, 8), Cancelled(2025, date(2025, 9, 1)))

    before, meanwhile, after = (
        validity.on_day(cancelled, day) for day in (date(2024, 12, 31), date(2025, 8, 31), date(2025, 9, 1))
    )

    assert (before.value, before.status) == ("valid", "derived")
    assert (meanwhile.value, meanwhile.status) == ("valid", "contested")
    assert after.value == "cancelled"
    assert [getattr(validity.in_tax_year(cancelled, year).value, "settled", None) for year in (2024, 2025)] == [
        REDUCED,
        FULL,
    ]


@pytest.mark.parametrize(
    ("issued", "years"),
    [
        pytest.param(date(2019, 4, 21), [2019, 2020, 2021], id="HN-TX-01"),
        pytest.param(date(2024, 12, 31), [2024, 2025, 2026], id="HN-TX-04"),
    ],
)
def test_a_certificate_counts_from_the_whole_year_of_its_issue(issued: date, years: list[int]) -> None:
    result = {year: validity.in_tax_year(Certificate(issued), year).value for year in range(2017, 2030)}

    assert [year for year, tax_year in result.items() if tax_year and tax_year.settled == REDUCED] == years


@pytest.mark.parametrize(
    ("again", "settled"),
    [pytest.param(True, REDUCED, id="HN-TX-02"), pytest.param(False, FULL, id="HN-TX-03"), pytest.param(None, None)],
)
def test_in_the_year_it_ends_the_rate_is_provisional(again: bool | None, settled: Fraction | None) -> None:
    result = validity.in_tax_year(ISSUED_2023, 2026, again)

    assert result.value is not None
    assert (result.value.prepaid, result.value.settled, result.value.is_provisional) == (REDUCED, settled, True)
    assert (result.value.counts_for_losses, result.status) == (True, "contested")  # E19


def test_losses_read_the_printed_validity_and_nothing_before_2018() -> None:
    result, early = validity.loss_years(ISSUED_2023), validity.loss_years(Certificate(date(2016, 11, 1)))

    assert (result.value, result.status) == ((2023, 2024, 2025, 2026), "contested")
    assert early.value == (2018, 2019)


def test_the_reports_of_one_validity() -> None:
    result = duties.annual_reports(
        ISSUED_2023, {2023: date(2024, 5, 31), 2024: date(2025, 6, 1)}, date(2026, 5, 31)
    ).value

    assert result is not None
    assert [(duty.due_on, duty.state) for duty in result] == [
        (date(2024, 5, 31), "done"),
        (date(2025, 5, 31), "late"),
        (date(2026, 5, 31), "open"),
    ]
    later = duties.annual_reports(ISSUED_2023, {}, date(2026, 6, 1)).value
    assert later is not None
    assert {duty.state for duty in later} == {"missed"}


@pytest.mark.parametrize(
    ("years", "loses"),
    [
        pytest.param([2024], False, id="HN-AR-01"),
        pytest.param([2023, 2025], True, id="HN-AR-02"),
        ([2024, 2024], False),
    ],
)
def test_two_missed_reports_are_a_ground(years: list[int], loses: bool) -> None:
    result = duties.loses_by_missed_reports(years, date(2026, 6, 1))

    assert (result.value, result.status) == (loses, "derived")


@pytest.mark.parametrize(
    ("is_whole", "completed", "name", "status"),
    [
        pytest.param(True, date(2026, 12, 8), "keeps_qualification", "derived", id="HN-MV-01"),
        pytest.param(True, date(2026, 12, 9), "new_region_must_recognise_again", "contested", id="a-day-late"),
        pytest.param(False, date(2025, 1, 1), "new_region_must_recognise_again", "derived", id="HN-MV-02"),
    ],
)
def test_moving_to_another_region(is_whole: bool, completed: date, name: str, status: str) -> None:
    result = duties.relocated(ISSUED_2023, is_whole, completed)

    assert result.value is not None
    assert (result.value.name, result.status) == (name, status)
    assert result.value.words.zh != result.value.words.en


@pytest.mark.parametrize(
    ("reported", "still_meets", "name", "status"),
    [
        pytest.param(date(2026, 5, 15), True, "new_certificate_same_number_same_expiry", "derived", id="HN-NM-01"),
        pytest.param(date(2026, 5, 16), True, "may_be_cancelled", "review", id="a-day-late"),
        pytest.param(None, True, "may_be_cancelled", "review", id="never-reported"),
        pytest.param(date(2026, 3, 1), False, "cancelled_from_year", "derived", id="HN-NM-02"),
        pytest.param(date(2026, 3, 1), None, None, "unknown", id="not-known"),
    ],
)
def test_a_new_name(reported: date | None, still_meets: bool | None, name: str | None, status: str) -> None:
    result = duties.renamed(date(2026, 2, 15), reported, still_meets, date(2026, 6, 30))

    assert (result.value.name if result.value else None, result.status) == (name, status)
    assert result.value is None or result.value.year == (2026 if "cancelled" in result.value.name else None)


def test_the_report_on_a_change_is_due_after_three_months() -> None:
    result = duties.change_report(date(2025, 11, 30), None, date(2026, 1, 1)).value

    assert result is not None
    assert (result.due_on, result.state) == (date(2026, 2, 28), "open")


@pytest.mark.parametrize(
    ("certificate", "day", "may"),
    [
        (None, date(2026, 6, 1), True),
        (ISSUED_2023, date(2025, 12, 31), False),
        (ISSUED_2023, date(2026, 1, 1), True),
        (Certificate(date(2023, 12, 8), Cancelled(2024, date(2025, 9, 1))), date(2025, 12, 31), False),
        (Certificate(date(2023, 12, 8), Cancelled(2024, date(2025, 9, 1))), date(2026, 1, 1), True),
    ],
)
def test_when_a_firm_may_apply(certificate: Certificate | None, day: date, may: bool) -> None:
    assert duties.may_apply(day, certificate).value is may


def test_a_little_giant_on_the_day_its_years_are_used_up() -> None:  # SM-012
    result = duties.review(date(2026, 9, 1), [date(2027, 5, 20), date(2028, 5, 31)], date(2029, 9, 1)).value

    assert result == duties.Review("review_due", date(2029, 9, 1), (), (date(2029, 5, 31),))


@pytest.mark.parametrize(
    ("update", "day", "status", "late", "missing"),
    [
        ([date(2027, 6, 1)], date(2029, 5, 31), "valid", (date(2027, 6, 1),), (date(2028, 5, 31),)),
        ([], date(2027, 5, 31), "valid", (), ()),
        ([], date(2027, 6, 1), "valid", (), (date(2027, 5, 31),)),
    ],
)
def test_yearly_updates_come_late_or_not_at_all(
    update: list[date], day: date, status: str, late: tuple[date, ...], missing: tuple[date, ...]
) -> None:
    result = duties.review(date(2026, 9, 1), update, day).value

    assert result is not None
    assert (result.status, result.late, result.missing) == (status, late, missing)


def test_every_title_of_the_ladder_has_its_endings() -> None:
    for name, designation in ladder().items():
        if designation.track == "ladder":
            assert endings(name, date(2026, 6, 30)), name
