"""Repairs of a condition by one figure: the shortest moves to a turning point that help."""

from collections.abc import Generator, Iterator, Mapping, Sequence

import polars as pl

from tiers.evaluation.candidates import Edge, edges_of
from tiers.schema.condition import Leaf
from tiers.schema.points import Scored
from tiers.smallest_change.edges import turning_points
from tiers.smallest_change.problem import Move, Moved, Problem, State

Reached = tuple[int, ...] | None
"""The bands a move leads to; None where the condition then holds."""


def repaired(problem: Problem, asked: Sequence[tuple[State, int]]) -> list[list[State]]:
    """For each state and condition, the states in which one figure was moved so that it holds, or changes its band.

    Another band may be one of more points though the sum falls, or a size at which another threshold applies: what it
    costs elsewhere is repaired in turn, so that figures which bear on one condition are traded against one another.
    From nothing any first amount is a state: it gives a quotient its meaning.
    """
    moves = [_moves(problem, state, number) for state, number in asked]
    moved: list[Moved] = [
        {**state.moved, name: (value, problem.leaves[number].id)}
        for (state, number), tried in zip(asked, moves, strict=True)
        for name, value in tried
    ]
    states = iter(problem.states(moved))
    return [
        _shortest(problem, state, number, {move: next(states) for move in tried})
        for (state, number), tried in zip(asked, moves, strict=True)
    ]


def _shortest(problem: Problem, state: State, number: int, tried: Mapping[Move, State]) -> list[State]:
    """Of the moves that help a condition, the shortest of each figure and direction to each band."""
    shortest: dict[tuple[str, bool, Reached], tuple[int, State]] = {}
    for (name, value), candidate in tried.items():
        holds = not problem.fails(candidate.answers[number])
        now = state.values.get(name, problem.figures[name].now)
        if holds or not now or _enters_a_band(problem.leaves[number], state.bands[number], candidate.bands[number]):
            key, length = (name, value > now, None if holds else candidate.bands[number]), abs(value - now)
            if key not in shortest or length < shortest[key][0]:
                shortest[key] = length, candidate
    return [candidate for _, candidate in shortest.values()]


def _enters_a_band(leaf: Leaf, before: Sequence[int], after: Sequence[int]) -> bool:
    """Whether an indicator earns more, or another threshold applies at the new size."""
    if isinstance(leaf, Scored):
        return any(now > then for then, now in zip(before, after, strict=True))
    return before != after


LEVELS = 4
"""So many halvings are evaluated together, whichever way each may go: a state more costs next to nothing."""

Halving = Generator[list[Moved], list[State], State]
"""Asks for the states that moves lead to, again and again; returns the state it comes to."""


def tightened(problem: Problem, goals: Sequence[State]) -> list[State]:
    """States that fail nothing, with no figure moved further than needs be; all goals are halved side by side."""
    halvings = [_halved(problem, goal) for goal in goals]
    given: dict[int, list[State] | None] = dict.fromkeys(range(len(goals)))
    ends: dict[int, State] = {}
    while given:
        asked = dict[int, list[Moved]]()
        for number, states in given.items():
            try:
                asked[number] = halvings[number].send(states)  # type: ignore[arg-type]  # None begins
            except StopIteration as end:
                ends[number] = end.value
        answers = iter(problem.states([moved for moves in asked.values() for moved in moves]))
        given = {number: [next(answers) for _ in moves] for number, moves in asked.items()}
    return [ends[number] for number in range(len(goals))]


def _halved(problem: Problem, goal: State) -> Halving:
    """Moves each figure no further than needs be: first a step less, then halves."""
    for name, (value, leaf) in goal.moved.items():
        step = problem.figures[name].step
        failing, passing = problem.figures[name].now, value
        middle = passing + (step if failing > passing else -step)
        trials: dict[int, State] = {}
        while _is_between(failing, middle, passing):
            if middle not in trials:
                values = list(dict.fromkeys(_halvings(failing, middle, passing, step, LEVELS)))
                states = yield [{**goal.moved, name: (tried, leaf)} for tried in values]
                trials = dict(zip(values, states, strict=True))
            if problem.fails(trials[middle].answer):
                failing = middle
            else:
                goal, passing = trials[middle], middle
            middle = _half(failing, passing, step)
    return goal


