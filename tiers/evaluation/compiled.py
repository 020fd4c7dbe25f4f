"""An edition as columns: its conditions, groups, deciding condition and the premise that the firm exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from tiers.columns import outcome
from tiers.columns.sheet import Sheet, Stage
from tiers.columns.view import View
from tiers.evaluation.compare import Columns, columns_of
from tiers.schema.condition import Group, Leaf
from tiers.schema.edition import Edition
from tiers.schema.premise import FIRM_EXISTS


@dataclass(frozen=True)
class Part:
    """A condition or group as columns: its answer, the deciding condition, the weight of its open conditions."""

    answer: pl.Expr
    deciding: pl.Expr
    open: pl.Expr
    has_route: bool = False  # contains a named route, which decides once the group is met


@dataclass(frozen=True)
class Compiled:
    """An edition as columns of ``sheet``; ``root`` is the outermost group."""

    edition: Edition
    sheet: Sheet
    leaves: tuple[tuple[Leaf, Columns], ...]
    root: Part

    def answer_of(self, number: int) -> pl.Expr:
        """The answer of the n-th condition as a code."""
        return pl.col(f"{self.edition.id}#{number}")


@lru_cache(maxsize=512)
def compiled(edition: Edition, day: date, terms_on: date | None = None) -> Compiled:
    """The columns of an edition for an evaluation day; ``terms_on``: with the conditions of another day."""
    return _Compiler(edition, day, terms_on or day).compiled()


class _Compiler:
    def __init__(self, edition: Edition, day: date, terms_on: date) -> None:
        self.edition, self.sheet = edition, Sheet(edition.id)
        self.view = View(day, edition.offset(day))
        self.leaves = [leaf for leaf in edition.leaves() if leaf.binds(terms_on)]
        self.columns = [columns_of(leaf, self.view, self.sheet) for leaf in self.leaves]
        self.position = {id(leaf): number for number, leaf in enumerate(self.leaves)}
        self.groups = 0

    def compiled(self) -> Compiled:
        for number, columns in enumerate(self.columns):
            self.sheet.put(Stage.ANSWER, f"{self.edition.id}#{number}", columns.outcome.cast(pl.Int8))
        root = self.root(*self.node(self.edition.conditions))
        return Compiled(self.edition, self.sheet, tuple(zip(self.leaves, self.columns, strict=True)), root)

    def root(self, conditions: Part, depth: int) -> Part:
        """The verdict: that of the conditions, unless the firm no longer exists."""
        premise, _ = self.node(FIRM_EXISTS)
        exists, stage = premise.answer == outcome.MET, Stage.GROUP + 2 * depth + 2

        def put(part: str, where_it_exists: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
            column = pl.when(exists).then(where_it_exists).otherwise(otherwise)
            return self.sheet.put(stage, f"{self.edition.id}#verdict.{part}", column)

        return Part(
            put("answer", conditions.answer, premise.answer),
            put("deciding", conditions.deciding, premise.deciding),
            conditions.open,
        )

    def node(self, node: Group | Leaf) -> tuple[Part, int]:
        """The columns of a condition or group and its depth; inner groups are computed in earlier stages."""
        if not isinstance(node, Group):
            number = self.position[id(node)]
            answer = pl.col(f"{self.edition.id}#{number}")
            still_open = (answer != outcome.MET).cast(pl.Int16) * _weight(self.columns[number])
            return Part(answer, pl.lit(number, dtype=pl.Int16), still_open, node.route is not None), 0
        inner = [self.node(part) for part in node.parts if isinstance(part, Group) or id(part) in self.position]
        parts, depth = [part for part, _ in inner], max(depth for _, depth in inner) + 1
        needed = max(1, node.needed - (len(node.parts) - len(parts)))
        name, self.groups = f"{self.edition.id}#group{self.groups}", self.groups + 1
        stage, needs_all = Stage.GROUP + 2 * depth, needed == len(parts)
        answers, opens = [part.answer for part in parts], [part.open for part in parts]
        answer = self.sheet.put(stage, f"{name}.answer", outcome.at_least_of(answers, needed))
        remaining = pl.sum_horizontal(opens) if needs_all else pl.min_horizontal(opens)
        deciding = _first_deciding(parts, answer) if needs_all else _nearest_deciding(parts, answer)
        group = Part(
            answer,
            self.sheet.put(stage + 1, f"{name}.deciding", deciding),
            self.sheet.put(stage, f"{name}.open", remaining),
            has_route=any(part.has_route for part in parts),
        )
        return group, depth


def _first_deciding(parts: Sequence[Part], answer: pl.Expr) -> pl.Expr:
    """For groups that need all parts: the first part with the answer of the group; once met, the met route."""
    routes = [pl.when(answer == outcome.MET).then(part.deciding) for part in parts if part.has_route]
    return pl.coalesce([*routes, *(pl.when(part.answer == answer).then(part.deciding) for part in parts)])


def _nearest_deciding(parts: Sequence[Part], answer: pl.Expr) -> pl.Expr:
    """For groups that need some parts: of the parts with the answer of the group the one nearest to being met."""
    infinite = pl.lit(_INFINITE, dtype=pl.Int16)
    distance = [pl.when(part.answer == answer).then(part.open).otherwise(infinite) for part in parts]
    nearest = pl.min_horizontal(distance)
    return pl.coalesce([pl.when(far == nearest).then(part.deciding) for part, far in zip(parts, distance, strict=True)])


_INFINITE = 30_000
"""Above the open weight of any route."""


def _weight(columns: Columns) -> int:
    """The weight of an open condition: 1 for quantities, 10 for yes/no facts, 100 for what the firm cannot change."""
    if columns.is_locked:
        return 100
    return 10 if columns.unit in ("bool", "code", "date", "rank") else 1
