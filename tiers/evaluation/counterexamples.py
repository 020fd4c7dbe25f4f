"""Counterexamples: values of missing figures that show that a verdict stays unknown, before every value is tried.

Trying every value of up to four figures shows that a verdict is decided; that it is not, a few completions show. They
use values that would be tried, so a completion that leaves an edition unknown, or two of which one fails it and the
other does not, end the trial of a firm with the same result: unknown. They never decide a verdict.
"""

from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

import polars as pl

from tiers.columns import outcome
from tiers.evaluation.candidates import Candidates

FIRST, MORE = 4, 16
"""Completions tried for every firm, and for the firms that the first leave open; most have one among the first."""
FEW_FIRMS = 100
"""Of so few firms all completions are tried at once: an evaluation costs by its columns more than by such rows."""
FOUNDING = "founded_on"

Evaluated = Callable[[pl.DataFrame], pl.DataFrame]


def flag(fact: str) -> str:
    """The column that states whether a fact is missing and open conditions rest on it."""
    return f"is_open#{fact}"


def completions(candidates: Mapping[str, Candidates]) -> list[pl.DataFrame]:
    """The values of each fact that are tried first, and those tried where these leave a firm open: a row each."""
    return [_values(candidates, numbers) for numbers in (range(FIRST), range(FIRST, FIRST + MORE))]


def undecided(
    rows: pl.DataFrame, tried: Sequence[pl.DataFrame], before_founding: list[pl.Expr], evaluated: Evaluated
) -> pl.Series:
    """Grain origin: the firms among ``rows`` (facts and their flags) for which a counterexample exists.

    ``tried``: the ``completions``. ``evaluated`` gives the answer of an edition by ``origin``, of facts whose years
    before a founding are closed.
    """
    facts = [name for name in rows.columns if not name.startswith(flag(""))]
    shown = rows["origin"].clear()
    for values in tried if rows.height > FEW_FIRMS else [pl.concat(tried)]:
        left = rows if shown.is_empty() else rows.filter(~pl.col("origin").is_in(shown.implode()))
        if left.is_empty():
            break
        answers = evaluated(_completed(left, values, before_founding)[facts])
        shown = pl.concat([shown, _where(answers, _CONFLICTS | (pl.col("answer") == outcome.UNKNOWN).any())])
    return shown


def conflicting(answers: pl.DataFrame) -> pl.Series:
    """The rows for which some values meet the edition, by judgement or not, and others do not."""
    return _where(answers, _CONFLICTS)


_CONFLICTS = (pl.col("answer").min() == outcome.NOT_MET) & (pl.col("answer").max() > outcome.UNKNOWN)


def _where(answers: pl.DataFrame, is_so: pl.Expr) -> pl.Series:
    """The rows for whose answers that is so."""
    return answers.group_by("origin").agg(is_so=is_so).filter("is_so")["origin"]


def _values(candidates: Mapping[str, Candidates], numbers: range) -> pl.DataFrame:
    """A row per completion: the value of each fact, spread by a checksum over those that are always tried."""
    columns = {}
    for fact, candidate in candidates.items():
        values = candidate.constants
        columns[f"value#{fact}"] = values.gather(
            [crc32(f"{fact} {number}".encode()) % len(values) for number in numbers]
        )
    return pl.DataFrame(columns)


def _completed(rows: pl.DataFrame, values: pl.DataFrame, before_founding: list[pl.Expr]) -> pl.DataFrame:
    """Each row with each completion of its open facts; the founding first, which closes the years before it."""
    frame = rows.join(values, how="cross")
    facts = [name.removeprefix("value#") for name in values.columns]
    if FOUNDING in facts:
        frame = frame.with_columns(_filled(FOUNDING)).with_columns(before_founding)
    return frame.with_columns([_filled(fact) for fact in facts if fact != FOUNDING])


def _filled(fact: str) -> pl.Expr:
    return pl.when(pl.col(flag(fact))).then(pl.coalesce(fact, f"value#{fact}")).otherwise(pl.col(fact)).alias(fact)
