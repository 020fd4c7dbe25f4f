"""An edition as columns: its conditions, groups, deciding condition and the premise that the firm exists."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

import polars as pl

from tiers.columns import outcome
from tiers.columns.literals import integer
from tiers.columns.sheet import Sheet, Stage, roots
from tiers.columns.view import View
from tiers.evaluation import deciding, opening, remaining
from tiers.evaluation.compare import Columns, columns_of
from tiers.evaluation.measured import NOTHING
from tiers.evaluation.part import Part
from tiers.schema.closing import closes
from tiers.schema.condition import Group, Leaf
from tiers.schema.edition import Edition
from tiers.schema.facts import schema
from tiers.schema.premise import FIRM_EXISTS


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

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that its columns name; the day of founding states which years there are."""
        named = roots(column for columns in self.sheet for column in columns.values())
        return frozenset(named & schema().keys() | {"founded_on"})


def compiled(edition: Edition, day: date, terms_on: date | None = None) -> Compiled:
    """The columns of an edition for an evaluation day; ``terms_on``: with the conditions of another day."""
    return _compiled(edition, day, terms_on or day)


@lru_cache(maxsize=512)
def _compiled(edition: Edition, day: date, terms_on: date) -> Compiled:
    return _Compiler(edition, day, terms_on).compiled()


class _Compiler:
    def __init__(self, edition: Edition, day: date, terms_on: date) -> None:
        self.edition, self.sheet = edition, Sheet(edition.id)
        self.view = View(day, edition.offset(day), is_filled=True)
        self.leaves = [leaf for leaf in edition.leaves() if leaf.binds(terms_on)]
        self.columns = [self.columns_of(leaf) for leaf in self.leaves]
        self.position = {id(leaf): number for number, leaf in enumerate(self.leaves)}
        self.groups = 0

    def columns_of(self, leaf: Leaf) -> Columns:
        """The columns of a condition; where it closes, what it lacks is no gap."""
        columns, closing = columns_of(leaf, self.view, self.sheet), closes(leaf, self.edition.head.kind)
        return replace(columns, closes=closing, gap=NOTHING) if closing else columns

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

        return replace(
            conditions,
            answer=put("answer", conditions.answer, premise.answer),
            deciding=put("deciding", conditions.deciding, premise.deciding),
            remaining=put("remaining", conditions.remaining, premise.remaining),
            opens=None if conditions.opens is None else put("opens", conditions.opens, opening.NEVER),
        )

    def node(self, node: Group | Leaf) -> tuple[Part, int]:
        """The columns of a condition or group and its depth; inner groups are computed in earlier stages."""
        if not isinstance(node, Group):
            return self.leaf(self.position[id(node)], node), 0
        inner = [self.node(part) for part in node.parts if isinstance(part, Group) or id(part) in self.position]
        parts, depth = [part for part, _ in inner], max(depth for _, depth in inner) + 1
        needed = max(1, node.needed - (len(node.parts) - len(parts)))
        name, self.groups = f"{self.edition.id}#group{self.groups}", self.groups + 1
        stage, needs_all = Stage.GROUP + 2 * depth, needed == len(parts)
        answer = self.sheet.put(stage, f"{name}.answer", outcome.at_least_of([part.answer for part in parts], needed))
        remains = self.sheet.put(stage, f"{name}.remaining", remaining.of_group(parts, needed))
        decides = deciding.first(parts, answer) if needs_all else deciding.nearest(parts, answer, needed, remains)
        opens = opening.of_group(parts, needed)
        group = Part(
            answer,
            self.sheet.put(stage + 1, f"{name}.deciding", decides),
            remains,
            None if opens is None else self.sheet.put(stage, f"{name}.opens", opens),
            has_route=any(part.has_route for part in parts),
            may_close=any(part.may_close for part in parts),
            locked=frozenset().union(*(part.locked for part in parts)),
        )
        return group, depth

    def leaf(self, number: int, leaf: Leaf) -> Part:
        """The columns of the n-th condition as a part of a group."""
        columns, answer = self.columns[number], pl.col(f"{self.edition.id}#{number}")
        return Part(
            answer,
            integer(number, pl.Int16),
            remaining.of_condition(answer, columns),
            None if columns.opens is None else opening.of_condition(answer, columns.opens),
            has_route=leaf.route is not None,
            may_close=bool(columns.closes),
            locked=frozenset({number} if columns.is_locked else ()),
        )
