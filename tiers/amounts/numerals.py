"""Figures as they are written: 1,200, 1.2E+4, 2亿500万, 3千5百万, 三千万, 叁仟伍佰, 1.5个亿, 数千万, 3000多万.

A figure is read whole or not at all; 1亿2, 一百二 and 2亿500 are not read, since they are written for two amounts each.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

_FORMAL = str.maketrans(
    "〇零一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億", "001223456789122334566789十百千万亿"
)
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BASE, _MYRIAD, _HUNDRED_MILLION = 10, 10**4, 10**8
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,2})?"
_UNITS = r"[十百千万亿]"
_CHINESE = "〇零一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖"
_NONZERO = _CHINESE[2:]
FIGURE = re.compile(
    rf"[数几]?(?:{_ARABIC}|[{_CHINESE}十百千万亿拾佰仟萬億]|(?<!^)(?<!\s)个(?=[百千万亿萬億])|(?<!^)[多余](?=[万亿萬億元美港欧]))+"
)
_TERM = re.compile(rf"(?P<zero>0*)(?P<number>{_ARABIC})?(?P<unit>[十百千])")


@dataclass(frozen=True)
class Figure:
    """``value``; ``scale`` its smallest written unit (1 if none); ``bare``: units without a number, as in 千万级."""

    value: Fraction
    scale: int
    is_bare: bool = False
    is_several: bool = False
    is_more: bool = False


class Unreadable(ValueError):
    """A figure that is not written as figures are."""


def parse_figure(text: str) -> Figure:
    """The figure of a text that ``FIGURE`` matches; raises ``Unreadable``."""
    several = text[0] in "数几"
    digits = text.lstrip("数几").replace("个", "")
    plain = re.sub("[多余]", "", digits)
    scale = _scale_of(plain.translate(_FORMAL))
    if re.fullmatch("[百千万亿佰仟萬億]+", plain) or (several and re.fullmatch("[十百千万亿]+", plain)):
        return Figure(Fraction(_product(plain.translate(_FORMAL))), scale, True, several, plain != digits)
    if several:
        raise Unreadable(text)
    return Figure(_value(_positional(plain)), scale, is_more=plain != digits)


def _positional(text: str) -> str:
    """Formal and everyday numerals as digits; 十 without a number before it is one ten."""
    is_by_place = re.search("[十百千拾佰仟]", text) is None
    if not is_by_place and re.search(f"[{_NONZERO}][{_CHINESE}]", text):
        raise Unreadable(text)
    return text.translate(_FORMAL)


def _scale_of(digits: str) -> int:
    """The product of the units that end the figure: 10^7 of 3千万, 10^4 of 2亿500万, 1 of 1200."""
    units = re.search(rf"{_UNITS}*$", digits)
    return _product(units[0]) if units else 1


def _product(units: str) -> int:
    """The size of units in a row: 千万 is 10^7, 万亿 10^12; descending rows such as 亿万 are none."""
    if not re.fullmatch("十?百?千?万?亿?", units) or len(re.sub("[万亿]", "", units)) > 1:
        raise Unreadable(units)
    product = 1
    for unit in units:
        product *= {**_SMALL, "万": _MYRIAD, "亿": _HUNDRED_MILLION}[unit]
    return product


def _value(digits: str) -> Fraction:
    """The value of digits and units, from 亿 downwards."""
    for unit, size in (("亿", _HUNDRED_MILLION), ("万", _MYRIAD)):
        if unit in digits:
            upper, _, lower = digits.rpartition(unit)
            high = _value(upper) if unit == "亿" else _section(upper)
            return high * size + _lower(lower, upper, size)
    return _section(digits)


def _lower(digits: str, upper: str, size: int) -> Fraction:
    """What follows 亿 or 万; refuses what is written for something else, such as 1万5 for 15,000."""
    if not digits:
        return Fraction(0)
    value = _value(digits)
    is_abbreviated = not digits.startswith("0") and _leaves_out_a_place(digits, value, size)
    if value >= size or "." in upper or "e" in upper or is_abbreviated:
        raise Unreadable(digits)
    return value


def _leaves_out_a_place(digits: str, value: Fraction, size: int) -> bool:
    """Whether figures follow below the place that is next: 1亿5千 is written for 1亿5千万.

    With its own 万, as in 2亿500万, or with all its digits, as in 1万2000, a figure leaves none out.
    """
    if "万" in digits:
        return False
    if re.fullmatch(r"[\d.]+", digits):
        return len(digits) < len(str(size)) - 1
    return value * _BASE < size


def _section(digits: str) -> Fraction:
    """A number below 10,000 with 千, 百, 十, or a number in digits."""
    if re.fullmatch(_ARABIC, digits):
        return Fraction(digits.replace(",", ""))
    value, position, last, terms = Fraction(0), 0, 10**4, 0
    while match := _TERM.match(digits, position):
        number = Fraction((match["number"] or "1").replace(",", ""))
        unit = _SMALL[match["unit"]]
        is_implied = match["number"] is None
        if unit >= last or (is_implied and match["unit"] != "十") or (terms and not 0 < number < _BASE):
            raise Unreadable(digits)
        value, position, last, terms = value + number * unit, match.end(), unit, terms + 1
    return value + _rest(digits, position, last, terms)


def _rest(digits: str, position: int, last: int, terms: int) -> Fraction:
    """The ones after the last unit: as many digits as the unit has noughts."""
    rest = digits[position:]
    if not rest:
        return Fraction(0)
    if not terms or not re.fullmatch(rf"0\d{{1,3}}|\d{{{len(str(last)) - 1}}}", rest):
        raise Unreadable(digits)
    return Fraction(rest)
