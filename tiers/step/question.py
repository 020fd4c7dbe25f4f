"""An edition put to one firm again and again, with some of its figures moved; the engine answers every time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tiers.edition import Edition
from tiers.evaluation import compiled
from tiers.facts import schema
from tiers.points import Scored
from tiers.step.figures import Figures, changeable, rows_of
from tiers.view import View

Move = tuple[str, int]
Moved = dict[str, tuple[int, str]]
"""Figures moved: to which value, and which condition asked for it last."""


@dataclass(frozen=True)
class State:
    """Moved figures, and what the engine says: of each condition, of its points in reach, of the whole."""

    moved: Moved
    answers: tuple[int, ...]
    points: tuple[int, ...]
    answer: int

    @property
    def values(self) -> Figures:
        """The moved figures alone."""
        return {name: value for name, (value, _) in self.moved.items()}

    @property
    def key(self) -> frozenset[Move]:
        """What tells two states apart."""
        return frozenset(self.values.items())


class Question:
    """One firm, one edition, one day; ``aim`` is the least answer that counts as being there."""

    def __init__(self, firm: pl.DataFrame, edition: Edition, day: date, aim: int) -> None:
        self.edition, self.parts, self.aim = edition, compiled(edition, day), aim
        self.view = View(day, edition.offset(day))
        self.firm = firm.select(pl.col(name).cast(dtype) for name, dtype in schema().items())
        self.figures = changeable(self.firm, edition.offset(day))
        self.leaves = [leaf for leaf, _ in self.parts.leaves]
        self.position = {id(leaf): number for number, leaf in enumerate(self.leaves)}
        roots = {name for stage in self.parts.sheet for one in stage.values() for name in one.meta.root_names()}
        self._needed = [name for name in schema() if name in roots or name == "firm_id"]

    def sheet(self, states: Sequence[Figures]) -> pl.DataFrame:
        """The columns of the edition for some states."""
        frame = rows_of(self.firm, states).select(self._needed)
        for columns in self.parts.sheet:
            frame = frame.with_columns(**columns)
        return frame

    def asked(self, moves: Sequence[Moved]) -> list[State]:
        """States with their answers."""
        sheet = self.sheet([{name: value for name, (value, _) in moved.items()} for moved in moves])
        numbers = range(len(self.leaves))
        told = sheet.with_columns(
            *(self.parts.answer_of(n).alias(f"answer {n}") for n in numbers),
            *(self._points(n).alias(f"points {n}") for n in numbers),
            whole=self.parts.whole.answer,
        )
        answers = told.select(f"answer {n}" for n in numbers).rows()
        points = told.select(f"points {n}" for n in numbers).rows()
        return [State(*row) for row in zip(moves, answers, points, told["whole"].to_list(), strict=True)]

    def _points(self, number: int) -> pl.Expr:
        leaf = self.leaves[number]
        if isinstance(leaf, Scored):
            return pl.col(f"{self.edition.id}#{leaf.id}.high").cast(pl.Int64)
        return pl.lit(0, dtype=pl.Int64)

    def start(self) -> State:
        """The firm as it is."""
        return self.asked([{}])[0]

    def fails(self, answer: int) -> bool:
        """Whether an answer is less than what is aimed at."""
        return answer < self.aim

    def can_change(self, number: int) -> bool:
        """Whether any figure that is known and not fixed bears on a condition."""
        _, columns = self.parts.leaves[number]
        return not columns.is_locked and any(name in self.figures for name in columns.facts)
