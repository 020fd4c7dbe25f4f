"""The cases of editions: on each edge, one step beyond it, missing figures, the day before and after."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from case_debts import answers_unseen, days_unseen, edges_unseen, wordings_unseen
from case_files import answers, cases, files

from tiers import Edition, load_rulebook
from tiers.evaluation.compiled import compiled

pytestmark = pytest.mark.rule(
    "rules-are-data", "an edition has cases on every edge, and every condition is seen to give every answer"
)

EDITIONS = sorted(load_rulebook().editions)


COLUMNS = {"expect": "outcome", "deciding": "deciding_condition", "missing": "missing_fact", "route": "route"}


def lacking(gaps: Callable[[Edition], object]) -> dict[str, object]:
    """The editions in whose cases something is missing or wrong, each with what that is; one test names them all."""
    return {name: gap for name, edition in load_rulebook().editions.items() if (gap := gaps(edition))}


def test_an_edition_answers_its_cases_as_they_expect() -> None:
    """A failure names each wrong case, what it expects and what the edition answers."""
    wrong = {}
    for edition in EDITIONS:
        for case, row in answers(edition).items():
            expected = {"expect": case.expect, **case.details}
            actual = {key: row[COLUMNS[key]] for key in expected}
            if actual != expected:
                wrong[str(case)] = expected, actual

    assert wrong == {}


def test_every_edition_has_cases_and_every_case_belongs_to_one() -> None:
    assert {case.edition for case in cases()} == files().keys() == set(EDITIONS)
    assert sum(len(answers(edition)) for edition in files()) == len(cases())


def test_every_possible_answer_of_a_condition_has_a_case() -> None:
    assert lacking(lambda edition: answers_unseen(edition, files()[edition.id])) == {}


def test_cases_are_of_conditions_that_the_edition_has() -> None:
    def unknown(edition: Edition) -> set[str]:
        return files()[edition.id].get("conditions", {}).keys() - {leaf.id for leaf in edition.conditions.leaves()}

    assert lacking(unknown) == {}


def test_every_threshold_has_a_case_on_its_edge() -> None:
    assert lacking(lambda edition: edges_unseen(edition, answers(edition.id))) == {}


def test_an_edition_has_cases_on_its_first_and_last_day_and_the_days_around_them() -> None:
    def wrong(edition: Edition) -> dict[date, bool]:
        written = files()[edition.id]["in_force"]
        return {day: is_stated for day, is_stated in written.items() if edition.is_in_force(day) != is_stated}

    assert lacking(lambda edition: days_unseen(edition, files()[edition.id])) == {}
    assert lacking(wrong) == {}


def test_a_wording_has_cases_on_its_first_and_last_day_and_the_days_around_them() -> None:
    def wrong(edition: Edition) -> list[tuple[str, date]]:
        return [
            (condition, day)
            for condition, days in files()[edition.id].get("wordings", {}).items()
            for day, is_asked in days.items()
            if (condition in {leaf.id for leaf, _ in compiled(edition, day).leaves}) is not is_asked
        ]

    assert lacking(lambda edition: wordings_unseen(edition, files()[edition.id])) == {}
    assert lacking(wrong) == {}


def test_no_two_editions_of_a_designation_and_place_overlap() -> None:
    known = sorted(
        load_rulebook().editions.values(),
        key=lambda edition: (edition.designation, edition.place, edition.head.in_force.from_),
    )
    for first, second in pairwise(known):
        if (first.designation, first.place) == (second.designation, second.place):
            assert first.head.in_force.to is not None, f"{first.id} never ends"
            assert first.head.in_force.to < second.head.in_force.from_, f"{first.id} overlaps {second.id}"
