"""Messages: values with their display units, the deciding condition first."""

from datetime import date

import pytest
from case_files import frame

from tiers import evaluate, load_rulebook
from tiers.messages.requirement import literal_text, required
from tiers.messages.verdict import sentence, show, show_gap
from tiers.schema.facts import label
from tiers.schema.literal import parse_literal
from tiers.schema.premise import FIRM_EXISTS

pytestmark = pytest.mark.rule("reasons")


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (None, "yuan", "–", "–"),
        (12_345_678.0, "yuan", "1,234.57 万元", "12.35 million yuan"),
        (2.5e9, "yuan", "25.00 亿元", "2,500.00 million yuan"),
        (950.5, "yuan", "950.50 元", "950.50 yuan"),
        (1e9, "usd", "10.00 亿美元", "1,000.00 million US dollars"),
        (19.998, "percent", "20.00%", "20.00%"),
        (7.0, "person", "7 人", "7 people"),
        (20260630.0, "date", "2026-06-30", "2026-06-30"),
        (1.0, "bool", "是", "yes"),
        (10.0, "year", "10 年", "10 years"),
        (19.5, "person", "19.5 人", "19.5 people"),
        (0.0012, "percent", "0.0012%", "0.0012%"),
        (0.0, "percent", "0%", "0%"),
    ],
)
def test_values_are_shown_with_their_unit(value: float | None, unit: str, zh: str, en: str) -> None:
    assert (show(value, unit, "zh"), show(value, unit, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("gap", "unit", "zh", "en"),
    [
        (4_000.0, "yuan", "4,000.00 元", "4,000.00 yuan"),
        (0.01, "yuan", "0.01 元", "0.01 yuan"),
        (0.5, "person", "0.5 人", "0.5 people"),
        (3.2, "percent", "3.20 个百分点", "3.20 points"),
        (0.001, "percent", "0.001 个百分点", "0.001 points"),
        (0.25, "year", "0.25 年", "0.25 years"),
    ],
)
def test_a_gap_is_never_shown_as_zero(gap: float, unit: str, zh: str, en: str) -> None:
    assert (show_gap(gap, unit, "zh"), show_gap(gap, unit, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("1000 万元", 10_000_000, "yuan"),
        ("10 亿美元", 1_000_000_000, "usd"),
        ("0.5 亿元", 50_000_000, "yuan"),
        ("500 人", 500, "person"),
        ("-3 分", -3, "point"),
    ],
)
def test_literals_keep_their_unit_exactly(text: str, amount: int, unit: str) -> None:
    literal = parse_literal(text)

    assert (literal.amount, literal.unit, literal_text(literal, "zh")) == (amount, unit, text)


def worded(firm: dict[str, object], edition: str, lang: str) -> str:
    book = load_rulebook()
    result = evaluate(frame([firm]), [book.edition(edition)], DAY)
    rows = book.tables()["ref_conditions"].to_dicts()
    words = {row["condition_id"]: row for row in rows if row["edition_id"] == edition}
    findings = [{**words[row["condition_id"]], **row} for row in result.findings().to_dicts() if row["is_deciding"]]
    return sentence(result.verdicts.to_dicts()[0], findings, lang)


DAY = date(2026, 6, 30)
UNICORN = {
    "founded_on": date(2020, 1, 1),
    "has_institutional_investment": True,
    "is_listed": False,
    "latest_post_money_usd": "7 亿美元",
    "financing_total_usd": "1 亿美元",
}


def test_the_message_of_a_failing_firm_names_condition_clause_and_gap() -> None:
    zh, en = (worded(UNICORN, "unicorn/CN/2022", lang) for lang in ("zh", "en"))

    assert zh == "未达到：最近一轮融资投后估值不低于 10 亿美元（GB/T 41464 独角兽企业），差 3.00 亿美元"
    assert en.startswith("not met: post-money valuation")
    assert en.endswith("short by 300.00 million US dollars")


def test_the_message_of_an_unknown_verdict_names_the_missing_figure() -> None:
    firm = {**UNICORN, "latest_post_money_usd": None}

    assert worded(firm, "unicorn/CN/2022", "zh").endswith("缺 最近一轮投后估值")


@pytest.mark.parametrize(("is_living", "value"), [(True, "是"), (None, "是"), (False, "否")])
def test_that_a_firm_exists_is_read_as_its_condition_states_it(is_living: bool | None, value: str) -> None:
    result = evaluate(frame([{**UNICORN, "is_living": is_living}]), [load_rulebook().edition("unicorn/CN/2022")], DAY)
    (row,) = (row for row in result.findings().to_dicts() if row["condition_id"] == FIRM_EXISTS.id)

    assert (show(row["value"], "bool", "zh"), required(FIRM_EXISTS, "zh")) == (value, "= 是")


def test_what_must_not_be_is_named_in_its_requirement() -> None:
    book = load_rulebook()
    leaves = {leaf.id: leaf for leaf in book.edition("unicorn/CN/2022").conditions.leaves()}

    assert required(leaves["not_listed"], "zh") == "已上市 = 否"
    assert required(leaves["not_listed"], "en") == "is listed = no"


def test_a_rate_on_a_zero_base_is_undefined_not_missing() -> None:
    firm = {"staff_mean_monthly_y0": 0, "tech_staff_mean_monthly_y0": 0, "founded_on": UNICORN["founded_on"],
            "ip_class1_count": 1, "ip_class2_unused_count": 1}  # fmt: skip

    assert "分母为零" in worded(firm, "hnte/CN/2016", "zh")


def test_a_met_edition_needs_no_reason() -> None:
    firm = {**UNICORN, "latest_post_money_usd": "10 亿美元"}

    assert worded(firm, "unicorn/CN/2022", "zh") == "达到"


def test_every_condition_has_a_bilingual_requirement() -> None:
    leaves = [
        (edition.id, leaf) for edition in load_rulebook().editions.values() for leaf in edition.conditions.leaves()
    ]

    assert [(edition, leaf.id) for edition, leaf in leaves if not (required(leaf, "zh") and required(leaf, "en"))] == []


@pytest.mark.parametrize(
    ("column", "zh"),
    [("revenue_fen_y0", "上年营业收入"), ("revenue_fen_y2", "营业收入（前3年）"), ("founded_on", "成立日期")],
)
def test_facts_are_named_with_their_year(column: str, zh: str) -> None:
    assert label(column, "zh") == zh


@pytest.mark.parametrize(
    ("value", "unit", "gap", "zh", "en"),
    [
        (9.996, "percent", 0.004, "9.996%", "9.996%"),
        (9.9999, "percent", 0.0001, "9.9999%", "9.9999%"),
        (10.0, "percent", 0.0, "10%", "10%"),
        (199_999_999.99, "yuan", 0.01, "1.9999999999 亿元", "199.99999999 million yuan"),
        (9.5, "percent", 0.5, "9.50%", "9.50%"),
        (8.0, "point", 3.0, "8 分", "8 points"),
    ],
)
def test_a_value_short_of_its_bound_never_reads_as_the_bound(
    value: float, unit: str, gap: float, zh: str, en: str
) -> None:
    assert (show(value, unit, "zh", gap), show(value, unit, "en", gap)) == (zh, en)
