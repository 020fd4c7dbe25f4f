"""What can never be met again is closed: it is no gap and no step, and never decides while another way is open."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from case_files import files, frame
from examples import examples
from hypothesis import Phase
from hypothesis import strategies as st
from random_firms import DAY

from tiers import evaluate, load_rulebook
from tiers.messages.verdict import sentence
from tiers.metrics import metric_of
from tiers.schema.closing import closes, closing_rules
from tiers.schema.condition import Comparison
from tiers.schema.loader import read_edition
from tiers.smallest_change import smallest_change

pytestmark = pytest.mark.rule("reasons")

EDITIONS = list(load_rulebook().editions.values())
SEEDS = st.integers(0, 2**32 - 1)
few = examples(2, phases=[Phase.generate])
HEAD = """
title: {zh: 试, en: trial}
kind: recognition
document: {title: 试, issuer: 试, number: null, confidence: memory, seen_on: 2026-11-24}
in_force: {from: 2016-01-01}
"""
YOUNG = "{id: young, zh: 一, en: one, metric: age_years, at_most: 5 年, clause: 一}"
OLD = "{id: old, zh: 二, en: two, metric: age_years, at_least: 3 年, clause: 二}"
SMALL = "{id: small, zh: 三, en: three, metric: revenue_y0, at_most: 100 元, clause: 三}"
GROWING = "{id: growing, zh: 四, en: four, metric: revenue_growth_1y, at_least: 20%, clause: 四}"
STAFFED = "{id: staffed, zh: 五, en: five, metric: staff_end_y0, at_least: 10 人, clause: 五}"
PAST = "{id: past, zh: 六, en: six, metric: revenue_y2, at_least: 50 元, clause: 六}"
CLEAN = "{id: clean, zh: 七, en: seven, conduct: [incident], during: ever, clause: 七}"
LAPSED = "{id: lapsed, zh: 八, en: eight, conduct: [incident], during: 3 年, clause: 八}"
FIRM = {"founded_on": date(2016, 2, 29), "revenue_y0": "200 元", "revenue_y1": "190 元", "revenue_y2": "10 元",
        "staff_end_y0": 5, "are_incidents_known": True}  # fmt: skip


@pytest.fixture
def verdict(tmp_path: Path) -> Any:
    """The verdict of a firm by an edition of these conditions."""

    def of(rules: str, day: date = DAY, **changes: Any) -> dict[str, Any]:
        path = tmp_path / "gazelle" / "CN" / "2027.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{HEAD}{rules}\n", "utf-8")
        return evaluate(frame([FIRM | changes]), [read_edition(path)], day).verdicts.row(0, named=True)

    return of


@pytest.mark.parametrize(
    ("rules", "deciding", "is_closed", "gap", "conditions"),
    [
        (f"any_of: [{YOUNG}, {STAFFED}]", "staffed", False, 5.0, 1),
        (f"any_of: [{YOUNG}, {SMALL}]", "small", True, None, 1),
        (f"any_of: [{YOUNG}, {{all_of: [{GROWING}, {STAFFED}, {PAST}]}}]", "growing", False, None, 3),
        (f"any_of: [{{all_of: [{STAFFED}, {YOUNG}]}}, {{all_of: [{GROWING}, {STAFFED}]}}]", "growing", False, None, 2),
        (f"all_of: [{STAFFED}, {YOUNG}]", "young", True, None, 2),
        (f"all_of: [{STAFFED}, {SMALL}]", "small", True, None, 2),
        (f"all_of: [{STAFFED}, {{any_of: [{YOUNG}, {SMALL}]}}]", "small", True, None, 2),
        (f"all_of: [{PAST}, {STAFFED}]", "staffed", False, 5.0, 2),
        (f"all_of: [{{any_of: [{PAST}, {YOUNG}]}}, {STAFFED}]", "staffed", False, 5.0, 2),
        (f"at_least_of: {{count: 2, of: [{YOUNG}, {STAFFED}, {GROWING}]}}", "staffed", False, 5.0, 2),
        (f"at_least_of: {{count: 2, of: [{YOUNG}, {STAFFED}, {SMALL}]}}", "young", True, None, 2),
        (f"at_least_of: {{count: 2, of: [{YOUNG}, {STAFFED}, {OLD}]}}", "staffed", False, 5.0, 1),
    ],
)
def test_the_nearest_open_way_decides_and_where_none_is_left_what_closes(
    verdict: Any, rules: str, deciding: str, is_closed: bool, gap: float | None, conditions: int
) -> None:
    result = verdict(rules)

    assert (result["outcome"], result["deciding_condition"]) == ("not_met", deciding)
    assert (result["is_closed"], result["closed_condition"]) == (is_closed, deciding if is_closed else None)
    assert gap is None or result["deciding_gap"] == gap
    assert not is_closed or result["deciding_gap"] is None
    assert result["open_conditions"] == conditions


def test_what_is_not_known_or_not_failing_is_not_closed(verdict: Any) -> None:
    unknown, met = verdict(f"any_of: [{YOUNG}]", founded_on=None), verdict(f"all_of: [{OLD}]")

    assert (unknown["outcome"], unknown["is_closed"], unknown["open_conditions"]) == ("unknown", False, 1)
    assert (met["outcome"], met["is_closed"], met["opens_on"], met["open_conditions"]) == ("met", False, None, 0)
    assert not verdict(f"any_of: [{YOUNG}, {STAFFED}]", staff_end_y0=None)["is_closed"]


def test_an_upper_limit_that_leaves_people_a_choice_is_not_closed(verdict: Any) -> None:
    result = verdict(f"all_of: [{SMALL.replace('clause:', 'otherwise: judgement, clause:')}]")

    assert (result["outcome"], result["is_closed"]) == ("judgement", False)


def test_a_condition_may_say_for_itself_whether_it_closes(verdict: Any) -> None:
    ratio = "{id: debt, zh: 九, en: nine, metric: debt_ratio_y0, at_most: 70%%, closes: %s, clause: 九}"
    debts = {"total_liabilities_y0": "80 元", "total_assets_y0": "100 元"}

    assert verdict(f"all_of: [{ratio % 'size'}]", **debts)["is_closed"]
    assert not verdict(f"all_of: [{SMALL.replace('clause:', 'closes: nothing, clause:')}]")["is_closed"]
    assert not verdict(f"all_of: [{ratio.replace('closes: %s, ', '') % ()}]", **debts)["is_closed"]


@pytest.mark.parametrize(
    ("founded", "operator", "opens_on"),
    [
        (date(2024, 2, 29), "at_least", date(2027, 3, 1)),  # 2027 has no such day
        (date(2024, 2, 29), "more_than", date(2027, 3, 1)),
        (date(2024, 2, 28), "at_least", date(2027, 2, 28)),
        (date(2024, 2, 28), "more_than", date(2027, 3, 1)),
        (date(2024, 12, 31), "more_than", date(2028, 1, 1)),
        (date(2023, 7, 1), "at_least", date(2026, 7, 1)),
        (date(2023, 7, 31), "more_than", date(2026, 8, 1)),
    ],
)
def test_a_lower_limit_on_age_opens_on_its_day_and_not_a_day_before(
    verdict: Any, founded: date, operator: str, opens_on: date
) -> None:
    rules = f"all_of: [{OLD.replace('at_least', operator)}]"
    result = verdict(rules, founded_on=founded)

    assert (result["outcome"], result["is_closed"], result["opens_on"]) == ("not_met", False, opens_on)
    assert verdict(rules, opens_on - timedelta(days=1), founded_on=founded)["outcome"] == "not_met"
    assert verdict(rules, opens_on, founded_on=founded)["outcome"] == "met"


def test_a_day_is_named_only_where_time_alone_is_missing(verdict: Any) -> None:
    young = {"founded_on": date(2025, 2, 28)}
    both = verdict(f"all_of: [{OLD}, {STAFFED}]", **young)
    either = verdict(f"any_of: [{OLD}, {STAFFED}]", **young)

    assert (both["opens_on"], both["deciding_condition"], both["open_conditions"]) == (None, "staffed", 2)
    assert (either["opens_on"], either["deciding_condition"]) == (date(2028, 2, 28), "staffed")
    assert verdict(f"all_of: [{OLD}, {STAFFED}]", **young, staff_end_y0=10)["opens_on"] == date(2028, 2, 28)
    assert verdict(f"all_of: [{OLD}, {STAFFED}]", **young, staff_end_y0=None)["opens_on"] is None


def test_conduct_within_years_lapses_on_a_day_and_what_must_never_have_been_is_closed(verdict: Any) -> None:
    incident = {"last_major_incident_on": date(2025, 5, 5)}
    lapsed = verdict(f"all_of: [{LAPSED}]", **incident)

    assert (lapsed["is_closed"], lapsed["opens_on"]) == (False, date(2028, 1, 1))
    assert verdict(f"all_of: [{LAPSED}]", date(2027, 12, 31), **incident)["outcome"] == "not_met"
    assert verdict(f"all_of: [{LAPSED}]", date(2028, 1, 1), **incident)["outcome"] == "judgement"
    assert verdict(f"all_of: [{STAFFED}, {CLEAN}]", **incident)["closed_condition"] == "clean"


def test_a_registration_of_less_than_a_year_opens_on_its_day() -> None:
    """The high-tech rules count 365 days; the points of experts are people's to give."""
    firm = {**files()["hnte/CN/2016"]["met"], "founded_on": date(2025, 9, 1)}
    result = evaluate(frame([firm]), [load_rulebook().edition("hnte/CN/2016")], DAY).verdicts.row(0, named=True)

    assert (result["outcome"], result["opens_on"]) == ("not_met", date(2026, 9, 1))


