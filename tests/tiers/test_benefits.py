"""Tax benefits of a rung: the worked cases with their ids."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiers.benefits.reliefs import (
    income_tax,
    income_tax_with_transfer,
    last_year_for_loss,
    rd_extra_deduction,
    rd_extra_rate,
)

pytestmark = pytest.mark.rule("rules-are-data")


@pytest.mark.parametrize(
    ("kind", "day", "percent"),
    [
        pytest.param("tech_sme", date(2017, 1, 1), 75, id="TX-RD-03"),
        pytest.param("tech_sme", date(2016, 12, 31), 50, id="day-before"),
        pytest.param("manufacturing", date(2020, 12, 31), 75, id="TX-RD-05"),
        pytest.param("manufacturing", date(2021, 1, 1), 100, id="TX-RD-06"),
        pytest.param("tech_sme", date(2022, 1, 1), 100, id="TX-RD-08"),
        pytest.param("general", date(2022, 9, 30), 75, id="TX-RD-09"),
        pytest.param("general", date(2022, 10, 1), 100, id="TX-RD-10"),
        pytest.param("general", date(2023, 6, 1), 100, id="TX-RD-11"),
        pytest.param("ic_machine", date(2023, 1, 1), 120, id="TX-RD-12"),
        pytest.param("ic_machine", date(2027, 12, 31), 120, id="TX-RD-14"),
        pytest.param("ic_machine", date(2028, 1, 1), 100, id="TX-RD-15"),
    ],
)
def test_the_extra_share_by_day(kind: str, day: date, percent: int) -> None:
    assert rd_extra_rate(kind, day) == Fraction(percent, 100)


@pytest.mark.parametrize(
    ("months", "yuan"), [pytest.param(12, 9_750_000, id="TX-RD-16"), pytest.param(6, 10_500_000, id="TX-RD-17")]
)
def test_the_extra_deduction_of_2022_follows_its_months(months: int, yuan: int) -> None:
    assert rd_extra_deduction("general", 2022, 12_000_000_00, months) == yuan * 100


@pytest.mark.parametrize(
    ("loss", "status", "last"),
    [
        pytest.param(2012, [2018], 2017, id="TX-LS-03"),
        pytest.param(2018, [2018], 2023, id="TX-LS-04"),
        pytest.param(2018, [2020], 2028, id="TX-LS-05"),
        pytest.param(2021, [2026], 2031, id="TX-LS-06"),
        pytest.param(2020, [2026], 2025, id="TX-LS-07"),
        pytest.param(2016, [2017], 2021, id="TX-LS-08"),
        pytest.param(2020, [], 2025, id="no-status"),
    ],
)
def test_the_last_year_that_may_use_a_loss(loss: int, status: list[int], last: int) -> None:
    assert last_year_for_loss(loss, status) == last


@pytest.mark.parametrize(
    ("income", "staff", "assets", "is_hnte", "choice", "tax"),
    [
        pytest.param(2_500_000, 50, 20_000_000, True, "small", 125_000, id="TX-CIT-01"),
        pytest.param(3_000_000, 300, 50_000_000, True, "small", 150_000, id="TX-CIT-02"),
        pytest.param(3_000_001, 300, 50_000_000, True, "hnte", Fraction(45_000_015, 100), id="TX-CIT-03"),
        pytest.param(3_000_000, 301, 50_000_000, False, "standard", 750_000, id="TX-CIT-04"),
        pytest.param(48_000_000, 200, 90_000_000, True, "hnte", 7_200_000, id="TX-CIT-07"),
    ],
)
def test_the_best_choice_between_rates(
    income: int, staff: int, assets: int, is_hnte: bool, choice: str, tax: Fraction | int
) -> None:
    least = income_tax(2026, income * 100, staff, assets * 100, is_hnte)

    assert (least.choice, least.fen) == (choice, tax * 100)


@pytest.mark.parametrize(("year", "yuan"), [(2019, 250_000), (2021, 225_000), (2022, 125_000), (2023, 150_000)])
def test_the_relief_for_small_firms_by_year(year: int, yuan: int) -> None:
    income = 3_000_000

    assert income_tax(year, income * 100, 10, 100, False).fen == yuan * 100


def test_the_relief_for_small_firms_ends() -> None:
    assert income_tax(2028, 100_000_000, 10, 100, False).choice == "standard"


@given(st.integers(0, 10**12), st.integers(0, 600), st.integers(0, 10**12), st.integers(2019, 2030))
def test_a_certificate_never_costs_tax(income: int, staff: int, assets: int, year: int) -> None:
    assert income_tax(year, income, staff, assets, True).fen <= income_tax(year, income, staff, assets, False).fen


@pytest.mark.parametrize(
    ("transfer", "is_hnte", "yuan"),
    [pytest.param(7_000_000, True, 700_000, id="TX-TT-01"), pytest.param(5_000_000, False, 1_250_000, id="TX-TT-03")],
)
def test_income_from_transferring_technology(transfer: int, is_hnte: bool, yuan: int) -> None:
    assert income_tax_with_transfer(10_000_000_00, transfer * 100, is_hnte) == yuan * 100


def test_a_restricted_industry_has_no_relief_for_small_firms() -> None:
    assert income_tax(2026, 1_000_000_00, 10, 100, False, is_restricted=True).choice == "standard"


@pytest.mark.parametrize(("year", "is_complete"), [(2018, False), (2019, True), (2026, True)])
def test_years_without_the_relief_are_marked_incomplete(year: int, is_complete: bool) -> None:
    assert income_tax(year, 1_000_000_00, 10, 100, False).is_complete is is_complete


@pytest.mark.parametrize(
    ("kind", "percents"),
    [
        ("general", [50, 50, 75, 75, 75, 75, 100, 100, 100]),
        ("manufacturing", [50, 50, 75, 75, 100, 100, 100, 100, 100]),
        ("tech_sme", [50, 75, 75, 75, 75, 100, 100, 100, 100]),
        ("ic_machine", [50, 50, 75, 75, 75, 75, 100, 120, 100]),
    ],
)
def test_the_table_of_the_super_deduction(kind: str, percents: list[int]) -> None:
    days = [date(year, 6, 1) for year in (2016, 2017, 2018, 2020, 2021, 2022)]
    days += [date(2022, 12, 1), date(2026, 6, 1), date(2028, 6, 1)]

    assert [rd_extra_rate(kind, day) * 100 for day in days] == percents
