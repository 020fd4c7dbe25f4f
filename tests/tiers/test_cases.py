"""The worked cases beside the editions: on the edge, one step beyond it, missing, the day before and after."""

from datetime import timedelta
from itertools import pairwise

import pytest
from case_files import Case, answers, cases, files, rows_of

from tiers import load_rulebook
from tiers.condition import Comparison, Discretion, Exclusion, Leaf, Unavailable
from tiers.points import Scored

EDITIONS = sorted(load_rulebook().editions)


@pytest.mark.parametrize("case", cases(), ids=str)
def test_case(case: Case) -> None:
    row = answers()[case]

    assert row["outcome"] == case.expect
    told = {"deciding": "deciding_condition", "missing": "missing_fact", "route": "route"}
    assert {key: row[told[key]] for key in case.told} == dict(case.told)


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_has_cases(edition: str) -> None:
    assert edition in files()


def _owed(leaf: Leaf) -> set[str]:
    """The answers a condition must be seen to give."""
    if isinstance(leaf, Discretion | Unavailable):  # no firm can change their answer
        return set()
    if isinstance(leaf, Comparison):
        return {"met", leaf.otherwise, "unknown"} | (
            {"judgement"} if any(band.shared for band in leaf.bands) else set()
        )
    if isinstance(leaf, Exclusion):
        return {"met", "not_met", "unknown"}
    assert isinstance(leaf, Scored)
    people_decide = any(one.judged or any(band.span[0] < band.span[1] for band in one.bands) for one in leaf.indicators)
    return {"judgement" if people_decide else "met", "not_met", "unknown"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_condition_is_seen_to_give_every_answer_it_can_give(edition: str) -> None:
    written = files()[edition].get("conditions", {})
    leaves = {leaf.id: leaf for leaf in load_rulebook().edition(edition).conditions.leaves()}

    assert written.keys() <= leaves.keys()
    lacking = {
        name: _owed(leaf) - {expect for _, expect, *_ in rows_of(written.get(name, []))}
        for name, leaf in leaves.items()
    }
    assert {name: answers for name, answers in lacking.items() if answers} == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_threshold_has_a_case_on_its_edge(edition: str) -> None:
    seen: dict[str, list[float]] = {}
    for case, row in answers().items():
        if case.edition == edition and case.condition and row["value"] is not None:
            seen.setdefault(case.condition, []).append(row["value"])
    lacking = []
    for leaf in load_rulebook().edition(edition).conditions.leaves():
        if isinstance(leaf, Comparison):
            edges = [literal.display for test in (leaf.bands or (leaf,)) for _, literal in test.tests]
            values = seen.get(leaf.id, [])
            lacking += [(leaf.id, edge) for edge in edges if not any(abs(edge - value) < 1e-6 for value in values)]
    assert lacking == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_is_asked_on_its_first_and_last_day_and_the_days_around_them(edition: str) -> None:
    span = load_rulebook().edition(edition).head.in_force
    one = timedelta(days=1)
    owed = {span.from_ - one: False, span.from_: True}
    if span.to is not None:
        owed |= {span.to: True, span.to + one: False}
    written = files()[edition]["in_force"]

    assert owed.items() <= written.items()
    assert {day: load_rulebook().edition(edition).is_in_force(day) for day in written} == written


def test_no_two_editions_of_a_designation_and_place_overlap() -> None:
    known = sorted(
        load_rulebook().editions.values(), key=lambda one: (one.designation, one.place, one.head.in_force.from_)
    )
    for first, second in pairwise(known):
        if (first.designation, first.place) == (second.designation, second.place):
            assert first.head.in_force.to is not None, f"{first.id} never ends"
            assert first.head.in_force.to < second.head.in_force.from_, f"{first.id} overlaps {second.id}"
