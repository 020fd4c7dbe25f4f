"""Reads a text as an amount of money; what is not understood as a whole is not read."""

import re
from fractions import Fraction
from functools import lru_cache

from tiers.amounts.amount import Amount, Reason, Unread
from tiers.amounts.grammar import Parser
from tiers.amounts.numerals import parse_figure
from tiers.amounts.quantity import Unit
from tiers.amounts.tokens import FIGURE_KIND, normalised, tokens
from tiers.amounts.vocabulary import vocabulary
from tiers.errors import FigureError

LONGEST = 200
"""Characters; a longer text is prose."""

_IN_BRACKETS = re.compile(r"\(([\d.,]+)\)")
"""A negative figure as accountants write it; only where the column gives the unit."""


def read_amount(text: str, unit: str | None = None) -> Amount:
    """The amount of a text; ``unit``, such as 万元 or 百万美元, is that of its column."""
    written = normalised(text)
    if re.sub(r"\s", "", written) in _undisclosed() or written in vocabulary().undisclosed:
        return Amount("undisclosed")
    stated = read_unit(unit) if unit else None
    if unit and (negative := _IN_BRACKETS.fullmatch(written)):
        written = f"-{negative[1]}"
    try:
        if len(written) > LONGEST:
            raise Unread(Reason.WORDS)
        span = Parser(tokens(written), stated).amount()
    except Unread as error:
        return Amount("unread", reason=error.reason)
    return Amount("exact" if span.is_exact else "range", span.low, span.high, span.currency)


def exact_amount(text: str, currency: str) -> Fraction:
    """The amount that a person typed, in units of a currency.

    Raises ``FigureError`` with the reason alone: who asked names the text.
    """
    amount = read_amount(text)
    if amount.reason is not None:
        zh, en = amount.reason.value
        raise FigureError(zh, en)
    if amount.kind != "exact" or amount.low is None:
        raise FigureError("须为一个确定的金额，例如 5200万元", "one exact amount is wanted, such as 5200万元")
    if amount.low and amount.currency != currency:
        raise FigureError(f"币种须为 {currency}，并写明", f"the currency is to be {currency}, and written")
    return amount.low


@lru_cache
def _undisclosed() -> frozenset[str]:
    return frozenset(re.sub(r"\s", "", word) for word in vocabulary().undisclosed)


@lru_cache(maxsize=1000)
def read_unit(text: str) -> Unit | None:
    """A unit of money such as 万元, 人民币千元, 百万美元, million USD or 元/人; None where it is none."""
    written = normalised(text).removesuffix("/人").removesuffix("/户")
    scale, currency, is_money = 1, None, False
    for token in tokens(written):
        if token.kind == FIGURE_KIND:
            figure = parse_figure(token.text) if re.fullmatch("[十百千万亿]+", token.text) else None
            if figure is None or scale != 1:
                return None
            scale = figure.scale
        elif token.kind == "scale" and scale == 1:
            scale = int(str(token.value))
        elif token.kind in ("currency", "sign") and currency in (None, token.value):
            currency = str(token.value)
        elif token.kind != "yuan":
            return None
        is_money = is_money or token.kind in ("currency", "sign", "yuan")
    return Unit(scale, currency or "CNY") if is_money else None
