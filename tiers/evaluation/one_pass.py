"""Evaluation of editions for all firms in one pass: conditions, groups, deciding condition, verdicts and findings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from tiers.columns import outcome
from tiers.columns.quantity import LARGEST, MOST_UNITS
from tiers.columns.sheet import Sheet, Stage, merged
from tiers.columns.view import View
from tiers.errors import FactsError
from tiers.evaluation.compare import Columns, columns_of
from tiers.schema.condition import Group, Leaf
from tiers.schema.edition import Edition
from tiers.schema.facts import codes, schema


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
def compiled(edition: Edition, day: date) -> Compiled:
    """The columns of an edition for an evaluation day."""
    return _Compiler(edition, day).compiled()


class _Compiler:
    def __init__(self, edition: Edition, day: date) -> None:
        self.edition, self.sheet = edition, Sheet(edition.id)
        self.view = View(day, edition.offset(day))
        self.leaves = [leaf for leaf in edition.conditions.leaves() if leaf.binds(day)]
        self.columns = [columns_of(leaf, self.view, self.sheet) for leaf in self.leaves]
        self.position = {id(leaf): number for number, leaf in enumerate(self.leaves)}
        self.groups = 0

    def compiled(self) -> Compiled:
        for number, columns in enumerate(self.columns):
            self.sheet.put(Stage.ANSWER, f"{self.edition.id}#{number}", columns.outcome.cast(pl.Int8))
        root, _ = self.node(self.edition.conditions)
        return Compiled(self.edition, self.sheet, tuple(zip(self.leaves, self.columns, strict=True)), root)

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


@dataclass(frozen=True)
class Evaluation:
    """Results of editions for firms: ``sheet`` with a row per firm, ``verdicts`` and ``findings()`` in long form."""

    day: date
    compiled: tuple[Compiled, ...]
    sheet: pl.DataFrame

    @property
    def verdicts(self) -> pl.DataFrame:
        """Grain firm_id, edition_id: outcome, route, deciding_condition, deciding_gap, gap_unit, missing_fact."""
        return pl.concat([self._verdict(part) for part in self.compiled]) if self.compiled else pl.DataFrame()

    def _verdict(self, part: Compiled) -> pl.DataFrame:
        leaves, deciding = [leaf for leaf, _ in part.leaves], part.root.deciding
        return self.sheet.select(
            "firm_id",
            day=pl.lit(self.day),
            edition_id=pl.lit(part.edition.id),
            designation=pl.lit(part.edition.designation),
            outcome=outcome.names_of(part.root.answer),
            route=outcome.named([leaf.route for leaf in leaves], deciding),
            deciding_condition=outcome.named([leaf.id for leaf in leaves], deciding),
            deciding_gap=deciding_gap(part),
            gap_unit=outcome.named([columns.unit for _, columns in part.leaves], deciding),
            missing_fact=_fact_name(deciding_missing(part)),
        )

    def findings(self) -> pl.DataFrame:
        """Grain firm_id, edition_id, condition_id: outcome, value, value_high, gap, is_deciding, missing_fact."""
        frames = [frame for part in self.compiled for frame in self._findings(part)]
        return pl.concat(frames) if frames else pl.DataFrame()

    def _findings(self, part: Compiled) -> Iterator[pl.DataFrame]:
        for number, (leaf, columns) in enumerate(part.leaves):
            answer = part.answer_of(number)
            yield self.sheet.select(
                "firm_id",
                edition_id=pl.lit(part.edition.id),
                condition_id=pl.lit(leaf.id),
                outcome=outcome.names_of(answer),
                value=columns.value,
                value_high=columns.value_high,
                gap=pl.when(answer == outcome.NOT_MET).then(columns.gap),
                gap_unit=pl.lit(columns.unit),
                is_deciding=part.root.deciding == number,
                missing_fact=_fact_name(missing_where_unknown(part, number)),
            )


def missing_where_unknown(part: Compiled, number: int) -> pl.Expr:
    """The code of the missing fact where the n-th condition is unknown."""
    _, columns = part.leaves[number]
    return pl.when(part.answer_of(number) == outcome.UNKNOWN).then(columns.missing)


def deciding_gap(part: Compiled) -> pl.Expr:
    """The gap of the deciding condition where the edition is not met."""
    gap = _of_deciding(part, [columns.gap for _, columns in part.leaves])
    return pl.when(part.root.answer == outcome.NOT_MET).then(gap)


def deciding_missing(part: Compiled) -> pl.Expr:
    """The code of the missing fact of the deciding condition where the edition is unknown."""
    missing = _of_deciding(part, [columns.missing for _, columns in part.leaves])
    return pl.when(part.root.answer == outcome.UNKNOWN).then(missing)


def _of_deciding(part: Compiled, columns: Sequence[pl.Expr]) -> pl.Expr:
    """Of columns by condition, the value of the deciding condition."""
    deciding = part.root.deciding
    return pl.coalesce([pl.when(deciding == number).then(column) for number, column in enumerate(columns)])


def _fact_name(code: pl.Expr) -> pl.Expr:
    names = {number: name for name, number in codes().items()}
    return outcome.named([names.get(number) for number in range(max(names) + 1)], code)


def evaluate(facts: pl.DataFrame, editions: Sequence[Edition], day: date) -> Evaluation:
    """Evaluate ``editions`` for firms (a row each, columns of ``tiers.schema.facts``) as of ``day``.

    Raises ``FactsError`` for a missing column (unknown figures are nulls) or a figure too large to compare exactly.
    """
    absent = schema().keys() - set(facts.columns)
    if absent:
        raise FactsError(f"the facts lack the columns {', '.join(sorted(absent))}")
    sheet = facts.with_columns(pl.col(name).cast(dtype) for name, dtype in schema().items())
    _refuse_too_large(sheet)
    parts = tuple(compiled(edition, day) for edition in editions)
    for columns in merged(part.sheet for part in parts):
        sheet = sheet.with_columns(**columns)
    return Evaluation(day, parts, sheet)


def _refuse_too_large(facts: pl.DataFrame) -> None:
    """Refuse figures beyond ``LARGEST`` or ``MOST_UNITS``, whose products would overflow their integers."""
    limits = ((pl.col(pl.Int64), LARGEST), (pl.col(pl.Decimal), MOST_UNITS))
    tests = [test for column, most in limits for test in ((column > most).any(), (column < -most).any())]
    beyond = facts.select(pl.any_horizontal(tests)).item()
    if beyond:
        raise FactsError(f"a figure lies beyond ±{LARGEST:,} and cannot be compared exactly")
