"""Tax benefits of a rung for a firm in yuan, with the assumptions."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tiers.benefits.reliefs import reliefs_of
from tiers.benefits.worth import Worth, worth_of
from tiers.schema.ladder import ladder

pytestmark = pytest.mark.rule("rules-are-data")

DAY = date(2026, 6, 30)
FIRM: dict[str, Any] = {
    "total_profit_fen_y0": 10_000_000_00,
    "total_assets_fen_y0": 90_000_000_00,
    "staff_mean_quarterly_y0": 100,
    "rd_tax_fen_y0": 4_000_000_00,
    "is_restricted_industry": False,
}


def relief(name: str, designation: str = "hnte", day: date = DAY, **changes: Any) -> Worth:
    (worth,) = [row for row in worth_of(designation, {**FIRM, **changes}, day) if row.relief == name]
    return worth


def test_what_a_certificate_saves_this_firm() -> None:
    worth = relief("reduced_rate")

    assert worth.fen == 1_000_000_00
    assert "上年利润" in worth.assumed.zh
    assert "last year" in worth.assumed.en


def test_a_small_firm_saves_nothing_by_it() -> None:
    small = {"total_profit_fen_y0": 2_000_000_00, "total_assets_fen_y0": 10_000_000_00}

    assert relief("reduced_rate", **small).fen == 0
    assert relief("reduced_rate", **small, is_restricted_industry=True).fen == 200_000_00


@pytest.mark.parametrize("missing", ["total_profit_fen_y0", "total_assets_fen_y0", "staff_mean_quarterly_y0"])
def test_a_missing_figure_gives_no_amount(missing: str) -> None:
    worth = relief("reduced_rate", **{missing: None})

    assert worth.fen is None
    assert "缺" in worth.assumed.zh


@pytest.mark.parametrize(
    ("day", "fen"),
    [
        (date(2017, 6, 30), Fraction(4_000_000_00) / 4 / 4),  # 75 against 50 percent
        (date(2019, 6, 30), 0),
        (date(2022, 6, 30), Fraction(4_000_000_00) * 3 / 4 / 4 / 4),  # nine months of 100 against 75
        (DAY, 0),
    ],
)
def test_the_super_deduction_is_worth_what_others_do_not_have(day: date, fen: Fraction | int) -> None:
    assert relief("super_deduction", "tech_sme", day).fen == fen
    assert relief("super_deduction", "tech_sme", day, rd_tax_fen_y0=None).fen is None


def test_a_loss_lasts_longer() -> None:
    worth = relief("longer_losses", "tech_sme", total_profit_fen_y0=-500_000_00)

    assert worth.fen is None
    assert "至 2035 年，否则至 2030 年" in worth.assumed.zh
    assert "lasts to 2035, else to 2030" in worth.assumed.en
    assert "无亏损" in relief("longer_losses").assumed.zh


@pytest.mark.parametrize("designation", ["gazelle", "unicorn", "leader"])
def test_a_rung_without_relief_is_reported_as_such(designation: str) -> None:
    (worth,) = worth_of(designation, FIRM, DAY)

    assert (worth.relief, worth.fen) == ("none", None)
    assert ladder()[designation].zh in worth.zh
    assert "local subsidies" in worth.assumed.en


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("equipment_q4_2022", date(2022, 10, 1), date(2022, 12, 31)),
        ("staff_education", date(2015, 1, 1), date(2017, 12, 31)),
        ("vat_extra_credit", date(2023, 1, 1), date(2027, 12, 31)),
    ],
)
def test_a_relief_has_its_days(name: str, first: date, last: date) -> None:
    def there(day: date) -> bool:
        return name in [relief.id for relief in reliefs_of("hnte", day)]

    assert there(first)
    assert there(last)
    assert not there(first.replace(year=first.year - 1))
    assert not there(last.replace(year=last.year + 1))
