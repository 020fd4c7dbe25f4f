"""Parses a fact as a person writes it, ``revenue_y0=5200万元``, into its column and stored value."""

from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from tiers.amounts import exact_amount
from tiers.errors import FactsError, FigureError
from tiers.schema.facts import DECIMALS, Fact, fact_of, schema
from tiers.schema.literal import parse_literal

YES, NO = ("是", "true", "yes"), ("否", "false", "no")
CURRENCIES = {"yuan": "CNY", "usd": "USD", "eur": "EUR"}
UNKNOWN = ("", "未知", "unknown")
EXAMPLES = {"date": "2026-06-30", "money": "5200万元", "percent": "12.5%"}
"""How a value of a type is written; any other type is a plain number."""


def parse_fact(name: str, value: object) -> tuple[str, Any]:
    """The column and the stored value; amounts carry their unit, the name may leave out ``_fen`` or ``_cents``.

    Raises ``FactsError`` for an unknown name or a value of another type.
    """
    column = next((spelling for spelling in _spellings(name) if spelling in schema()), None)
    if column is None:
        raise FactsError(f"没有名为 {name} 的数据", f"no fact is called {name}")
    fact = fact_of(column)
    if value is None or (isinstance(value, str) and value.strip().lower() in UNKNOWN):
        return column, None
    try:
        return column, _stored(fact, value)
    except FigureError as error:
        raise FactsError(f"{name}={value}：{error.zh}", f"{name}={value}: {error.en}") from error
    except (ValueError, InvalidOperation) as error:
        example = EXAMPLES.get(fact.type, "128")
        raise FactsError(
            f"{name}={value}：不是 {fact.zh} 的值，例如 {example}",
            f"{name}={value}: no value of {fact.en}, such as {example}",
        ) from error


def _spellings(name: str) -> tuple[str, ...]:
    stem, _, year = name.rpartition("_")
    return name, f"{stem}_fen_{year}", f"{stem}_cents_{year}", f"{name}_cents", f"{name}_fen"


def _stored(fact: Fact, value: object) -> Any:
    if fact.type == "text":
        return str(value)
    if fact.type == "date":
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if fact.type == "bool":
        return value if isinstance(value, bool) else _yes_or_no(str(value))
    if fact.type == "money" and isinstance(value, str):
        return _whole(exact_amount(value, CURRENCIES[fact.unit]) * fact.scale)
    if fact.type in ("people", "points", "percent"):
        return _to_last_decimal(Decimal(str(value).rstrip("人%").strip()))
    if isinstance(value, str) and not value.strip().lstrip("-").isdigit():
        amount = parse_literal(value).amount
    elif fact.type == "money" and value not in (0, "0"):
        raise FigureError("金额须带单位，如 5200万元", "an amount carries its unit, such as 5200万元")
    else:
        amount = Fraction(str(value))
    return _whole(amount * fact.scale if fact.type == "money" else amount)


def _whole(amount: Fraction) -> int:
    if amount.denominator != 1:
        raise FigureError("金额到分为止，件数为整数", "amounts go to the fen, counts are whole")
    return amount.numerator


def _to_last_decimal(number: Decimal) -> Decimal:
    if number != round(number, DECIMALS):
        raise FigureError(f"最多 {DECIMALS} 位小数", f"at most {DECIMALS} decimals")
    return number


def _yes_or_no(text: str) -> bool:
    if text.strip().lower() in YES + NO:
        return text.strip().lower() in YES
    raise FigureError("请写 是 或 否", "write 是 or 否")
