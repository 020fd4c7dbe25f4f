"""The grammar of amounts, by recursive descent over the tokens of a text.

amount     = {label} [between] quantity [range-sign quantity] [between-after] {equivalent}
quantity   = {lower | upper | about | currency | label} money {lower-after | upper-after | about | grade}
money      = [-] figure {scale} {元 | currency | 整 | unit in brackets}
equivalent = "(" quantity ")" | "," about quantity
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from tiers.amounts.amount import Reason, Span, Unread
from tiers.amounts.numerals import Figure, Unreadable, parse_figure
from tiers.amounts.quantity import Quantity, Unit, agree, mark, scale
from tiers.amounts.spans import agreed, span_of
from tiers.amounts.tokens import CLOSE, COMMA, FIGURE_KIND, OPEN, Token

TEN = 10
_BEFORE = ("lower", "upper", "about", "currency", "sign", "label")
_AFTER = ("yuan", "currency", "sign", "closing", "lower_after", "upper_after", "about", "grade")
_OF_UNITS = ("yuan", "currency", "sign", "about", "closing", "label")
_MYRIAD = 10**4
_FRACTIONS = {"jiao": Fraction(1, 10), "fen": Fraction(1, 100)}


class Parser:
    """Reads the tokens of one text from left to right; raises ``Unread`` where a token fits nowhere."""

    def __init__(self, tokens: Iterable[Token], unit: Unit | None) -> None:
        self._tokens, self._position, self._unit = list(tokens), 0, unit

    def amount(self) -> Span:
        """The amount of the whole text."""
        self._skip("label", "between")
        span = self._bounded()
        while self._rest:
            span = self._with_equivalent(span)
        return span

    @property
    def _rest(self) -> Sequence[Token]:
        return self._tokens[self._position :]

    def _next_kind(self, ahead: int = 0) -> str:
        position = self._position + ahead
        return self._tokens[position].kind if position < len(self._tokens) else ""

    def _take(self) -> Token:
        token = self._tokens[self._position]
        self._position += 1
        return token

    def _skip(self, *kinds: str) -> None:
        while self._next_kind() in kinds:
            self._position += 1

    def _bounded(self) -> Span:
        """One quantity, or two with a sign of a range between them."""
        first = self._quantity()
        if self._next_kind() != "ranges":
            self._skip("between_after")
            return self._span(first)
        self._take()
        second = self._quantity()
        self._skip("between_after")
        low, high = self._span(_completed(first, second)), self._span(second)
        low = replace(low, currency=low.currency or high.currency)
        high = replace(high, currency=high.currency or low.currency)
        if low.currency != high.currency or None in (low.low, high.high) or _value(low.low) > _value(high.high):
            raise Unread(Reason.CONTRADICTION)
        return Span(low.low, high.high, low.currency)

    def _quantity(self) -> Quantity:
        quantity = Quantity()
        sign = 1
        while (kind := self._next_kind()) in (*_BEFORE, "ranges", OPEN):
            if kind == OPEN:
                self._unit_in_brackets(quantity)
            elif kind == "ranges":
                sign = self._prefix_sign(quantity, sign)
            else:
                mark(self._take(), quantity)
        if self._next_kind() != FIGURE_KIND:
            raise Unread(self._why())
        self._figure(quantity)
        self._suffixes(quantity)
        quantity.value *= sign
        return quantity

    def _prefix_sign(self, quantity: Quantity, sign: int) -> int:
        """A minus, or ~ for about, before a figure."""
        token = self._take()
        if token.text == "~":
            quantity.marks.add("about")
            return sign
        if token.text != "-" or self._next_kind() not in (FIGURE_KIND, "sign", "currency"):
            raise Unread(Reason.NUMBER)
        return -sign

    def _figure(self, quantity: Quantity) -> None:
        figure = _parsed(self._take())
        quantity.figure, quantity.value = figure, figure.value
        quantity.scale = figure.scale if figure.scale > 1 else 0
        quantity.is_spoken = not figure.is_bare and 1 < figure.scale < _MYRIAD
        if figure.is_more:
            quantity.marks.add("lower")
        if self._next_kind() == FIGURE_KIND and (unit := _parsed(self._tokens[self._position])).is_bare:
            self._take()
            scale(quantity, unit.scale)
        if self._next_kind() == "scale":
            scale(quantity, int(str(self._take().value)))

    def _suffixes(self, quantity: Quantity) -> None:
        while (kind := self._next_kind()) in (*_AFTER, OPEN):
            if kind == OPEN:
                if self._has_figure_in_brackets():
                    return
                self._unit_in_brackets(quantity)
            else:
                mark(self._take(), quantity)
            if quantity.has_yuan and self._next_kind() == FIGURE_KIND and self._next_kind(1) in _FRACTIONS:
                self._fractions(quantity)

    def _fractions(self, quantity: Quantity) -> None:
        """角 and 分 after 元, each less than ten."""
        while self._next_kind() == FIGURE_KIND and self._next_kind(1) in _FRACTIONS:
            digit = _parsed(self._take()).value
            if digit >= TEN:
                raise Unread(Reason.NUMBER)
            quantity.value += digit * _FRACTIONS[self._take().kind]

    def _has_figure_in_brackets(self) -> bool:
        for token in self._rest[1:]:
            if token.kind == CLOSE:
                return False
            if token.kind == FIGURE_KIND and not _parsed(token).is_bare:
                return True
        raise Unread(Reason.WORDS)

    def _unit_in_brackets(self, quantity: Quantity) -> None:
        """(万元), (单位:万元), (人民币): completes a figure; a unit that the figure has already must be the same."""
        self._take()
        size, has_yuan = 0, False
        while self._next_kind() not in (CLOSE, ""):
            token = self._take()
            has_yuan = has_yuan or token.kind == "yuan"
            size = _size(token) or size
            if token.kind in ("currency", "sign", "about"):
                mark(token, quantity)
        if not self._rest:
            raise Unread(Reason.WORDS)
        self._take()
        if has_yuan and (quantity.currencies or quantity.signs) - {"CNY"}:
            raise Unread(Reason.CONTRADICTION)
        if size or has_yuan:
            agree(quantity, size or 1)
        quantity.has_yuan = quantity.has_yuan or has_yuan

    def _with_equivalent(self, span: Span) -> Span:
        """An amount in brackets, or after a comma with 约合: the same in another currency, or written another way."""
        opening = self._take().kind if self._next_kind() in (OPEN, COMMA) else ""
        if not opening or (opening == COMMA and self._next_kind() != "about"):
            self._position -= bool(opening)
            raise Unread(self._why())
        is_converted = self._next_kind() == "about"
        other = self._bounded()
        if opening == OPEN and (self._next_kind() != CLOSE or not self._take()):
            raise Unread(self._why())
        return agreed(span, other, is_converted)

    def _why(self) -> Reason:
        has_figure = any(token.kind == FIGURE_KIND for token in self._rest)
        return Reason.SEVERAL if self._position and has_figure else Reason.WORDS

    def _span(self, quantity: Quantity) -> Span:
        value, currency = quantity.value, quantity.currency
        unit = self._unit or Unit()
        if not quantity.is_complete:
            if unit.currency and currency not in (None, unit.currency):
                raise Unread(Reason.CONTRADICTION)
            if self._unit is None and currency is None and value:
                raise Unread(Reason.UNIT)
            value *= unit.scale
        elif quantity.is_spoken and unit.scale > 1 and not quantity.has_yuan and currency is None:
            raise Unread(Reason.UNIT)  # 一千二百 in a column of 千元 is yuan or thousands of them
        return span_of(value, currency or unit.currency, quantity.marks, quantity.figure)


def _parsed(token: Token) -> Figure:
    try:
        return parse_figure(token.text)
    except (Unreadable, ValueError) as error:
        raise Unread(Reason.NUMBER) from error


def _size(token: Token) -> int:
    """The size that a token of a unit in brackets names; 0 where it is another word of a unit."""
    if token.kind == "scale":
        return int(str(token.value))
    if token.kind == FIGURE_KIND and (unit := _parsed(token)).is_bare:
        return unit.scale
    if token.kind not in _OF_UNITS:
        raise Unread(Reason.WORDS)
    return 0


def _value(end: Fraction | None) -> Fraction:
    return end or Fraction(0)


def _completed(first: Quantity, second: Quantity) -> Quantity:
    """The first figure of 1000-2000万, with the unit of the second."""
    if first.is_complete or not second.scale:
        return first
    return replace(first, value=first.value * second.scale, scale=second.scale)
