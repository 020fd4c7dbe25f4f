"""The cases of editions: on each edge, one step beyond it, missing figures, the day before and after."""

from itertools import pairwise

import pytest
from case_debts import answers_unseen, days_unseen, edges_unseen, wordings_unseen
from case_files import answers, cases, files

from tiers import load_rulebook
from tiers.evaluation.compiled import compiled

pytestmark = pytest.mark.rule(
    "rules-are-data", "an edition has cases on every edge, and every condition is seen to give every answer"
)

EDITIONS = sorted(load_rulebook().editions)


COLUMNS = {"expect": "outcome", "deciding": "deciding_condition", "missing": "missing_fact", "route": "route"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_answers_its_cases_as_they_expect(edition: str) -> None:
    """A failure names each wrong case, what it expects and what the edition answers."""
    wrong = {}
    for case, row in answers(edition).items():
        expected = {"expect": case.expect, **case.details}
        actual = {key: row[COLUMNS[key]] for key in expected}
        if actual != expected:
            wrong[str(case)] = expected, actual

    assert wrong == {}


def test_every_case_belongs_to_an_edition() -> None:
    assert {case.edition for case in cases()} == files().keys() == set(EDITIONS)
    assert sum(len(answers(edition)) for edition in files()) == len(cases())


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_has_cases(edition: str) -> None:
    assert edition in files()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_possible_answer_of_a_condition_has_a_case(edition: str) -> None:
    known = load_rulebook().edition(edition)

    assert files()[edition].get("conditions", {}).keys() <= {leaf.id for leaf in known.conditions.leaves()}
    assert answers_unseen(known, files()[edition]) == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_threshold_has_a_case_on_its_edge(edition: str) -> None:
    assert edges_unseen(load_rulebook().edition(edition), answers(edition)) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_has_cases_on_its_first_and_last_day_and_the_days_around_them(edition: str) -> None:
    known, written = load_rulebook().edition(edition), files()[edition]["in_force"]

    assert days_unseen(known, files()[edition]) == {}
    assert {day: known.is_in_force(day) for day in written} == written


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_wording_has_cases_on_its_first_and_last_day_and_the_days_around_them(edition: str) -> None:
    known, written = load_rulebook().edition(edition), files()[edition].get("wordings", {})

    assert wordings_unseen(known, files()[edition]) == {}
    for condition, days in written.items():
        for day, is_asked in days.items():
            assert (condition in {leaf.id for leaf, _ in compiled(known, day).leaves}) is is_asked


def test_no_two_editions_of_a_designation_and_place_overlap() -> None:
    known = sorted(
        load_rulebook().editions.values(),
        key=lambda edition: (edition.designation, edition.place, edition.head.in_force.from_),
    )
    for first, second in pairwise(known):
        if (first.designation, first.place) == (second.designation, second.place):
            assert first.head.in_force.to is not None, f"{first.id} never ends"
            assert first.head.in_force.to < second.head.in_force.from_, f"{first.id} overlaps {second.id}"
