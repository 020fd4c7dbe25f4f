"""The answer of a test of a quantity: where it is known, where it has no meaning, and where a fact is missing."""

import polars as pl

from tiers.columns import outcome
from tiers.evaluation.bound import UPWARD
from tiers.evaluation.measured import Measured, passes
from tiers.schema.literal import Literal


def answer_of_test(measured: Measured, operator: str, literal: Literal, otherwise: int, undefined: int) -> pl.Expr:
    """The code of the answer; ``otherwise`` where the test fails, ``undefined`` where the quantity has no meaning."""
    failing = outcome.constant(otherwise)
    answer = outcome.of_test(passes(measured.num, measured, operator, literal), otherwise)
    if measured.undefined is not None:
        answer = pl.when(measured.undefined).then(outcome.constant(undefined)).otherwise(answer)
    answer = pl.when(measured.is_missing).then(_within_bounds(measured, operator, literal, failing)).otherwise(answer)
    if measured.has_no_base is not None:  # there is no rate to be met
        answer = pl.when(measured.has_no_base).then(outcome.constant(outcome.NOT_MET)).otherwise(answer)
    return answer


def _within_bounds(measured: Measured, operator: str, literal: Literal, failing: pl.Expr) -> pl.Expr:
    """The answer with a missing fact: decided if floor or ceiling of the value decides it, else unknown."""
    answer: pl.Expr = outcome.constant(outcome.UNKNOWN)
    worst, best = (measured.floor, measured.ceiling) if operator in UPWARD else (measured.ceiling, measured.floor)
    if operator == "is":
        return answer
    if worst is not None:
        always = passes(worst, measured, operator, literal)
        answer = pl.when(always).then(outcome.constant(outcome.MET)).otherwise(answer)
    if best is not None:
        answer = pl.when(~passes(best, measured, operator, literal)).then(failing).otherwise(answer)
    return answer
