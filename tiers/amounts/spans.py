"""The ends that words give to a figure, and the agreement of two writings of one amount."""

from dataclasses import replace
from fractions import Fraction

from tiers.amounts.amount import Reason, Span, Unread
from tiers.amounts.numerals import Figure
from tiers.amounts.vocabulary import vocabulary

TEN = 10


def span_of(value: Fraction, currency: str | None, marks: set[str], figure: Figure | None) -> Span:
    """The ends of a figure with these marks: lower, upper, about, grade."""
    if {"lower", "upper"} <= marks:
        raise Unread(Reason.CONTRADICTION)
    low, high = value, value
    bounds = marks & {"lower", "upper"}
    if figure and figure.is_bare and (not bounds or figure.is_several):
        low, high = sorted((value, value * TEN))
    elif "grade" in marks:
        raise Unread(Reason.NUMBER)
    elif "about" in marks:
        half = _last_place(value) / 2
        low, high = value - half, value + half
    if "lower" in marks:
        return Span(low, None, currency)
    return Span(None if "upper" in marks else low, high, currency)


def _last_place(value: Fraction) -> Fraction:
    """The place of the last digit that is not nought: 10^7 of 3000万, 10^6 of 1200万."""
    place = Fraction(1)
    if not value:
        return Fraction(0)
    while (value / place).denominator != 1:
        place /= TEN
    while (value / (place * TEN)).denominator == 1:
        place *= TEN
    return place


def agreed(span: Span, other: Span, is_converted: bool) -> Span:
    """The amount where a second writing of it agrees; the exact one, else the one that is no conversion."""
    if span.currency == other.currency or None in (span.currency, other.currency):
        apart = not _overlap(span, other, Fraction(1), Fraction(1))
        if apart:
            raise Unread(Reason.CONTRADICTION if is_converted else Reason.SEVERAL)
        chosen = other if other.is_exact and not span.is_exact else span
        return replace(chosen, currency=span.currency or other.currency)
    least, most = _rates(str(span.currency), str(other.currency))
    if not _overlap(span, other, least, most):
        raise Unread(Reason.CONTRADICTION)
    return other if other.is_exact and not span.is_exact and not is_converted else span


def _rates(currency: str, other: str) -> tuple[Fraction, Fraction]:
    """Between how many units of the other currency one of this has lain; raises where that is not known."""
    rates = vocabulary().rates
    if currency not in rates or other not in rates:
        raise Unread(Reason.CONTRADICTION)
    return rates[currency][0] / rates[other][1], rates[currency][1] / rates[other][0]


def _overlap(span: Span, other: Span, least: Fraction, most: Fraction) -> bool:
    """Whether some rate between two makes the amounts equal."""
    is_above = span.low is not None and other.high is not None and span.low * least > other.high
    is_below = span.high is not None and other.low is not None and span.high * most < other.low
    return not is_above and not is_below
