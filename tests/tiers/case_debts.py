"""Gaps in the cases of an edition: answers without a case, edges, days, and cases with a wrong result.

Each takes the edition and the content of its case file, so that a spoilt edition can be put to the same questions.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from case_files import Case, cases_of, results, rows_of

from tiers import Edition
from tiers.schema.condition import Comparison, Conduct, Discretion, Exclusion, Leaf, Unavailable
from tiers.schema.points import Scored

DAY = timedelta(days=1)
Content = Mapping[str, Any]


def _owed(leaf: Leaf) -> set[str]:
    """The answers a condition must be seen to give."""
    if isinstance(leaf, Discretion | Unavailable):  # no firm can change their answer
        return set()
    if isinstance(leaf, Comparison):
        return {"met", leaf.otherwise, "unknown"} | (
            {"judgement"} if leaf.contested or leaf.within or any(band.shared for band in leaf.bands) else set()
        )
    if isinstance(leaf, Conduct):
        return {"met", "not_met", "unknown"} | ({leaf.lifted} if leaf.lifted else set())
    if isinstance(leaf, Exclusion):
        return {"met", "not_met", "unknown"}
    assert isinstance(leaf, Scored)
    people_decide = any(
        indicator.judged or any(band.span[0] < band.span[1] for band in indicator.bands)
        for indicator in leaf.indicators
    )
    return {"judgement" if people_decide else "met", "not_met", "unknown"}


def answers_unseen(edition: Edition, content: Content) -> dict[str, set[str]]:
    """For each condition the answers it can give and no case shows."""
    written = content.get("conditions", {})
    lacking = {
        leaf.id: _owed(leaf) - {expect for _, expect, *_ in rows_of(written.get(leaf.id, []))}
        for leaf in edition.conditions.leaves()
    }
    return {name: answers for name, answers in lacking.items() if answers}


def edges_unseen(edition: Edition, answers: Mapping[Case, Mapping[str, Any]]) -> list[tuple[str, float]]:
    """The thresholds without a case."""
    seen: dict[str, list[float]] = {}
    for case, row in answers.items():
        if case.edition == edition.id and case.condition and row["value"] is not None:
            seen.setdefault(case.condition, []).append(row["value"])
    return [
        (leaf.id, edge)
        for leaf in edition.conditions.leaves()
        if isinstance(leaf, Comparison)
        for edge in [literal.display for test in (leaf.bands or (leaf,)) for _, literal in test.tests]
        if not any(abs(edge - value) < 1e-6 for value in seen.get(leaf.id, []))
    ]


def days_unseen(edition: Edition, content: Content) -> dict[date, bool]:
    """The days at the ends of the edition, and those around them, without a case or with another result."""
    span, written = edition.head.in_force, content.get("in_force", {})
    owed = {span.from_ - DAY: False, span.from_: True}
    if span.to is not None:
        owed |= {span.to: True, span.to + DAY: False}
    return {day: is_in_force for day, is_in_force in owed.items() if written.get(day) is not is_in_force}


def wordings_unseen(edition: Edition, content: Content) -> dict[str, dict[date, bool]]:
    """The same for conditions that bind from a day or up to one."""
    written, owed = content.get("wordings", {}), dict[str, dict[date, bool]]()
    for leaf in edition.conditions.leaves():
        if leaf.since is not None:
            owed.setdefault(leaf.id, {}).update({leaf.since - DAY: False, leaf.since: True})
        if leaf.until is not None:
            owed.setdefault(leaf.id, {}).update({leaf.until: True, leaf.until + DAY: False})
    return {name: days for name, days in owed.items() if not days.items() <= written.get(name, {}).items()}


def gone_wrong(edition: Edition, content: Content) -> list[str]:
    """The cases to which the edition gives another answer than they expect."""
    answers = results(edition, cases_of(edition.id, content))
    return [str(case) for case, row in answers.items() if row["outcome"] != case.expect]
