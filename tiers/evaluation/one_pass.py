"""Evaluation of editions for all firms in one pass: verdicts and findings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tiers.columns import outcome
from tiers.columns.quantity import LARGEST
from tiers.columns.sheet import merged
from tiers.columns.view import before_founding, with_floors
from tiers.errors import FactsError
from tiers.evaluation.compiled import Compiled, compiled
from tiers.evaluation.completion import completed
from tiers.schema.edition import Edition
from tiers.schema.facts import codes, schema


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
    sheet = with_floors(facts).with_columns(pl.col(name).cast(dtype) for name, dtype in schema().items())
    sheet = sheet.with_columns(before_founding(day))
    _refuse_too_large(sheet)
    parts = tuple(compiled(edition, day) for edition in editions)
    for columns in merged(part.sheet for part in parts):
        sheet = sheet.with_columns(**columns)
    for part in parts:
        sheet = completed(part, sheet, day)
    return Evaluation(day, parts, sheet)


def _refuse_too_large(facts: pl.DataFrame) -> None:
    """Refuse figures beyond ``LARGEST``, whose products would overflow their integers."""
    amounts = pl.col(pl.Int64)
    beyond = facts.select(pl.any_horizontal((amounts > LARGEST).any(), (amounts < -LARGEST).any())).item()
    if beyond:
        raise FactsError(f"a figure lies beyond ±{LARGEST:,} and cannot be compared exactly")
