"""Numbers of certificates and entries: parsing and validity; the worked cases with their ids."""

from datetime import date

import pytest

from tiers.certificates import entry
from tiers.certificates.numbers import read_certificate, read_entry

pytestmark = pytest.mark.rule("read-as-written")


@pytest.mark.parametrize(
    ("text", "year", "region", "serial"),
    [
        pytest.param("GR202333004359", 2023, "33", "004359", id="HN-NO-01"),
        pytest.param("GR202341002662", 2023, "41", "002662", id="HN-NO-02"),
        pytest.param("GR201433000699", 2014, "33", "000699", id="HN-NO-03"),
    ],
)
def test_a_certificate_is_read(text: str, year: int, region: str, serial: str) -> None:
    result = read_certificate(text)

    assert result is not None
    assert (result.year, result.region, result.serial) == (year, region, serial)


@pytest.mark.parametrize(
    "text", [pytest.param("GR20233300435", id="HN-NO-04"), "", "GR2023330043599", "gr202333004359"]
)
def test_what_is_no_certificate_is_none(text: str) -> None:
    assert read_certificate(text) is None


def test_an_entry_number_is_read() -> None:  # SME-RN-04
    result = read_entry("202244030508001234")

    assert result is not None
    assert (result.year, result.region, result.marker) == (2022, "440305", "0")


@pytest.mark.parametrize(
    ("founded", "evaluated", "marker", "last_year"),
    [
        pytest.param(date(2019, 3, 1), date(2022, 5, 31), "0", True, id="SME-RN-01"),
        pytest.param(date(2019, 3, 1), date(2022, 6, 1), "A", False, id="a-day-later"),
        pytest.param(date(2022, 2, 10), date(2022, 5, 20), "B", False, id="SME-RN-03"),
    ],
)
def test_the_eleventh_sign_and_the_settlement_of_the_year_before(
    founded: date, evaluated: date, marker: str, last_year: bool
) -> None:
    sign = entry.marker_of(founded, evaluated, 2022).value
    full = read_entry(f"2022440305{sign}0001234")

    assert sign == marker
    assert full is not None
    assert entry.counts_for_last_year(full).value is last_year
    assert entry.status_year(full) == 2022


@pytest.mark.parametrize(
    ("day", "readings", "status"),
    [
        pytest.param(date(2025, 10, 19), (False, False), "derived", id="day-before"),
        pytest.param(date(2025, 12, 31), (True, True), "derived", id="SME-VAL-01"),
        pytest.param(date(2026, 1, 1), (False, True), "contested", id="SME-VAL-02"),
        pytest.param(date(2026, 3, 31), (False, True), "contested", id="last-day-of-the-other-reading"),
        pytest.param(date(2026, 4, 1), (False, False), "derived", id="after-both"),
    ],
)
def test_an_entry_counts_by_both_readings(day: date, readings: tuple[bool, bool], status: str) -> None:
    result = entry.counts_on(date(2025, 10, 20), day)

    assert result.value is not None
    assert ((result.value.to_year_end, result.value.to_next_march), result.status) == (readings, status)


@pytest.mark.parametrize(
    ("text", "tax_year", "next_years", "own", "status"),
    [
        pytest.param("202344030500001234", 2022, True, False, "contested", id="0-of-the-next-year"),
        pytest.param("2022440305A0001234", 2022, False, True, "contested", id="own-number-in-2022"),
        pytest.param("2023440305A0001234", 2022, False, False, "derived", id="A-of-the-next-year"),
        pytest.param("2019440305A0001234", 2019, False, False, "derived", id="own-number-before-2022"),
    ],
)
def test_what_a_number_supports_in_2022_is_given_by_both_readings(
    text: str, tax_year: int, next_years: bool, own: bool, status: str
) -> None:
    number = read_entry(text)
    assert number is not None
    result = entry.supports_super_deduction(number, tax_year)

    assert result.value is not None
    assert (result.value.by_next_years_number, result.value.by_own_number, result.status) == (next_years, own, status)
    assert entry.supports_super_deduction(number, 2023).value == entry.Supports(number.year == 2024, False, True)


@pytest.mark.parametrize(("year", "is_fraud", "first"), [(2025, False, 2026), (2023, True, 2024), (2024, True, 2028)])
def test_after_revoking_a_firm_waits(year: int, is_fraud: bool, first: int) -> None:
    assert entry.may_file_from(year, is_fraud).value == first
