"""Evaluation of editions for all firms in one pass: verdicts and findings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tiers.columns import outcome
from tiers.columns.quantity import LARGEST, MOST_UNITS
from tiers.columns.sheet import merged
from tiers.columns.view import before_founding
from tiers.errors import FactsError
from tiers.evaluation import opening, remaining
from tiers.evaluation.compiled import Compiled, compiled
from tiers.evaluation.completion import completed
from tiers.evaluation.measured import NONE_MISSING, NOTHING
from tiers.schema.edition import Edition
from tiers.schema.facts import codes, schema

LIMITS: dict[type[pl.DataType], int] = {pl.Int64: LARGEST, pl.Decimal: MOST_UNITS}
"""The largest figure of a type that is compared exactly."""


@dataclass(frozen=True)
class Evaluation:
    """Results of editions for firms: ``sheet`` with a row per firm, ``verdicts`` and ``findings()`` in long form."""

    day: date
    compiled: tuple[Compiled, ...]
    sheet: pl.DataFrame

    @property
    def verdicts(self) -> pl.DataFrame:
        """Grain firm_id, edition_id: outcome, route, the deciding condition with gap and missing fact, what is closed.

        ``opens_on``: the day on which time alone meets it; ``open_conditions``: those that fail or are undecided on the
        deciding route.
        """
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
            is_closed=remaining.is_closed(part.root.remaining),
            closed_condition=outcome.named([leaf.id for leaf in leaves], closed_condition(part)),
            opens_on=opening.day_of(part.root),
            open_conditions=remaining.conditions(part.root.remaining).cast(pl.Int16),
        )

    def findings(self) -> pl.DataFrame:
        """Grain firm_id, edition_id, condition_id: outcome, value(s), gap, is_deciding, missing_fact, is_closed.

        One query computes the columns of all conditions, which are stacked; a query each takes several times as long.
        """
        keys = [(part, number) for part in self.compiled for number in range(len(part.leaves))]
        if not keys:
            return pl.DataFrame()
        fields = [_finding(part, number) for part, number in keys]
        wide = self.sheet.select(
            expression.alias(f"{name}#{at}") for at, field in enumerate(fields) for name, expression in field.items()
        )
        stacked = pl.DataFrame(
            {name: pl.concat([wide[f"{name}#{at}"] for at in range(len(keys))]) for name in fields[0]}
        )
        key = pl.DataFrame(
            {
                "edition_id": [part.edition.id for part, _ in keys],
                "condition_id": [part.leaves[number][0].id for part, number in keys],
                "gap_unit": pl.Series([part.leaves[number][1].unit for part, number in keys], dtype=pl.String),
                "closes": [bool(part.leaves[number][1].closes) for part, number in keys],
            }
        )
        place = pl.int_range(pl.len()) // self.sheet.height
        return stacked.select(
            firm_id=pl.concat([self.sheet["firm_id"]] * len(keys)),
            edition_id=pl.lit(key["edition_id"]).gather(place),
            condition_id=pl.lit(key["condition_id"]).gather(place),
            outcome=outcome.names_of(pl.col("answer")),
            value="value",
            value_high="value_high",
            gap="gap",
            gap_unit=pl.lit(key["gap_unit"]).gather(place),
            is_deciding="is_deciding",
            missing_fact=_fact_name(pl.col("missing")),
            is_closed=pl.lit(key["closes"]).gather(place) & (pl.col("answer") == outcome.NOT_MET),
        )


def _finding(part: Compiled, number: int) -> dict[str, pl.Expr]:
    """The columns of the n-th condition: codes of the answer and of the missing fact, value and gap."""
    _, columns = part.leaves[number]
    answer = part.answer_of(number)
    return {
        "answer": answer,
        "value": columns.value,
        "value_high": columns.value_high,
        "gap": pl.when(answer == outcome.NOT_MET).then(columns.gap),
        "is_deciding": part.root.deciding == number,
        "missing": missing_where_unknown(part, number),
    }


def missing_where_unknown(part: Compiled, number: int) -> pl.Expr:
    """The code of the missing fact where the n-th condition is unknown."""
    _, columns = part.leaves[number]
    return pl.when(part.answer_of(number) == outcome.UNKNOWN).then(columns.missing)


def deciding_gap(part: Compiled) -> pl.Expr:
    """The gap of the deciding condition where the edition is not met."""
    gap = _of_deciding(part, [columns.gap for _, columns in part.leaves], NOTHING)
    return pl.when(part.root.answer == outcome.NOT_MET).then(gap)


def deciding_missing(part: Compiled) -> pl.Expr:
    """The code of the missing fact of the deciding condition where the edition is unknown."""
    missing = _of_deciding(part, [columns.missing for _, columns in part.leaves], NONE_MISSING)
    return pl.when(part.root.answer == outcome.UNKNOWN).then(missing)


def closed_condition(part: Compiled) -> pl.Expr:
    """The number of the condition that can never be met and leaves no other way; null where one is open."""
    return pl.when(remaining.is_closed(part.root.remaining)).then(part.root.deciding)


def _of_deciding(part: Compiled, columns: Sequence[pl.Expr], nothing: pl.Expr) -> pl.Expr:
    """Of columns by condition, the value of the deciding condition; those that are ``nothing`` are left out."""
    deciding = part.root.deciding
    stated = [(number, column) for number, column in enumerate(columns) if column is not nothing]
    return pl.coalesce(*(pl.when(deciding == number).then(column) for number, column in stated), nothing)


def _fact_name(code: pl.Expr) -> pl.Expr:
    names = {number: name for name, number in codes().items()}
    return outcome.named([names.get(number) for number in range(max(names) + 1)], code)


def evaluate(
    facts: pl.DataFrame,
    editions: Sequence[Edition],
    day: date,
    terms_on: date | None = None,
    *,
    is_completed: bool = True,
) -> Evaluation:
    """Evaluate ``editions`` for firms (a row each, columns of ``tiers.schema.facts`` that they read) as of ``day``.

    ``terms_on``: with the conditions that these editions ask on another day. Unless ``is_completed``, verdicts that no
    missing figure could change stay unknown, which saves their trial.
    Raises ``FactsError`` for a missing column (unknown figures are nulls) or a figure too large to compare exactly.
    """
    parts = tuple(compiled(edition, day, terms_on) for edition in editions)
    sheet = sheet_of(facts, parts, day)
    if is_completed:
        sheet = completed(parts, sheet, day, terms_on)
    return Evaluation(day, parts, sheet)


def facts_read(editions: Sequence[Edition], day: date) -> frozenset[str]:
    """The facts that the columns of editions name, with those that every evaluation reads."""
    return facts_of(compiled(edition, day) for edition in editions)


def facts_of(parts: Iterable[Compiled]) -> frozenset[str]:
    """As ``facts_read``, of compiled editions."""
    return frozenset({"firm_id", "founded_on"}).union(*(part.facts for part in parts))


def sheet_of(
    facts: pl.DataFrame, parts: Sequence[Compiled], day: date, read: Iterable[pl.Expr] | None = None
) -> pl.DataFrame:
    """The facts with the columns of compiled editions; with ``read``, those that these expressions rest on.

    Raises ``FactsError`` as ``evaluate`` does.
    """
    absent = facts_of(parts) - set(facts.columns)
    if absent:
        raise FactsError(f"the facts lack the columns {', '.join(sorted(absent))}")
    given = dict(zip(facts.columns, facts.dtypes, strict=True))
    sheet = facts.with_columns(pl.col(name).cast(to) for name, to in schema().items() if given.get(name, to) != to)
    sheet = sheet.with_columns(column for name, column in before_founding(day).items() if name in given)
    _refuse_too_large(sheet)
    union = merged(part.sheet for part in parts)
    return (union if read is None else union.read_by(read)).on(sheet)


def _refuse_too_large(facts: pl.DataFrame) -> None:
    """Refuse figures beyond ``LARGEST`` or ``MOST_UNITS``, whose products would overflow their integers."""
    by_type = defaultdict[pl.DataType, list[pl.Series]](list)
    for column in facts.iter_columns():
        by_type[column.dtype].append(column)
    # Stacked without a copy: a test of each column costs more than the columns of a few firms
    figures = [(pl.concat(columns), LIMITS[type(dtype)]) for dtype, columns in by_type.items() if type(dtype) in LIMITS]
    if any((figure.max() or 0) > most or (figure.min() or 0) < -most for figure, most in figures):  # type: ignore[operator]
        raise FactsError(f"a figure lies beyond ±{LARGEST:,} and cannot be compared exactly")
