"""Calculators: the worked cases with their ids, and properties for arbitrary figures."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiers.calculators.headcount import KINDS, mean_of_months, mean_of_quarters, person_by_days, person_by_months
from tiers.calculators.manufacturing import has_vat_extra_credit, is_manufacturer_for_rd, vat_extra_credit
from tiers.calculators.spending import outsourced, rd_total, tax_overseas, tax_rd_base
from tiers.calculators.years import reference_years
from tiers.errors import FactsError, NotInForce
from tiers.result import Result

pytestmark = pytest.mark.rule("rules-are-data")

WAN = 10_000 * 100


def of(result: Result[object]) -> tuple[object, str]:
    return result.value, result.status


def test_the_mean_of_four_quarters() -> None:  # SME-HC-01
    assert of(mean_of_quarters([80, 90, 100, 110], [90, 100, 110, 120], 2025)) == (100, "derived")


def test_who_opened_in_july_is_averaged_over_two_quarters() -> None:  # SME-HC-02
    result = mean_of_quarters([10, 20], [20, 30], 2025)

    assert of(result) == (20, "contested")
    assert result.reasons[0].zh
    assert result.reasons[0].en


def test_the_mean_of_twelve_months_keeps_its_fraction() -> None:  # HN-HC-01
    assert of(mean_of_months([100] * 12, [100] * 6 + [110] * 6, 2025)) == (Fraction(205, 2), "derived")


def test_who_opened_in_july_is_averaged_over_six_months() -> None:  # HN-HC-02
    result = mean_of_months([0, 10, 20, 30, 40, 50], [10, 20, 30, 40, 50, 60], 2025)

    assert of(result) == (30, "contested")


def test_a_count_that_is_not_known_makes_the_mean_unknown() -> None:
    result = mean_of_quarters([80, 90, None, 110], [90, 100, 110, 120], 2025)

    assert (result.value, result.status, result.missing) == (None, "unknown", ("3/4",))


@pytest.mark.parametrize(("starts", "ends"), [([], []), ([1] * 5, [1] * 5), ([1, 2], [1]), ([-1], [1])])
def test_counts_that_make_no_year_are_refused(starts: list[int], ends: list[int]) -> None:
    with pytest.raises(FactsError):
        mean_of_quarters(starts, ends, 2025)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=12))
def test_a_mean_lies_between_the_counts(counts: list[tuple[int, int]]) -> None:
    starts, ends = zip(*counts, strict=True)
    mean = mean_of_months(starts, ends, 2025).value

    assert mean is not None
    assert min(starts + ends) <= mean <= max(starts + ends)


@pytest.mark.parametrize(
    ("kind", "days", "in_total", "tech"),
    [
        pytest.param("兼职", 183, True, True, id="HN-HC-03"),
        pytest.param("临时聘用", 182, False, False, id="HN-HC-04"),
        pytest.param("在职", 182, True, False, id="regular-counts-but-not-as-tech"),
    ],
)
def test_who_counts_for_a_high_tech_enterprise(kind: str, days: int, in_total: bool, tech: bool) -> None:
    result = person_by_days(KINDS[kind], days, 2025)

    assert result.value is not None
    assert (result.value.in_total, result.value.may_be_tech_staff) == (in_total, tech)
    assert person_by_days(KINDS[kind], None, 2025).status == "unknown"


@pytest.mark.parametrize(("kind", "months", "counts"), [("兼职", 6, True), ("兼职", 5, False), ("在职", 0, True)])
def test_who_counts_for_a_technology_sme(kind: str, months: int, counts: bool) -> None:
    result = person_by_months(KINDS[kind], months, 2025)

    assert result.value is not None
    assert (result.value.in_total, result.value.may_be_tech_staff) == (counts, counts)


@pytest.mark.parametrize(
    ("born", "years", "status"),
    [
        pytest.param(None, (2023, 2024, 2025), "derived", id="HN-YR-01"),
        pytest.param(date(2024, 9, 15), (2024, 2025), "contested", id="HN-YR-02"),
        pytest.param(date(2024, 1, 1), (2024, 2025), "derived", id="a-whole-first-year"),
        pytest.param(date(2026, 2, 1), (), "derived", id="founded-in-the-year-of-applying"),
    ],
)
def test_the_years_that_count(born: date | None, years: tuple[int, ...], status: str) -> None:
    result = reference_years(date(2026, 6, 20), born)

    assert result.value is not None
    assert (result.value.years, result.value.recent_year, result.status) == (
        years,
        years[-1] if years else None,
        status,
    )
    assert (result.value.first_day, result.value.last_day) == (date(2025, 6, 20), date(2026, 6, 19))


@pytest.mark.parametrize(
    ("seven", "other", "cap", "counted", "total"),
    [
        pytest.param(800, 200, 200, 200, 1000, id="HN-OTH-01"),
        pytest.param(800, 201, 200, 200, 1000, id="one-beyond"),
        pytest.param(800, 150, 200, 150, 950, id="HN-OTH-03"),
        pytest.param(0, 100, 0, 0, 0, id="HN-OTH-04"),
    ],
)
def test_other_costs_of_recognition(seven: int, other: int, cap: int, counted: int, total: int) -> None:
    result = rd_total(seven * WAN, other * WAN, date(2026, 6, 20))

    assert result.value is not None
    assert (result.value.cap, result.value.counted, result.value.total) == (cap * WAN, counted * WAN, total * WAN)
    assert result.status == "derived"


def test_a_local_rule_makes_the_general_share_contested() -> None:
    assert rd_total(8, 2, date(2026, 6, 20), has_local_rule=True).status == "contested"
    assert rd_total(None, 2, date(2026, 6, 20)).missing == ("seven",)


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_other_costs_never_exceed_their_share_of_the_whole(seven: int, other: int) -> None:
    result = rd_total(seven, other, date(2026, 1, 1)).value

    assert result is not None
    assert result.counted * 5 <= result.total


def test_outsourced_research_counts_for_a_part() -> None:  # HN-OUT-01
    result = outsourced(100 * WAN, date(2026, 6, 20))

    assert of(result) == (80 * WAN, "derived")
    assert "[memory]" in result.documents[0]


@pytest.mark.parametrize(
    ("year", "projects", "cap", "counted", "base"),
    [
        pytest.param(2023, [(88, 12), (84, 8)], "19.11", "19.11", "191.11", id="TX-RD-18"),
        pytest.param(2021, [(90, 12), (100, 8)], "21.11", "20.00", "210.00", id="TX-RD-19"),
        pytest.param(2020, [(90, 12), (100, 8)], "21.11", "18.00", "208.00", id="each-project-to-2020"),
    ],
)
def test_other_costs_of_tax(year: int, projects: list[tuple[int, int]], cap: str, counted: str, base: str) -> None:
    result = tax_rd_base(projects, year).value

    assert result is not None
    assert [f"{float(part):.2f}" for part in (result.cap, result.counted, result.total)] == [cap, counted, base]


def test_the_cap_of_tax_is_exact() -> None:
    assert getattr(tax_rd_base([(88, 12), (84, 8)], 2023).value, "cap", None) == Fraction(172, 9)


@pytest.mark.parametrize(
    ("domestic", "counted", "limit", "eligible"),
    [
        pytest.param(300, 240, 200, 200, id="TX-OS-01"),
        pytest.param(600, 240, 400, 240, id="TX-OS-02"),
        pytest.param(360, 240, 240, 240, id="on-the-edge"),
    ],
)
def test_research_outsourced_abroad(domestic: int, counted: int, limit: int, eligible: int) -> None:
    result = tax_overseas(300 * WAN, domestic * WAN, 2025).value

    assert result is not None
    assert (result.counted, result.limit, result.eligible) == (counted * WAN, limit * WAN, eligible * WAN)


def test_before_2018_nothing_outsourced_abroad_counts() -> None:
    assert getattr(tax_overseas(300 * WAN, 600 * WAN, 2017).value, "eligible", None) == 0


@pytest.mark.parametrize(
    ("share", "is_manufacturer"),
    [pytest.param("1/2", True, id="TX-MF-01"), pytest.param("4999/10000", False, id="below")],
)
def test_half_is_enough_to_be_a_manufacturer_for_research(share: str, is_manufacturer: bool) -> None:
    assert of(is_manufacturer_for_rd(Fraction(share), 2021)) == (is_manufacturer, "derived")
    assert of(is_manufacturer_for_rd(Fraction(share), 2020)) == (False, "not_in_force")


@pytest.mark.parametrize(
    ("month", "share", "is_on_list", "answer", "status"),
    [
        pytest.param(date(2024, 6, 1), "1/2", False, False, "derived", id="TX-VAT-01"),
        pytest.param(date(2026, 6, 1), "4/5", True, None, "review", id="TX-VAT-02"),
        pytest.param(date(2024, 6, 1), "1/2", True, False, "derived", id="half-is-not-more-than-half"),
        pytest.param(date(2024, 6, 1), "5001/10000", True, True, "derived", id="more-than-half"),
        pytest.param(date(2025, 12, 31), "4/5", True, True, "derived", id="last-sure-day"),
        pytest.param(date(2026, 1, 1), "1/2", True, False, "derived", id="a-sure-no-needs-no-review"),
        pytest.param(date(2024, 6, 1), "4/5", None, None, "unknown", id="list-not-known"),
        pytest.param(date(2024, 6, 1), None, False, False, "derived", id="not-listed-is-enough"),
        pytest.param(date(2028, 1, 1), "4/5", True, False, "not_in_force", id="after-its-end"),
    ],
)
def test_the_extra_credit_of_advanced_manufacturers(
    month: date, share: str | None, is_on_list: bool | None, answer: bool | None, status: str
) -> None:
    result = has_vat_extra_credit(month, True, None if share is None else Fraction(share), is_on_list)

    assert of(result) == (answer, status)


def test_the_extra_credit_is_a_part_of_the_input_tax() -> None:
    assert vat_extra_credit(100 * WAN, date(2024, 6, 1)).value == 5 * WAN


def test_a_day_before_every_text_has_no_answer() -> None:
    with pytest.raises(NotInForce, match="outsourced_share"):
        outsourced(1, date(2007, 12, 31))