def _is_between(failing: int, middle: int, passing: int) -> bool:
    return min(failing, passing) < middle < max(failing, passing)


def _half(failing: int, passing: int, step: int) -> int:
    return (passing + failing) // (2 * step) * step


def _halvings(failing: int, middle: int, passing: int, step: int, levels: int) -> Iterator[int]:
    """The values that so many halvings may come to: ``middle``, then those of either answer."""
    if levels and _is_between(failing, middle, passing):
        yield middle
        yield from _halvings(middle, _half(middle, passing, step), passing, step, levels - 1)
        yield from _halvings(failing, _half(failing, middle, step), middle, step, levels - 1)


def _moves(problem: Problem, state: State, number: int) -> list[Move]:
    """Turning points, each further in the direction in which its figure was moved before."""
    _, columns = problem.parts.leaves[number]
    names = [name for name in columns.facts if name in problem.figures]
    moves = {*_flips(problem, names), *_turning(problem, state, number, names)}
    return sorted(move for move in moves if _goes_on(problem, state, *move))


def _goes_on(problem: Problem, state: State, name: str, value: int) -> bool:
    now = problem.figures[name].now
    before = state.values.get(name, now)
    return value != before and (before == now or (value > before) == (before > now))


def _flips(problem: Problem, names: Sequence[str]) -> Iterator[Move]:
    """Yes becomes no and no yes."""
    return ((name, 1 - problem.figures[name].now) for name in names if problem.figures[name].high == 1)


def _turning(problem: Problem, state: State, number: int, names: Sequence[str]) -> Iterator[Move]:
    edges = edges_of(problem.leaves[number], problem.view)
    numeric = [name for name in names if problem.figures[name].high > 1]
    if not numeric or not edges:
        return
    from_nothing = (name for name in numeric if not state.values.get(name, problem.figures[name].now))
    yield from ((name, problem.figures[name].step) for name in from_nothing)
    points = {name: _three(problem, state, name) for name in numeric}
    table = _measured(problem, edges, [{**state.values, name: point} for name in numeric for point in points[name]])
    for row, name in enumerate(numeric):
        lines = table[3 * row : 3 * row + 3]
        for at, edge in enumerate(edges):
            num, den = lines[f"{at}.num"].to_list(), lines[f"{at}.den"].to_list()
            if None not in (*num, *den):
                distances = [
                    numerator - edge.bound * denominator for numerator, denominator in zip(num, den, strict=True)
                ]
                turning = turning_points(problem.figures[name], points[name], distances)
                yield from ((name, value) for value in turning)


def _three(problem: Problem, state: State, name: str) -> tuple[int, int, int]:
    """Where a figure stands and two points above it, to draw the line through."""
    now = state.values.get(name, problem.figures[name].now)
    stride = max(1, abs(now) // 8)
    return now, now + stride, now + 2 * stride


def _measured(problem: Problem, edges: Sequence[Edge], states: Sequence[dict[str, int]]) -> pl.DataFrame:
    """Numerator and denominator of every edge, one row a state."""
    measured = [edge.measured for edge in edges]
    dens = [quantity.den if isinstance(quantity.den, pl.Expr) else pl.lit(quantity.den) for quantity in measured]
    nums = [quantity.num for quantity in measured]
    return problem.sheet(states, [*nums, *dens]).select(
        column.cast(pl.Int128).alias(f"{at}.{part}")
        for part, columns in (("num", nums), ("den", dens))
        for at, column in enumerate(columns)
    )
