"""An edition evaluated for one firm with some of its figures changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from tiers.columns.outcome import NOT_MET
from tiers.columns.sheet import Sheet, roots
from tiers.columns.view import View, before_founding
from tiers.evaluation.compiled import compiled
from tiers.evaluation.measured import measure, passes
from tiers.evaluation.score import points_of
from tiers.schema.condition import Comparison, Leaf
from tiers.schema.edition import Edition
from tiers.schema.facts import schema
from tiers.schema.points import Scored
from tiers.smallest_change.figures import Figures, changeable, rows_of

Move = tuple[str, int]
Moved = dict[str, tuple[int, str]]
"""Figures moved: to which value, and which condition asked for it last."""


@dataclass(frozen=True)
class State:
    """Changed figures with the answers of each condition, its bands of points or size, and the edition."""

    moved: Moved
    answers: tuple[int, ...]
    bands: tuple[tuple[int, ...], ...]
    answer: int

    @property
    def values(self) -> Figures:
        """The moved figures alone."""
        return {name: value for name, (value, _) in self.moved.items()}

    @property
    def key(self) -> frozenset[Move]:
        """Equal for two states with the same figures."""
        return frozenset(self.values.items())


class Problem:
    """One firm, one edition, one day; ``aim`` is the lowest answer that counts as the goal."""

    def __init__(self, firm: pl.DataFrame, edition: Edition, day: date, aim: int) -> None:
        self.parts, self.aim = compiled(edition, day), aim
        self.edition = self.parts.edition  # an equal one may have been compiled before; its conditions are these
        self.view = View(day, edition.offset(day), is_filled=True)
        self.firm = firm.select(pl.col(name).cast(dtype) for name, dtype in schema().items())
        self.figures = changeable(self.firm, edition.offset(day), day)
        self.leaves = [leaf for leaf, _ in self.parts.leaves]
        self.position = {id(leaf): number for number, leaf in enumerate(self.leaves)}
        self.bands = [self._bands_of(leaf) for leaf in self.leaves]
        self._sheet = self.parts.sheet
        read = roots(column for stage in self._sheet for column in stage.values())
        self._needed = [name for name in schema() if name in read or name == "firm_id"]
        self._founding = [column for name, column in before_founding(day).items() if name in self._needed]
        given = {*self._needed, *roots(self._founding)}
        self._given = self.firm.select(name for name in schema() if name in given)

    def sheet(self, states: Sequence[Figures], read_by: Sequence[pl.Expr] | None = None) -> pl.DataFrame:
        """The columns of the edition for some states; all of them, or those that some expressions rest on."""
        known = [{name: value for name, value in state.items() if name in self._given} for state in states]
        frame = rows_of(self._given, known).with_columns(self._founding).select(self._needed)
        for columns in self._sheet if read_by is None else self._sheet.read_by(read_by):
            frame = frame.with_columns(**columns)
        return frame

    def states(self, moves: Sequence[Moved]) -> list[State]:
        """The states that these moves lead to, evaluated together: an evaluation costs by its columns, not by rows."""
        if not moves:
            return []
        sheet = self.sheet([{name: value for name, (value, _) in moved.items()} for moved in moves])
        numbers = range(len(self.leaves))
        results = sheet.with_columns(
            *(self.parts.answer_of(number).alias(f"answer {number}") for number in numbers),
            *(pl.concat_list(bands).alias(f"bands {number}") for number, bands in enumerate(self.bands)),
            whole=self.parts.root.answer,
        )
        answers = results.select(f"answer {number}" for number in numbers).rows()
        bands = [tuple(map(tuple, row)) for row in results.select(f"bands {number}" for number in numbers).rows()]
        return [State(*row) for row in zip(moves, answers, bands, results["whole"].to_list(), strict=True)]

    def _bands_of(self, leaf: Leaf) -> list[pl.Expr]:
        """What each indicator earns; or up to which sizes a firm is, where its size states which threshold applies."""
        bands: list[pl.Expr] = []
        if isinstance(leaf, Scored):
            bands = points_of(leaf, self.view, Sheet(self.parts.edition.id))
        elif isinstance(leaf, Comparison) and leaf.by is not None:
            by = measure(leaf.by, self.view, Sheet())
            bands = [passes(by.num, by, *band.upper) for band in leaf.bands if band.upper]
        return [band.cast(pl.Int16).fill_null(0) for band in bands] or [pl.lit(0, dtype=pl.Int16)]

    @cached_property
    def start(self) -> State:
        """State without changes."""
        return self.states([{}])[0]

    @cached_property
    def closed(self) -> frozenset[int]:
        """The conditions that fail and can never be met again, by number."""
        answers = enumerate(self.start.answers)
        return frozenset(at for at, answer in answers if answer == NOT_MET and self.parts.leaves[at][1].closes)

    def fails(self, answer: int) -> bool:
        """Whether an answer is less than what is aimed at."""
        return answer < self.aim

    def can_change(self, number: int) -> bool:
        """Whether any figure that is known and not fixed bears on a condition that is not closed."""
        _, columns = self.parts.leaves[number]
        is_open = not columns.is_locked and number not in self.closed
        return is_open and any(name in self.figures for name in columns.facts)
