"""What counts as a designation, a place and a threshold where the architecture forbids them."""

from pathlib import Path

import pytest
import rules_in_code
from rules_in_code import designations, places, thresholds
from rules_in_constants import rules_in_constants
from rules_in_python import rules_in

pytestmark = pytest.mark.rule("rules-are-data")


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("a > 0.3", ["0.3"]),
        ("0.3 <= a", ["0.3"]),
        ("revenue_fen >= 10_000", ["10_000"]),
        ("day >= today - interval 3 years", ["3"]),
        ("day >= today - interval '3 years'", ["'3 years'"]),
        ("day >= today - to_days(30)", ["30"]),
        ("age between 5 and 15", ["5", "15"]),
        ("outcome = 3", ["3"]),
        ("outcome in (2, 3)", ["2", "3"]),
        ("case outcome when 2 then 'met' end", ["2"]),
        ("a is distinct from 2", ["2"]),
        ("5 * a < b", ["5"]),
        ("coalesce(a, 7) > b", ["7"]),
        ("100 * a >= 30 * b", ["30"]),
        ("founded_on > date '2019-01-01'", ["'2019-01-01'"]),
        ("round(a, 2) > 20", ["20"]),
        ("count(*) >= 3", ["3"]),
        ("least(years, 50)", ["50"]),
        ("greatest(share - 7, 5, 0)", ["5"]),
    ],
)
def test_a_threshold_in_sql_is_found(sql: str, named: list[str]) -> None:
    assert set(thresholds(sql)) == set(named)


@pytest.mark.parametrize(
    "sql",
    [
        "a > 0 and b = 1",
        "100 * a >= share_pct * b",
        "year = this_year - 3",
        "year % 4 = 0",
        "key >> 56 between $1 and $2",
        "count(*) = 12",
        "month(day) = 12",
        "parts[3] > b",
        "day <= make_date(year, 12, 31)",
        "a::decimal(38, 15) > b",
        "until < date '9999-12-31'",
        "create macro largest_amount() as 10000000; create macro first_day() as date '1899-12-30';",
        "select 30 as days -- a > 30",
        "a > '30'",
    ],
)
def test_a_number_of_the_form_is_no_threshold(sql: str) -> None:
    assert thresholds(sql) == []


@pytest.mark.parametrize(
    "text", ["holds_hnte", "hnte", "hnte_since", "is_in_gazelle_pool", "TECH_SME", "met:srdi", "持有瞪羚企业称号"]
)
def test_a_designation_is_found_within_a_word(text: str) -> None:
    assert designations(text)


@pytest.mark.parametrize("text", ["rd_hnte_fen_y0", "leaders", "leadership", "unicornish", "held"])
def test_a_quantity_or_another_word_is_no_designation(text: str) -> None:
    """R&D as one ordinance counts it is a quantity of ``tiers/facts.yml``."""
    assert designations(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "CN",
        "CN-3301",
        "in CN-4201-ELHTZ",
        "以浙江省的办法为先",
        "海淀区的企业",
        "鼓楼区",
        "杭州的企业",
        "广西",
        "330108",
        "code = '330108'",
    ],
)
def test_a_place_is_found(text: str) -> None:
    assert places(text)


@pytest.mark.parametrize("text", ["农民专业合作社", "重大安全事故", "999999", "amount = 330108", "330108 元"])
def test_another_word_or_number_is_no_place(text: str) -> None:
    assert places(text) == []


def test_a_number_that_a_macro_names_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules_in_code, "named_numbers", lambda: {"few_staff": "300"})

    assert thresholds("staff >= few_staff()") == ["300"]
    assert thresholds("amount <= largest_amount()") == []
    assert thresholds("create or replace macro few_staff() as 300;") == []


