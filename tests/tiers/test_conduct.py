"""Conditions on conduct: what is on record decides; what nobody can name leaves it open while it may count."""

from datetime import date
from typing import Any

import pytest

from tiers.columns.outcome import NAMES
from tiers.evaluation.conduct import conduct_answer
from tiers.schema import facts
from tiers.schema.condition import Conduct
from tiers.schema.conduct import conduct_words

pytestmark = pytest.mark.rule("unknown-not-no")

DAY = date(2026, 6, 30)
BASE: dict[str, Any] = {"id": "clean", "zh": "无", "en": "none", "clause": "一"}


def answer(firm: dict[str, Any], **condition: Any) -> str:
    leaf = Conduct(**BASE, **condition)
    frame = facts.frame([{"are_incidents_known": True, **firm}])
    expression, _, _ = conduct_answer(leaf, DAY)
    return NAMES[frame.select(expression).item()]


@pytest.mark.parametrize("word", conduct_words())
def test_each_word_is_answered_by_its_own_days(word: str) -> None:
    (fact,) = conduct_words()[word].facts

    assert answer({}, conduct=[word], during="now") == "met"
    assert answer({fact: DAY}, conduct=[word], during="now") == "not_met"
    assert answer({fact: DAY}, conduct=[word], during="now", present=True) == "met"
    assert answer({fact: DAY, "are_incidents_known": None}, conduct=[word], during="now") == "not_met"


@pytest.mark.parametrize(
    ("during", "day", "expected"),
    [
        ("now", DAY, "not_met"),
        ("now", date(2026, 6, 29), "met"),
        ("this_and_last_year", date(2025, 1, 1), "not_met"),
        ("this_and_last_year", date(2024, 12, 31), "met"),
        ("ever", date(1999, 1, 1), "not_met"),
        ("3 年", date(2024, 1, 1), "not_met"),
        ("3 年", date(2023, 12, 31), "judgement"),
        ("3 年", date(2023, 1, 1), "judgement"),
        ("3 年", date(2022, 12, 31), "met"),
    ],
)
def test_an_entry_counts_within_its_window(during: str, day: date, expected: str) -> None:
    assert answer({"last_debtor_on": day}, conduct=["judgment_debtor"], during=during) == expected


def test_an_entry_that_ended_before_the_window_may_be_for_people() -> None:
    lifted = {"last_debtor_on": date(2026, 6, 29)}

    assert answer(lifted, conduct=["judgment_debtor"], during="now", lifted="judgement") == "judgement"


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2023, 6, 1)])
def test_an_offence_of_unstated_gravity_leaves_it_open_while_it_may_count(day: date) -> None:
    firm = {"are_incidents_known": False, "last_offence_on": day}

    assert answer(firm, conduct=["incident"], during="3 年") == "unknown"


def test_an_old_offence_of_unstated_gravity_leaves_nothing_open() -> None:
    firm = {"are_incidents_known": False, "last_offence_on": date(2015, 1, 1)}

    assert answer(firm, conduct=["incident"], during="3 年") == "met"
    assert answer(firm, conduct=["incident"], during="this_and_last_year") == "met"


def test_without_a_record_it_is_unknown() -> None:
    assert answer({"are_incidents_known": None}, conduct=["tax"], during="ever") == "unknown"
