"""Amounts and shares as a person writes them, and results of the calculators as data."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from tiers.amounts import exact_amount
from tiers.errors import FigureError, TierError
from tiers.result import Result
from tiers.schema.literal import parse_literal
from warehouse.errors import BadInput
from warehouse.rows import Row


def yuan(text: str) -> Fraction:
    """An amount with its unit, ``200万元``, in yuan; raises ``BadInput``."""
    try:
        amount = exact_amount(text, "CNY")
    except FigureError as error:
        zh, en = "金额须带单位，例如 200万元", "write an amount with its unit, as in 200万元"
        raise BadInput(f"{zh}：{text}，{error.zh}", f"{en}: {text}, {error.en}") from error
    return _not_negative(amount, text)


def share(text: str) -> Fraction:
    """A share, ``55%``, as a part of 1; raises ``BadInput``."""
    zh, en = "比例写成百分数，例如 55%", "write a share in percent, as in 55%"
    try:
        literal = parse_literal(text)
    except ValueError as error:
        raise BadInput(f"{zh}：{text}", f"{en}: {error}") from error
    if literal.unit != "percent":
        raise BadInput(f"{zh}：{text}", f"{en}: {text}")
    return _not_negative(literal.amount, text)


def _not_negative(amount: Fraction, text: str) -> Fraction:
    if amount < 0:
        raise BadInput(f"不能为负：{text}", f"cannot be negative: {text}")
    return amount


def plain(value: Any) -> Any:
    """A value of the calculators as JSON can hold it: parts by name, exact fractions as floats."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return float(value) if isinstance(value, Fraction) else value


def reliability(result: Result[Any]) -> Row:
    """Status, the facts that are missing, documents with clause, and the reasons for doubt."""
    return {
        "status": result.status,
        "missing": list(result.missing),
        "documents": list(result.documents),
        "reasons": [{"zh": reason.zh, "en": reason.en} for reason in result.reasons],
    }


def answers(results: Mapping[str, Result[Any]]) -> list[Row]:
    """Name and value of each result, with its documents and confidence."""
    return [{"name": name, "value": plain(result.value), **reliability(result)} for name, result in results.items()]


@contextmanager
def refused_as_bad_input() -> Iterator[None]:
    """Raise what the rules refuse (a negative figure, a day before every text) as ``BadInput``."""
    try:
        yield
    except TierError as error:
        raise BadInput(error.zh, error.en) from error
