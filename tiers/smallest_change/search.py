"""Searches the smallest changes of figures with which a firm would meet an edition.

Smallest is: the fewest figures; of these the fewest that shrink (a firm rather does more research than sells less); of
these the least sum of changes, each over what the figure is now. Past years, age and the kind of entity are fixed, and
no way leads through a condition that is closed.

From the firm as it is, a failing condition is repaired by one figure, moved just so far that it holds, or that it
enters another band of points or of size; what that breaks is repaired in turn, in the same condition or in others, so
that figures are traded against one another. A figure that was moved only goes on in its direction. States are taken up
in the order of their size, so the first that fails nothing is the smallest that such repairs reach: every route, every
band and every figure that could do it has been weighed. The engine answers for every state; a test asks it about all
states of small grids.
"""

import heapq
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import count

import polars as pl

from tiers.columns.outcome import JUDGEMENT, UNKNOWN
from tiers.evaluation.one_pass import evaluate
from tiers.schema.edition import Edition
from tiers.schema.premise import FIRM_EXISTS
from tiers.smallest_change.figures import as_stored, rows_of
from tiers.smallest_change.moves import repaired, tightened
from tiers.smallest_change.open_parts import OpenParts
from tiers.smallest_change.problem import Move, Problem, State

MOST_STATES = 120
"""So many states are taken up before the search gives up."""
MOST_WAYS = 4
MOST_GOALS = 3 * MOST_WAYS
"""More goals than ways: several may be one way."""

AHEAD = 8
"""So many waiting states are gone on with together: an evaluation costs by its columns, next to nothing by its rows."""

Size = tuple[int, int, Fraction]
Waiting = tuple[Size, int, State]
Repairs = list[tuple[int, list[State]]]


@dataclass(frozen=True)
class Change:
    """One figure as it is and as it would have to be, and the condition that asks for it."""

    fact: str
    now: object
    then: object
    condition: str


@dataclass(frozen=True)
class Way:
    """One way to the edition: its changes, the route it takes and the engine's answer then."""

    outcome: str
    changes: tuple[Change, ...]
    route: str | None = None


@dataclass
class SmallestChange:
    """The smallest way's changes and answer, the other ways; or the condition that blocks every way.

    ``missing_fact`` is the figure that leaves the answer unknown. With ``is_closed`` the condition that blocks can
    never be met again; on ``opens_on`` time alone meets the edition.
    ``is_proven``: the search came to its end, so no smaller way of its kind exists.
    """

    outcome: str
    changes: list[Change] = field(default_factory=list)
    blocked_by: str | None = None
    route: str | None = None
    others: list[Way] = field(default_factory=list)
    is_proven: bool = True
    missing_fact: str | None = None
    is_closed: bool = False
    opens_on: date | None = None


def smallest_change(firm: pl.DataFrame, edition: Edition, day: date) -> SmallestChange:
    """The changes that take a firm (one row of facts) from not met to met, or to what only people decide."""
    verdict = evaluate(firm, [edition], day).verdicts.row(0, named=True)
    if verdict["outcome"] != "not_met":
        return SmallestChange(verdict["outcome"], missing_fact=verdict["missing_fact"])
    if verdict["deciding_condition"] == FIRM_EXISTS.id:
        return SmallestChange("not_met", blocked_by=FIRM_EXISTS.id)
    if verdict["is_closed"]:
        return SmallestChange("not_met", blocked_by=verdict["closed_condition"], is_closed=True)
    opens_on = verdict["opens_on"]
    for aim in (JUDGEMENT, UNKNOWN):  # where no way is known to lead there, one that a missing figure leaves open
        problem = Problem(firm, edition, day, aim)
        blocked = OpenParts(problem, problem.start).blocked_by(verdict["deciding_condition"])
        goals, stuck, is_proven = ([], blocked, True) if blocked is not None else _searched(problem)
        if goals:
            break
    else:
        return SmallestChange("not_met", blocked_by=stuck, is_proven=is_proven, opens_on=opens_on)
    first, *others = _ways(problem, goals, edition, day)
    return SmallestChange(
        first.outcome,
        list(first.changes),
        route=first.route,
        others=others[: MOST_WAYS - 1],
        is_proven=is_proven,
        opens_on=opens_on,
    )


def _size(problem: Problem, state: State) -> Size:
    moved = [(problem.figures[name], value) for name, (value, _) in state.moved.items()]
    shares = sum((figure.share_of_change(value) for figure, value in moved), Fraction(0))
    return len(moved), sum(value < figure.now for figure, value in moved), shares


def _searched(problem: Problem) -> tuple[list[State], str | None, bool]:
    """The goals in the order of their size, the condition at which ways ended, and whether the first is proven."""
    start, order = problem.start, count()
    waiting = [(_size(problem, start), next(order), start)]
    known: dict[frozenset[Move], Repairs] = {}
    seen, goals, stuck = {start.key}, list[State](), None
    for _ in range(MOST_STATES):
        if not waiting or len(goals) >= MOST_GOALS:
            break
        _, _, state = heapq.heappop(waiting)
        if not problem.fails(state.answer):
            goals.append(state)
            continue
        for number, children in _repairs(problem, state, waiting, known):
            stuck = stuck or (None if children else problem.leaves[number].id)
            for child in children:
                if child.key not in seen:
                    seen.add(child.key)
                    heapq.heappush(waiting, (_size(problem, child), next(order), child))
    stuck = stuck or problem.leaves[OpenParts(problem, start).failing()[0]].id
    return tightened(problem, goals), stuck, bool(goals) or not waiting


def _repairs(problem: Problem, state: State, waiting: list[Waiting], known: dict[frozenset[Move], Repairs]) -> Repairs:
    """The children of a state by the condition that they repair; evaluated with those of the states that come next."""
    if state.key not in known:
        ahead = [other for _, _, other in heapq.nsmallest(AHEAD, waiting)]
        states = [state, *(other for other in ahead if problem.fails(other.answer) and other.key not in known)]
        asked = [(parent, number) for parent in states for number in OpenParts(problem, parent).to_repair()]
        known |= {parent.key: [] for parent in states}
        for (parent, number), children in zip(asked, repaired(problem, asked), strict=True):
            known[parent.key].append((number, children))
    return known[state.key]


def _ways(problem: Problem, goals: list[State], edition: Edition, day: date) -> list[Way]:
    """The goals as ways; one that changes more figures than another on the same route adds nothing."""
    after = rows_of(problem.firm, [goal.values for goal in goals])
    verdicts = evaluate(after, [edition], day).verdicts.to_dicts()
    ways: list[Way] = []
    known: list[tuple[str | None, set[str]]] = []
    for goal, verdict in zip(goals, verdicts, strict=True):
        names, route = set(goal.moved), verdict["route"]
        if any(before == route and fewer <= names for before, fewer in known):
            continue
        known.append((route, names))
        changes = tuple(
            Change(name, problem.firm[name].item(), as_stored(name, value), condition)
            for name, (value, condition) in goal.moved.items()
        )
        ways.append(Way(verdict["outcome"], changes, route))
    return ways
