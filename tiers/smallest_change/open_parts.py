"""Which conditions of a failing edition are to be repaired, and whether any way is left."""

from collections.abc import Iterator

from tiers.schema.condition import Group, Leaf
from tiers.smallest_change.problem import Problem, State


class OpenParts:
    """The tree of an edition's conditions in one state."""

    def __init__(self, problem: Problem, state: State) -> None:
        self.problem, self.state = problem, state

    def to_repair(self) -> list[int]:
        """The next conditions: where all are needed the first that fails, else one of each part with a chance."""
        return list(dict.fromkeys(self._to_repair(self.problem.edition.conditions)))

    def blocked_by(self, deciding: str) -> str | None:
        """A failing condition that nothing changes and no other way goes round; None while there is a chance."""
        if self._has_chance(self.problem.edition.conditions):
            return None
        lost = [self.problem.leaves[number].id for number in self.failing() if not self.problem.can_change(number)]
        return deciding if deciding in lost else lost[0]

    def failing(self) -> list[int]:
        """Indexes of conditions that fail in this state."""
        return [number for number, answer in enumerate(self.state.answers) if self.problem.fails(answer)]

    def _parts(self, group: Group) -> tuple[list[Group | Leaf], int]:
        """The parts in force, and how many of them are needed."""
        known = self.problem.position
        parts = [part for part in group.parts if isinstance(part, Group) or id(part) in known]
        return parts, max(1, group.needed - (len(group.parts) - len(parts)))

    def _fails(self, node: Group | Leaf) -> bool:
        if not isinstance(node, Group):
            return self.problem.fails(self.state.answers[self.problem.position[id(node)]])
        parts, needed = self._parts(node)
        return sum(not self._fails(part) for part in parts) < needed

    def _has_chance(self, node: Group | Leaf) -> bool:
        """Whether a part holds, or could be made to hold."""
        if not isinstance(node, Group):
            return not self._fails(node) or self.problem.can_change(self.problem.position[id(node)])
        parts, needed = self._parts(node)
        return sum(self._has_chance(part) for part in parts) >= needed

    def _to_repair(self, node: Group | Leaf) -> Iterator[int]:
        if not isinstance(node, Group):
            yield self.problem.position[id(node)]
            return
        parts, needed = self._parts(node)
        open_parts = [part for part in parts if self._fails(part) and self._has_chance(part)]
        for part in open_parts[:1] if needed == len(parts) else open_parts:
            yield from self._to_repair(part)
