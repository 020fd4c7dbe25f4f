"""Numbers and days as people read them."""

from datetime import UTC, date, datetime

import pytest

from dash_app.components.values import count, day, industry, money, percent
from dash_app.wording.loader import Lang

pytestmark = pytest.mark.rule("two-languages")


@pytest.mark.parametrize(
    ("fen", "lang", "shown"),
    [
        (None, "zh", "–"),
        (None, "en", "–"),
        (0, "zh", "0.00 元"),
        (12_345, "zh", "123.45 元"),
        (1_000_000, "zh", "1.00 万元"),
        (817_590_000, "zh", "817.59 万元"),
        (9_999_999_999, "zh", "10,000.00 万元"),
        (10_000_000_000, "zh", "1.00 亿元"),
        (-1_700_000_000, "zh", "-1,700.00 万元"),
        (12_345, "en", "123.45 yuan"),
        (817_590_000, "en", "8.18 million yuan"),
        (10**17, "en", "1,000,000,000.00 million yuan"),
    ],
)
def test_fen_become_yuan_in_the_unit_people_use(fen: int | None, lang: Lang, shown: str) -> None:
    assert money(fen, lang) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (0.0, "0.0%"), (4.25, "4.2%"), (-1.39, "-1.4%"), (1234.56, "1,234.6%")],
)
def test_a_share_has_one_place(value: float | None, shown: str) -> None:
    assert percent(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(None, "–"), (0, "0"), (1234567, "1,234,567")])
def test_a_whole_number_has_its_thousands_apart(value: int | None, shown: str) -> None:
    assert count(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (date(2026, 6, 30), "2026-06-30"),
        (date(987, 1, 2), "0987-01-02"),
        (datetime(2026, 6, 30, 15, 59, tzinfo=UTC), "2026-06-30"),
        (datetime(2026, 6, 30, 23, 59, tzinfo=UTC), "2026-07-01"),
    ],
)
def test_a_day_is_year_month_day(value: date | None, shown: str) -> None:
    assert day(value) == shown


@pytest.mark.parametrize(
    ("code", "lang", "shown"),
    [(None, "zh", "–"), ("", "zh", "–"), ("4014", "zh", "仪器仪表制造业 4014"), ("98", "en", "98"), ("C39", "zh", "–")],
)
def test_an_industry_is_named_by_its_division(code: str | None, lang: Lang, shown: str) -> None:
    assert industry(code, lang) == shown