OF_22_YEARS = {**files()["gazelle/CN/2022"]["met"], "founded_on": date(2003, 11, 12)}


def test_a_firm_of_22_years_is_told_that_it_is_no_longer_possible_and_nothing_of_years() -> None:
    edition = load_rulebook().edition("gazelle/CN/2022")
    result = evaluate(frame([OF_22_YEARS]), [edition], DAY)
    verdict = result.verdicts.row(0, named=True)
    words = {row["condition_id"]: row for row in load_rulebook().tables()["ref_conditions"].to_dicts()
             if row["edition_id"] == edition.id}  # fmt: skip
    findings = [{**words[row["condition_id"]], **row} for row in result.findings().to_dicts()]

    assert (verdict["is_closed"], verdict["deciding_gap"]) == (True, None)
    assert {row["gap"] for row in findings if row["is_closed"]} == {None}
    assert words["revenue_age"]["closes"] == "age"
    assert sentence(verdict, findings, "zh") == "不再可能：成立时间不超过 15 年（GB/T 41464 瞪羚企业），实为 22.63 年"
    assert sentence(verdict, findings, "en").startswith("no longer possible: founded at most 15 years ago")
    step = smallest_change(frame([OF_22_YEARS]), edition, DAY)
    assert (step.is_closed, step.changes, step.blocked_by) == (True, [], verdict["closed_condition"])


