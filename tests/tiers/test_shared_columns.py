"""Conditions and editions share a column by its name, so that a name means one expression in all of them."""

from datetime import date

import polars as pl
import pytest

from tiers import load_rulebook
from tiers.columns.sheet import Sheet
from tiers.evaluation.compiled import _Compiler

pytestmark = pytest.mark.rule("rules-are-data")

DAY = date(2026, 6, 30)


def test_a_column_of_a_name_is_the_same_expression_in_every_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    named: dict[tuple[int, str], pl.Expr] = {}
    different: list[str] = []
    put = Sheet.put

    def compared(sheet: Sheet, stage: int, name: str, expression: pl.Expr) -> pl.Expr:
        if not named.setdefault((stage, name), expression).meta.eq(expression):
            different.append(f"{sheet.owner}: {name}")
        return put(sheet, stage, name, expression)

    monkeypatch.setattr(Sheet, "put", compared)
    for edition in load_rulebook().editions.values():
        _Compiler(edition, DAY, DAY).compiled()

    assert different == []
    assert len(named) > len(load_rulebook().editions)
