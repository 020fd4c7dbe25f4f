"""The smallest unit beyond an edge (a fen, 0.01 persons, an item, a day) changes the answer of every threshold."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import polars as pl
import pytest
from case_files import Case, answers, frame

from tiers import Edition, evaluate, load_rulebook
from tiers.evaluation.compiled import compiled
from tiers.schema.condition import Comparison

pytestmark = pytest.mark.rule("exact")

EDITIONS = sorted(load_rulebook().editions)
NEAR = 1e-6
"""Tolerance of displayed floats for a value exactly on an edge."""


def edges(leaf: Comparison) -> dict[str, float]:
    """The thresholds of a condition that have a neighbour, as they are written and as values are shown."""
    literals = [literal for test in (leaf.bands or (leaf,)) for _, literal in test.tests]
    return {literal.text: literal.display for literal in literals if literal.unit not in ("bool", "code")}


def neighbours(value: Any) -> tuple[Any, ...]:
    """The stored values just below and just above."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return ()
    step = {Decimal: Decimal("0.01"), date: timedelta(days=1)}.get(type(value), 1)
    return value - step, value + step


@lru_cache
def cases_on_edges(edition: str) -> dict[tuple[str, str], list[Case]]:
    """The cases that stand on a threshold, by condition and threshold."""
    leaves = {leaf.id: leaf for leaf in load_rulebook().edition(edition).conditions.leaves()}
    by_edge: dict[tuple[str, str], list[Case]] = {}
    for case, row in answers(edition).items():
        leaf = leaves.get(case.condition)
        if isinstance(leaf, Comparison) and row["value"] is not None:
            for text, edge in edges(leaf).items():
                if abs(row["value"] - edge) < NEAR:
                    by_edge.setdefault((leaf.id, text), []).append(case)
    return by_edge


def turned(edition: Edition) -> set[tuple[str, str]]:
    """The thresholds at which the smallest change of a fact changes the answer."""
    by_day: dict[date, list[tuple[tuple[str, str], str, dict[str, Any]]]] = {}
    on_edges = [(key, case) for key, cases in cases_on_edges(edition.id).items() for case in cases]
    firms = frame([case.firm for _, case in on_edges]).iter_rows(named=True)
    for (key, case), firm in zip(on_edges, firms, strict=True):
        steps = [(key, answers(edition.id)[case]["outcome"], row) for row in _variants(edition, key[0], case.day, firm)]
        by_day.setdefault(case.day, []).extend(steps)
    return {key for day, steps in by_day.items() for key in _differing(edition, day, steps)}


def _variants(edition: Edition, condition: str, day: date, firm: dict[str, Any]) -> Iterator[dict[str, Any]]:
    facts = next(columns.facts for leaf, columns in compiled(edition, day).leaves if leaf.id == condition)
    for fact in facts:
        yield from ({**firm, fact: value} for value in neighbours(firm.get(fact)))


def _differing(
    edition: Edition, day: date, steps: list[tuple[tuple[str, str], str, dict[str, Any]]]
) -> Iterator[tuple[str, str]]:
    rows = [{**row, "firm_id": str(number)} for number, (_, _, row) in enumerate(steps)]
    findings = evaluate(pl.DataFrame(rows, schema=frame([{}]).schema), [edition], day).findings()
    outcomes = {(row["firm_id"], row["condition_id"]): row["outcome"] for row in findings.to_dicts()}
    for number, (key, before, _) in enumerate(steps):
        if outcomes[str(number), key[0]] != before:
            yield key


@pytest.mark.parametrize("name", EDITIONS)
def test_the_smallest_unit_changes_the_answer_at_every_threshold(name: str) -> None:
    edition = load_rulebook().edition(name)
    owed = {
        (leaf.id, text) for leaf in edition.conditions.leaves() if isinstance(leaf, Comparison) for text in edges(leaf)
    }

    assert owed - turned(edition) == set()
