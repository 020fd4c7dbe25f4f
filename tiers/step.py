"""What would have to change for a firm to meet an edition: one figure at a time, each by the least that does it.

Past years, age and the kind of entity are fixed. Figures are searched by halving, exactly to one fen or one person, and
the edition is asked again with all changes: the answer that is handed back is the engine's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from tiers.compare import Columns
from tiers.condition import Leaf
from tiers.edition import Edition
from tiers.evaluation import Compiled, compiled, evaluate
from tiers.facts import schema
from tiers.outcome import NOT_MET
from tiers.quantity import LARGEST

FIXED = {"founded_on", "is_branch", "entity_kind", "industry_code", "last_major_incident_on", "are_incidents_known"}
WIDTH = 256
"""So many candidates are asked in one frame."""
MOST_CHANGES = 12


@dataclass(frozen=True)
class Change:
    """One figure as it is and as it would have to be, and the condition that asks for it."""

    fact: str
    now: object
    then: object
    condition: str


@dataclass
class Step:
    """The changes in the order in which they were found, and the answer once all are made."""

    outcome: str
    changes: list[Change] = field(default_factory=list)
    blocked_by: str | None = None


def smallest_step(firm: pl.DataFrame, edition: Edition, day: date) -> Step:
    """The changes that take a firm (one row of facts) from not met to met, or to what only people decide.

    Conditions are met one after another, the deciding one first, so the way is that of the nearest route; where a
    condition rests on nothing that can change, it is named in ``blocked_by``.
    """
    parts = compiled(edition, day)
    changes: list[Change] = []
    for _ in range(MOST_CHANGES):
        verdict = evaluate(firm, [edition], day).verdicts.row(0, named=True)
        if verdict["outcome"] != "not_met":
            return Step(verdict["outcome"], changes)
        number, leaf, columns = _deciding(parts, verdict["deciding_condition"])
        change = _least(firm, edition, day, number, leaf, columns)
        if change is None:
            return Step("not_met", changes, leaf.id)
        changes = _with(changes, change)
        firm = firm.with_columns(pl.lit(change.then).cast(schema()[change.fact]).alias(change.fact))
    return Step("not_met", changes, leaf.id)


def _with(changes: list[Change], change: Change) -> list[Change]:
    """A figure that had to change before is told once, from what it is to what it must be at last."""
    before = next((one for one in changes if one.fact == change.fact), change)
    return [*(one for one in changes if one.fact != change.fact), replace(change, now=before.now)]


def _deciding(parts: Compiled, condition: str) -> tuple[int, Leaf, Columns]:
    return next((number, leaf, columns) for number, (leaf, columns) in enumerate(parts.leaves) if leaf.id == condition)


def _least(firm: pl.DataFrame, edition: Edition, day: date, number: int, leaf: Leaf, columns: Columns) -> Change | None:
    """The change of one figure that meets a condition: more of a figure before less of one, then the smaller change."""
    if columns.is_locked:
        return None
    found = [
        (size, Change(fact, now, then, leaf.id))
        for fact in columns.facts
        if _can_change(fact, edition.offset(day)) and (now := firm[fact].item()) is not None
        for then, size in _targets(firm, edition, day, number, fact, now)
    ]
    return min(found, key=lambda one: one[0])[1] if found else None


def _can_change(fact: str, offset: int) -> bool:
    stem, _, year = fact.rpartition("_")
    is_past = year.startswith("y") and year[1:].isdigit() and int(year[1:]) != offset
    return fact in schema() and fact not in FIXED and not is_past and schema()[fact] != pl.Date and bool(stem)


def _targets(
    firm: pl.DataFrame, edition: Edition, day: date, number: int, fact: str, now: object
) -> list[tuple[object, tuple[bool, float]]]:
    """A value of the figure that meets the condition, with whether it is less than now and by what share."""
    if isinstance(now, bool):
        flipped = not now
        return [(flipped, (False, 1.0))] if _first_met(firm, edition, day, number, fact, [flipped]) == 0 else []
    if isinstance(now, str):
        return []
    scale = 100 if schema()[fact] == pl.Decimal(14, 2) else 1
    start = int(now * scale)  # type: ignore[operator]
    most = 10**6 if schema()[fact] == pl.Int32 else LARGEST // 1000 if scale == 1 else 10**11
    for end in (most, 0):
        stop = _searched(firm, edition, day, number, fact, start, end, scale)
        if stop is not None:
            return [(stop / scale if scale > 1 else stop, (stop < start, abs(stop - start) / max(1, abs(start))))]
    return []


def _searched(
    firm: pl.DataFrame, edition: Edition, day: date, number: int, fact: str, start: int, end: int, scale: int
) -> int | None:
    """The value nearest to ``start`` on the way to ``end`` that meets the condition; None where none does."""
    low, high = start, end
    while True:
        gap = abs(high - low)
        points = [low + (high - low) * step // WIDTH for step in range(1, WIDTH + 1)]
        stored = [point / scale if scale > 1 else point for point in points]
        first = _first_met(firm, edition, day, number, fact, stored)
        if first is None:
            return None
        high, low = points[first], points[first - 1] if first else low
        if gap <= WIDTH or abs(high - low) <= 1:
            return high


def _first_met(
    firm: pl.DataFrame, edition: Edition, day: date, number: int, fact: str, values: Sequence[object]
) -> int | None:
    """The place of the first value with which the condition is no longer failed."""
    tried = pl.concat([firm] * len(values)).with_columns(pl.Series(fact, values, strict=False).cast(schema()[fact]))
    sheet = evaluate(tried, [edition], day).sheet
    answers = sheet.select(compiled(edition, day).answer_of(number)).to_series()
    places = (answers != NOT_MET).arg_true()
    return int(places[0]) if len(places) else None
