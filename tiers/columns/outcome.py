"""The four answers as ordered small integers, so that all-of is a minimum and any-of a maximum (strong Kleene logic).

With *judgement* between *unknown* and *met*: people can still decide, but only once no figure is missing.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from tiers.columns.literals import integer

NOT_MET, UNKNOWN, JUDGEMENT, MET = range(4)
NAMES: Final = ("not_met", "unknown", "judgement", "met")
CODE: Final = {name: code for code, name in enumerate(NAMES)}


def constant(code: int) -> pl.Expr:
    """The same answer for every firm."""
    return integer(code, pl.Int8)


def of_test(passes: pl.Expr, failing: int = NOT_MET) -> pl.Expr:
    """Met where the test passes, ``failing`` where it fails, unknown where it is null.

    Computed from the test as a number, so that it stands in the expression once: an expression costs by its length.
    """
    answer = passes.cast(pl.Int8)
    if failing != MET:
        answer = answer * constant(MET - failing)
    if failing not in (NOT_MET, MET):
        answer = answer + constant(failing)
    return answer.fill_null(constant(UNKNOWN))


def at_least_of(parts: Sequence[pl.Expr], needed: int) -> pl.Expr:
    """The n-th best answer of the parts: with all needed their worst, with one needed their best."""
    if needed == len(parts):
        return pl.min_horizontal(parts)
    if needed == 1:
        return pl.max_horizontal(parts)

    def reaches(code: int) -> pl.Expr:
        return pl.sum_horizontal([(part >= code).cast(pl.Int8) for part in parts]) >= needed

    return (
        pl.when(reaches(MET))
        .then(constant(MET))
        .when(reaches(JUDGEMENT))
        .then(constant(JUDGEMENT))
        .when(reaches(UNKNOWN))
        .then(constant(UNKNOWN))
        .otherwise(constant(NOT_MET))
    )


def names_of(column: pl.Expr) -> pl.Expr:
    """The answers by name."""
    return named(NAMES, column)


def named(names: Sequence[str | None], number: pl.Expr) -> pl.Expr:
    """The n-th name for each number, null for null; picked by place, which is faster than looked up."""
    return pl.lit(pl.Series(names, dtype=pl.String)).gather(number)
