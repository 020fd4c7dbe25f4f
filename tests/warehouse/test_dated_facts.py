"""Declarations answer for their year and the next, awards and conduct by their day, from files to verdicts."""

from collections.abc import Callable
from datetime import date

import pytest
from tiny_zone import Built, TinyZone, code

pytestmark = pytest.mark.rule("rules-are-data")

DAY = date(2026, 6, 30)
DECLARED = (
    "统一社会信用代码,企业名称,年份,是否居民企业,近五年国家级科技奖励排名,近五年国家级科技奖励日期,"
    "近两年新增股权融资额,近两年新增股权融资到账日期"
)
LISTED = "统一社会信用代码,企业名称,名单类别,列入日期,发生日期,移出日期"
COURT = "统一社会信用代码,企业名称,案号,发布时间,移出日期"
TAX = "统一社会信用代码,企业名称,案件性质,公布日期,撤出日期"

DECLARATIONS: list[tuple[list[tuple[int, str, str, str]], tuple[bool | None, int | None, date | None]]] = [
    ([(2018, "是", "3", "")], (None, None, None)),
    ([(2024, "是", "3", "")], (None, None, None)),
    ([(2025, "是", "3", "")], (True, 3, None)),
    ([(2026, "否", "2", "")], (False, 2, None)),
    ([(2027, "否", "2", "")], (None, None, None)),
    ([(2025, "是", "3", ""), (2026, "否", "0", "")], (False, 0, None)),
    ([(2023, "是", "1", "2022-07-01")], (None, 1, date(2022, 7, 1))),
    ([(2023, "是", "1", "2022-07-01"), (2026, "是", "", "")], (True, 1, date(2022, 7, 1))),
    ([(2023, "是", "1", "2022-07-01"), (2026, "是", "0", "")], (True, 0, None)),
    ([(2026, "是", "1", "2026-07-01")], (True, 1, date(2026, 7, 1))),
]
"""The years, residence, rank and day that a firm declares; residence, rank and day as facts."""

CONDUCT: dict[str, tuple[str, str, str, str]] = {
    "list": ("严重违法失信名单", "2025-03-01", "", ""),
    "lifted": ("严重违法失信名单", "2025-03-01", "", "2026-06-30"),
    "fraud": ("严重弄虚作假", "2025-03-01", "2024-12-31", ""),
    "accident": ("重大安全事故", "2026-03-01", "2024-06-30", ""),
    "environment": ("环保", "2025-03-01", "", ""),
    "tax in the list": ("重大税收违法失信案件", "2025-03-01", "", ""),
    "stranger": ("别的名单", "2025-03-01", "", ""),
    "executed": ("被执行人", "2025-03-01", "", ""),
}
WORDS = ("last_dishonesty_on", "last_debtor_on", "last_tax_offence_on", "last_offence_on", "last_unknown_list_on")
EXPECTED: dict[str, tuple[date | None, ...]] = {
    "list": (DAY, None, None, None, None),
    "lifted": (date(2026, 6, 29), None, None, None, None),
    "fraud": (None, None, None, None, None),
    "accident": (None, None, None, None, None),
    "environment": (None, None, None, date(2025, 3, 1), None),
    "tax in the list": (None, None, DAY, None, None),
    "stranger": (None, None, None, None, DAY),
    "executed": (None, None, None, None, None),
    "court": (None, DAY, None, None, None),
    "court, lifted": (None, date(2026, 1, 31), None, None, None),
    "tax": (None, None, DAY, None, None),
}
FIRMS = {name: number for number, name in enumerate(EXPECTED, 100)}
LEADERS = {
    "list": "not_met",
    "lifted": "not_met",
    "fraud": "not_met",
    "accident": "not_met",
    "environment": "unknown",
    "tax in the list": "not_met",
    "stranger": "unknown",
    "executed": "met",
    "court": "not_met",
    "court, lifted": "not_met",
    "tax": "not_met",
}
"""What Zhejiang's condition on conduct answers."""


def firm(number: int) -> str:
    return f"杭州第{number}号科技有限公司"


def row(name: str) -> list[str]:
    return [code(FIRMS[name]), firm(FIRMS[name])]


def fill(zone: TinyZone) -> None:
    """A firm for each declaration and for each entry on a list."""
    numbers = [*range(1, len(DECLARATIONS) + 1), *FIRMS.values()]
    zone.registry(*((number, firm(number)) for number in numbers))
    by_year: dict[int, list[list[str]]] = {}
    for number, (declared, _) in enumerate(DECLARATIONS, 1):
        for year, residence, rank, day in declared:
            entry = [code(number), firm(number), str(year), residence, rank, day, "", ""]
            by_year.setdefault(year, []).append(entry)
    for year, entries in by_year.items():
        zone.other(f"企业申报信息_{year}.csv", DECLARED, *entries)
    lists = [[*row(name), *entry] for name, entry in CONDUCT.items()]
    zone.other("异常名录_20260601.csv", LISTED, *lists)
    cases = ([*row("court"), "（2025）浙0106执1号", "2025-03-01", ""],)
    lifted = [*row("court, lifted"), "（2025）浙0106执2号", "2025-03-01", "2026-02-01"]
    zone.other("失信被执行人_20260601.csv", COURT, *cases, lifted)
    zone.other("重大税收违法_20260601.csv", TAX, [*row("tax"), "偷税", "2025-03-01", ""])


@pytest.fixture(scope="module")
def built(built_once: Callable[..., Built]) -> Built:
    return built_once("dated_facts", fill)


def facts(built: Built, number: int, *names: str) -> tuple[object, ...]:
    ((*values,),) = built.rows(
        f"select {', '.join(names)} from core_firm__facts where firm_id = '{code(number)}' and day = date '{DAY}'"
    )
    return tuple(values)


@pytest.mark.parametrize("nth", range(len(DECLARATIONS)))
def test_a_declaration_answers_for_its_year_and_the_next_and_an_award_by_its_day(built: Built, nth: int) -> None:
    names = ("is_resident", "national_award_rank", "national_award_on")

    assert facts(built, nth + 1, *names) == DECLARATIONS[nth][1]


@pytest.mark.parametrize("name", EXPECTED)
def test_an_entry_reaches_the_fact_of_its_kind(built: Built, name: str) -> None:
    assert facts(built, FIRMS[name], *WORDS) == EXPECTED[name]


def test_an_accident_counts_by_its_day_and_not_by_the_day_of_its_list(built: Built) -> None:
    assert facts(built, FIRMS["accident"], "last_major_incident_on") == (date(2024, 6, 30),)
    assert facts(built, FIRMS["fraud"], "last_misconduct_on") == (date(2024, 12, 31),)


@pytest.mark.parametrize("name", LEADERS)
def test_every_list_reaches_the_leaders_condition_on_conduct(built: Built, name: str) -> None:
    assert (
        built.value(
            "select outcome from core_tiers__findings where edition_id = 'leader/CN-33/2022'"
            " and condition_id = 'no_incident'"
            f" and firm_id = '{code(FIRMS[name])}'"
        )
        == LEADERS[name]
    )
