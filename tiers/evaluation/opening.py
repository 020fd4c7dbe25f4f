"""The day on which time alone meets a condition or group, as days since 1970; ``PASSED`` where it is met already.

Conditions left to people's judgement count as met: everything that can be counted is then met.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from tiers.columns import outcome
from tiers.evaluation.part import Part

PASSED: Final = pl.lit(-(1 << 31) + 1, dtype=pl.Int32)
NEVER: Final = pl.lit((1 << 31) - 1, dtype=pl.Int32)
"""Where more than time is missing, or no day can be named."""


def of_condition(answer: pl.Expr, day: pl.Expr) -> pl.Expr:
    """``day`` where the condition fails."""
    is_failing = answer == outcome.NOT_MET
    opens = pl.when(is_failing).then(day.cast(pl.Date).to_physical().fill_null(NEVER)).otherwise(NEVER)
    return pl.when(answer >= outcome.JUDGEMENT).then(PASSED).otherwise(opens)


def of_group(parts: Sequence[Part], needed: int) -> pl.Expr | None:
    """The day by which as many parts as are needed are met; None where no part waits for a day."""
    if all(part.opens is None for part in parts):
        return None
    days = [_of_part(part) for part in parts]
    if needed == len(parts):
        return pl.max_horizontal(days)
    return pl.min_horizontal(days) if needed == 1 else pl.concat_list(days).list.sort().list.get(needed - 1)


def _of_part(part: Part) -> pl.Expr:
    if part.opens is not None:
        return part.opens
    return pl.when(part.answer >= outcome.JUDGEMENT).then(PASSED).otherwise(NEVER)


def day_of(part: Part) -> pl.Expr:
    """The day as a date where the part fails and only time is missing; else null."""
    if part.opens is None:
        return pl.lit(None, dtype=pl.Date)
    waits = (part.answer == outcome.NOT_MET) & (part.opens != NEVER) & (part.opens != PASSED)
    return pl.when(waits).then(part.opens).cast(pl.Date)