def test_the_message_of_what_only_time_is_missing_for_names_the_day(verdict: Any) -> None:
    result = verdict(f"all_of: [{OLD}]", founded_on=date(2024, 2, 29))
    finding = {"is_deciding": True, "zh": "二", "en": "two", "clause": "二", "gap": 0.7, "unit": "year"}

    assert sentence(result, [finding], "zh") == "未达到：二（二），其余可计算条件均已达到，自 2027-03-01 起达到"
    assert sentence(result, [finding], "en").endswith("from 2027-03-01 on this is too")


def test_what_is_said_of_figures_names_metrics_of_the_rule_book() -> None:
    names = {figure for kind in closing_rules().kinds.values() for figure in kind.figures}

    assert [name for name in names if metric_of(name) is None and metric_of(f"{name}_y0") is None] == []
    assert all(kind.zh and kind.en for kind in closing_rules().kinds.values())


def test_upper_limits_on_age_and_size_close_and_nothing_else_of_a_title() -> None:
    """Each upper limit of the rule book in years, days, money or people closes, or is one of those looked at here."""
    upper = {
        (leaf.metric, closes(leaf, edition.head.kind))
        for edition in EDITIONS
        for leaf in edition.conditions.leaves()
        if isinstance(leaf, Comparison) and leaf.by is None and leaf.tests[0][0] in ("at_most", "less_than")
        if edition.head.kind != "check" and leaf.tests[0][1].unit in ("year", "day", "yuan", "usd", "eur", "person")
    }

    assert {metric for metric, closing in upper if not closing} == set()
    assert {closing for _, closing in upper} == {"age", "size"}
    assert all(closes(leaf, "check") == "" for edition in EDITIONS for leaf in edition.conditions.leaves())


def test_a_firm_that_is_gone_is_given_no_step() -> None:
    edition = load_rulebook().edition("unicorn/CN/2022")
    firm = {**files()["unicorn/CN/2022"]["met"], "is_living": False}

    step = smallest_change(frame([firm]), edition, DAY)

    assert (step.outcome, step.changes, step.blocked_by) == ("not_met", [], "firm_exists")