@pytest.mark.parametrize(
    ("name", "number", "is_form"),
    [("largest_amount", "10000000000", True), ("largest_number", "99999", True), ("kept_decimals", "15", True),
     ("few_staff", "300", False), ("percent", "100", False)],
)  # fmt: skip
def test_a_power_of_ten_and_the_decimals_of_a_form_are_no_threshold(name: str, number: str, is_form: bool) -> None:
    assert rules_in_code._is_form(name, number) == is_form


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("AHEAD_DAYS = 400", ["AHEAD_DAYS = 400"]),
        ("FIRST_YEAR, LAST = 1950, 7", ["FIRST_YEAR = 1950"]),
        ("DUE = {'month': 30, 'quarter': 90}\nis_due = days <= DUE[due]", ["DUE = {'month': 30, 'quarter': 90}"]),
        ("LIMIT = 3\nis_late = row['days_left'] <= LIMIT", ["LIMIT = 3"]),
        ("LIMIT = 0.5\nis_near = pl.col('gap') <= LIMIT", ["LIMIT = 0.5"]),
        ("LIMIT = 0.5\nis_near = pl.col('gap').le(LIMIT)", ["LIMIT = 0.5"]),
        ("until = today + timedelta(days=31)", ["31"]),
        ("WEEK = 7\nuntil = today + timedelta(WEEK)", ["WEEK = 7"]),
        ("years = pl.col('years').clip(0, 50)", ["50"]),
        ("share = np.clip(share * 4, 0, 0.9)", ["0.9"]),
        ("MONTHS = 13", ["MONTHS = 13"]),
        ("years = min(row['years'], 50)", ["50"]),
        ("LEAST = 0.2\nshare = max(share, LEAST)", ["LEAST = 0.2"]),
        ("shown = min(row['chance'], 0.9999)", ["0.9999"]),
    ],
)
def test_a_rule_in_a_constant_or_a_bound_is_found(tmp_path: Path, source: str, named: list[str]) -> None:
    assert constants_in(tmp_path, source) == named


@pytest.mark.parametrize(
    "source",
    [
        "MONTHS = 12",
        "YEARS = range(6)",
        "NONE_DAYS = 10**6",
        "MOST_ROWS = 1000\nis_long = len(rows) > MOST_ROWS",
        "DIGITS = 15\nis_short = pl.col('text').str.len_bytes() <= DIGITS",
        "before = first - timedelta(days=1)",
        "shown = min(len(rows), 8)",
        "height = max(320, 34 * len(flows))",
        "signs = min(fit.signs, 60)",
    ],
)
def test_a_size_or_a_conversion_is_no_rule(tmp_path: Path, source: str) -> None:
    assert constants_in(tmp_path, source) == []


def constants_in(folder: Path, source: str) -> list[str]:
    path = folder / "module.py"
    path.write_text(source, "utf-8")
    return rules_in_constants(path)


def named_in(folder: Path, source: str) -> list[object]:
    path = folder / "module.py"
    path.write_text(source, "utf-8")
    return rules_in(path)


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("is_large = revenue > 20_000", [20000]),
        ("is_large = pl.col('revenue').ge(20_000)", [20000]),
        ("def hnte_years(): ...", ["hnte_years"]),
        ("from tiers.certificates import hnte", ["hnte"]),
        ("column = f'{kind}_hnte_fen'", ["_hnte_fen"]),
        ("sql = 'select firm_id from core_firm where staff >= 300'", ["300"]),
        ("since = date(2026, 1, 1)", ["date(2026, 1, 1)"]),
        ("place = 'CN-3301'", ["CN-3301"]),
    ],
)
def test_a_rule_in_python_is_found(tmp_path: Path, source: str, named: list[object]) -> None:
    assert [str(rule).strip("_") for rule in named_in(tmp_path, source)] == [str(rule).strip("_") for rule in named]


@pytest.mark.parametrize(
    "source",
    [
        "is_some = count > 0 and len(parts) == 3",
        "is_nth = index % 101 == 17",
        "rd = row['rd_hnte_fen']",
        '"A module about hnte, of more than 300 staff."',
        "day = date(year, 12, 31)",
    ],
)
def test_what_is_no_rule_in_python_is_not_found(tmp_path: Path, source: str) -> None:
    assert named_in(tmp_path, source) == []
