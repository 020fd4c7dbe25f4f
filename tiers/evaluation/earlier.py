"""The answers of earlier years under the editions of today: what a firm's position was on the same day years ago.

The figures of a year are those that are known now, shifted by so many years; facts of the day, such as the number of
rights, are those of the earliest day they are known for. A distance is given only where it rests on figures of years
and on the founding alone, and so is exact.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from tiers.calendar import years_after
from tiers.columns import outcome
from tiers.evaluation.compiled import Compiled, compiled
from tiers.evaluation.one_pass import Evaluation, facts_of, sheet_of
from tiers.schema.condition import Leaf
from tiers.schema.facts import YEARS, ago_of, vocabulary

UNCHANGING = {"founded_on", "industry_code"}
NO_ANSWERS = pl.DataFrame(
    schema={
        "firm_id": pl.String,
        "designation": pl.String,
        "outcome": pl.String,
        "gap": pl.Float64,
        "day": pl.Date,
        "years_ago": pl.Int32,
    }
)
NO_MARGINS = pl.DataFrame(
    schema={
        "firm_id": pl.String,
        "designation": pl.String,
        "condition_id": pl.String,
        "margin": pl.Float64,
        "years_ago": pl.Int32,
    }
)
ON_RECORD = "revenue_reach_years"
"""What is on record on a day; it cannot be shifted."""


@dataclass(frozen=True)
class Earlier:
    """The same day of an earlier year.

    ``answers``: grain firm_id, designation, of firms that meet an edition today or are near it. ``margins``: grain
    firm_id, designation, condition_id, of firms that meet it today, in the unit of the condition; negative where the
    condition was not met.
    """

    answers: pl.DataFrame = field(default_factory=lambda: NO_ANSWERS)
    margins: pl.DataFrame = field(default_factory=lambda: NO_MARGINS)


Near = tuple[Compiled, pl.DataFrame]
"""An edition of today; firm_id, the number of the deciding condition and is_met of firms that meet it or are near."""


def facts_then(parts: Iterable[Compiled], years: int, today: date) -> frozenset[str]:
    """The facts of ``today`` that these editions read when they are asked of the day ``years`` before."""
    return frozenset(name for name in _shifted(_asked(parts, years_after(today, -years)), years).values() if name)


def _asked(parts: Iterable[Compiled], day: date) -> frozenset[str]:
    return facts_of(compiled(part.edition, day) for part in parts)


def _shifted(read: Collection[str], years: int) -> dict[str, str | None]:
    """By fact, the one of today that was this fact ``years`` before; None where it is not known."""
    earlier = {
        f"{name}_y{ago}": f"{name}_y{ago + years}" if ago + years in YEARS else None
        for name, fact in vocabulary().items()
        if fact.is_yearly
        for ago in YEARS
    }
    return {name: earlier.get(name, name) if name != ON_RECORD else None for name in sorted(read)}


def years_ago(facts: pl.DataFrame, years: int, day: date, read: Collection[str]) -> pl.DataFrame:
    """The facts ``read`` of the firms that existed on the same day ``years`` before ``day``."""
    names = _shifted(read, years)
    then = facts.select(
        pl.lit(None).alias(to) if name is None else pl.col(name).alias(to) for to, name in names.items()
    )
    return then.filter(pl.col("founded_on").is_null() | (pl.col("founded_on") <= years_after(day, -years)))


def earlier_answers(firms: Sequence[Near], facts: pl.DataFrame, years: int, today: date) -> Earlier:
    """The outcome of the same editions ``years`` before ``today`` with the gap of what decides today, and the margins.

    ``facts``: those of ``today``.
    """
    if not firms:  # evaluating no firm costs as much as evaluating a few
        return Earlier()
    day = years_after(today, -years)
    wanted = pl.concat([rows["firm_id"] for _, rows in firms]).unique()
    parts = [compiled(part.edition, day) for part, _ in firms]
    then = sheet_of(
        years_ago(facts, years, today, facts_of(parts)).filter(pl.col("firm_id").is_in(wanted.implode())),
        parts,
        day,
        [column for part in parts for column in _read(part)],
    )
    of_editions = [(then, now, earlier, rows) for (now, rows), earlier in zip(firms, parts, strict=True)]
    ago = pl.lit(years, dtype=pl.Int32)
    return Earlier(
        pl.concat(_answers(*of_edition) for of_edition in of_editions).with_columns(day=pl.lit(day), years_ago=ago),
        pl.concat(_margins(*of_edition) for of_edition in of_editions).with_columns(years_ago=ago),
    )


def _read(part: Compiled) -> Iterator[pl.Expr]:
    """What is asked of an earlier year: answers, gaps and margins, but not what decides."""
    yield part.root.answer
    for number, (_, columns) in enumerate(part.leaves):
        yield from (part.answer_of(number), columns.gap, columns.beyond)


def near(today: Evaluation, parts: Sequence[Compiled], share: float) -> list[Near]:
    """The editions with firms that meet them today or are short by at most ``share`` of the line."""
    return [(part, rows) for part in parts for rows in [_near(today, part, share)] if not rows.is_empty()]


def _near(today: Evaluation, part: Compiled, share: float) -> pl.DataFrame:
    """Grain firm_id: the number of the deciding condition of firms that meet the edition or are near."""
    root = part.root
    gap = _of(root.deciding, [columns.gap for _, columns in part.leaves])
    value = _of(root.deciding, [columns.value for _, columns in part.leaves])
    is_near = (root.answer == outcome.NOT_MET) & (gap <= share * (value.abs() + gap))
    is_met = root.answer > outcome.UNKNOWN
    # Chosen before it is filtered: the sheet has thousands of columns
    firms = today.sheet.select("firm_id", number=root.deciding, is_met=is_met, is_wanted=is_met | is_near)
    return firms.filter("is_wanted").drop("is_wanted")


def _of(deciding: pl.Expr, columns: Sequence[pl.Expr]) -> pl.Expr:
    return pl.coalesce([pl.when(deciding == number).then(column) for number, column in enumerate(columns)])


def _answers(then: pl.DataFrame, now: Compiled, earlier: Compiled, rows: pl.DataFrame) -> pl.DataFrame:
    gaps = [pl.when(pl.col("number") == number).then(_gap_then(leaf.id, earlier)) for number, leaf in _of_years(now)]
    nothing = pl.lit(None, dtype=pl.Float64)
    results = {"outcome": outcome.names_of(earlier.root.answer), "gap": pl.coalesce([*gaps, nothing])}
    return (
        _with_columns_of(then, rows, results.values())
        .with_columns(**results)
        .select("firm_id", pl.lit(now.edition.designation).alias("designation"), "outcome", "gap")
    )


def _with_columns_of(then: pl.DataFrame, rows: pl.DataFrame, wanted: Iterable[pl.Expr]) -> pl.DataFrame:
    """The rows with the columns of the sheet that are read: it has thousands, and a join copies each."""
    names = {name for column in wanted for name in column.meta.root_names()} - {*rows.columns}
    return rows.join(then.select("firm_id", *sorted(names)), on="firm_id")


def _gap_then(condition: str, earlier: Compiled) -> pl.Expr:
    """The gap of a condition of the same id, 0 where it was met; null where it was not decided."""
    for number, (leaf, columns) in enumerate(earlier.leaves):
        if leaf.id == condition:
            answer = earlier.answer_of(number)
            gap = pl.when(answer == outcome.NOT_MET).then(columns.gap)
            return pl.when(answer == outcome.MET).then(0.0).otherwise(gap)
    return pl.lit(None, dtype=pl.Float64)


def _of_years(now: Compiled) -> Iterator[tuple[int, Leaf]]:
    """The conditions of an edition that rest on figures of years and on the founding alone, with their numbers."""
    for number, (leaf, columns) in enumerate(now.leaves):
        if all(ago_of(fact) is not None or fact in UNCHANGING for fact in columns.facts):
            yield number, leaf


def _margins(then: pl.DataFrame, now: Compiled, earlier: Compiled, rows: pl.DataFrame) -> pl.DataFrame:
    wanted = {leaf.id for _, leaf in _of_years(now)}
    margins = {
        leaf.id: pl.when(earlier.answer_of(number) != outcome.UNKNOWN).then(0.0 - columns.beyond)
        for number, (leaf, columns) in enumerate(earlier.leaves)
        if leaf.id in wanted
    }
    met = _with_columns_of(then, rows.filter("is_met"), margins.values()).select("firm_id", **margins)
    return (
        met.unpivot(index="firm_id", variable_name="condition_id", value_name="margin")
        .drop_nulls()
        .select("firm_id", pl.lit(now.edition.designation).alias("designation"), "condition_id", "margin")
    )
