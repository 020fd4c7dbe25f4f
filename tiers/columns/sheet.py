"""The columns that conditions are worked out in, stage by stage: each is written once and read by its name after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

import polars as pl


class Stage(IntEnum):
    """What is worked out after what; groups come last, the innermost first."""

    MEASURE = 0
    VALUE = 1
    TEST = 2
    BAND = 3
    SCALE = 4
    REACH = 5
    INDICATOR = 6
    TOTAL = 7
    SUM = 8
    ANSWER = 9
    GROUP = 10


FEW_ROWS = 1_000
"""Columns of so few rows follow one another: to have threads share them takes longer than the columns."""


@dataclass
class Sheet:
    """Named expressions by stage; what two conditions or two editions share, they share by its name.

    ``owner`` names the edition, for columns that are its own.
    """

    owner: str = ""
    stages: dict[int, dict[str, pl.Expr]] = field(default_factory=dict)

    def put(self, stage: int, name: str, expression: pl.Expr) -> pl.Expr:
        """Have ``expression`` worked out in that stage; the column to read it from later."""
        self.stages.setdefault(stage, {}).setdefault(name, expression)
        return pl.col(name)

    def __iter__(self) -> Iterator[dict[str, pl.Expr]]:
        """The stages in their order."""
        return (self.stages[stage] for stage in sorted(self.stages))

    def on(self, frame: pl.DataFrame) -> pl.DataFrame:
        """``frame`` with the columns, stage by stage."""
        for columns in self:
            in_stage = frame.with_columns_seq if frame.height <= FEW_ROWS else frame.with_columns
            frame = in_stage(**columns)
        return frame

    def read_by(self, expressions: Iterable[pl.Expr]) -> "Sheet":
        """The columns that ``expressions`` rest on, directly or through other columns."""
        read, kept = roots(expressions), Sheet(self.owner)
        for stage in sorted(self.stages, reverse=True):
            columns = {name: column for name, column in self.stages[stage].items() if name in read}
            if columns:
                kept.stages[stage] = columns
                read |= roots(columns.values())
        return kept

    def resting_on(self, names: Iterable[str]) -> "Sheet":
        """The columns that change with some facts, directly or through other columns."""
        changed, kept = set(names), Sheet(self.owner)
        for stage in sorted(self.stages):
            columns = {name: column for name, column in self.stages[stage].items() if roots([column]) & changed}
            if columns:
                kept.stages[stage] = columns
                changed |= columns.keys()
        return kept


def roots(expressions: Iterable[pl.Expr]) -> set[str]:
    """Root columns, without those that are aliases."""
    return {name for expression in expressions for name in expression.meta.root_names()}


def merged(sheets: Iterable[Sheet]) -> Sheet:
    """All columns of several sheets; the same name means the same column."""
    union = Sheet()
    for sheet in sheets:
        for stage, columns in sheet.stages.items():
            union.stages.setdefault(stage, {}).update(columns)
    return union
