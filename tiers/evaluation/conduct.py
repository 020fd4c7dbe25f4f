"""Conditions on conduct: the words of a text against the days on record."""

from collections.abc import Callable, Sequence
from datetime import date

import polars as pl

from tiers.columns import outcome
from tiers.evaluation.windows import certainly_within, perhaps_within
from tiers.metrics.first_days import new_year_after
from tiers.schema.condition import Conduct
from tiers.schema.conduct import conduct_words
from tiers.schema.facts import codes

RECORD = "are_incidents_known"


def conduct_answer(leaf: Conduct, day: date) -> tuple[pl.Expr, pl.Expr, tuple[str, ...]]:
    """The answer, the code of the missing fact and the facts behind it; without a record the answer is unknown.

    An entry on record decides by itself. One without a statement of its kind leaves the answer unknown while it
    may count.
    """
    words = [conduct_words()[word] for word in leaf.conduct]
    facts = tuple(dict.fromkeys(fact for word in words for fact in word.facts))
    doubtful = tuple(dict.fromkeys(fact for word in words for fact in word.doubtful if fact not in facts))
    counts, may_count = (_any(facts, test, leaf, day) for test in (_counts, _may_count))
    in_doubt = _any(doubtful, _counts, leaf, day) | _any(doubtful, _may_count, leaf, day)
    is_on_record = pl.any_horizontal([pl.col(fact).is_not_null() for fact in facts])
    has_doubts = pl.any_horizontal([pl.lit(False), *(pl.col(fact).is_not_null() for fact in doubtful)])
    unrecorded = ~pl.col(RECORD).fill_null(False) & ~has_doubts
    if_absent, if_present = (outcome.NOT_MET, outcome.MET) if leaf.present else (outcome.MET, outcome.NOT_MET)
    lifted = if_absent if leaf.lifted is None else outcome.CODE[leaf.lifted]
    answer = (
        pl.when(counts)
        .then(outcome.constant(if_present))
        .when(unrecorded | in_doubt)
        .then(outcome.constant(outcome.UNKNOWN))
        .when(may_count)
        .then(outcome.constant(outcome.JUDGEMENT))
        .when(is_on_record)
        .then(outcome.constant(lifted))
        .otherwise(outcome.constant(if_absent))
    )
    missing = pl.when((unrecorded | in_doubt) & ~counts).then(pl.lit(codes()[RECORD], dtype=pl.Int16))
    return answer, missing, (RECORD, *facts, *doubtful)


def lapses_on(leaf: Conduct, facts: Sequence[str], day: date) -> pl.Expr | None:
    """The first day on which what is on record no longer counts for certain; None where no day is named."""
    dates = [fact for fact in facts if fact != RECORD]
    years = 2 if leaf.during == "this_and_last_year" else leaf.during
    if leaf.present or leaf.lifted == "not_met" or not isinstance(years, int):
        return None
    return new_year_after(dates, years, day)


def _any(
    facts: tuple[str, ...], test: Callable[[pl.Expr, Conduct, date], pl.Expr], leaf: Conduct, day: date
) -> pl.Expr:
    return pl.any_horizontal([pl.lit(False), *(test(pl.col(fact), leaf, day).fill_null(False) for fact in facts)])


def _counts(then: pl.Expr, leaf: Conduct, day: date) -> pl.Expr:
    if leaf.during == "now":
        return then == day
    if leaf.during == "ever":
        return then <= day
    if leaf.during == "this_and_last_year":
        return then.is_between(date(day.year - 1, 1, 1), day)
    return certainly_within(then, day, leaf.during)


def _may_count(then: pl.Expr, leaf: Conduct, day: date) -> pl.Expr:
    return perhaps_within(then, day, leaf.during) if isinstance(leaf.during, int) else pl.lit(False)
