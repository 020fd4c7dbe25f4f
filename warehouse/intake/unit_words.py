"""Units that headings and the lines above a table state: 营业收入（千元）, 单位：万元, 金额单位:人民币千元."""

import re
import unicodedata
from functools import lru_cache

from tiers.amounts import Unit, read_unit

_HAS_YUAN = re.compile("[元圆圓块]|yuan", re.IGNORECASE)
YUAN = {1: "元", 10**3: "千元", 10**4: "万元", 10**6: "百万元", 10**7: "千万元", 10**8: "亿元"}
"""The name of each unit of yuan by its size."""

_COUNTED = re.compile(r"人|件|项|家|个|次|篇|条|年|月|日|吨标准煤|平方米|㎡|m2|%|-|—|/")
_IN_HEADING = re.compile(
    r"[(\[【〔](?:金额)?(?:单位:)?([^()\[\]【】〔〕]+)[)\]】〕]$|[:/_,-](?:单位:)?([^:/_,()-]+)$|([千万亿]元|百万元|千万元)$"
)
_LINE = re.compile(
    r"(?<!\w)(?:金额|货币|计量|本表)?(?:计量)?单位(?:[:：]|\s)\s*([^\s,，;；。)）】\]]+(?:\s*[（(][^()（）]*[)）])?)"
)
"""单位 of 填报单位 or 编制单位 names an office, so no letter may precede it but those listed."""
_THOUSANDS = re.compile(r"(?:RMB|CNY|人民币)\s*['\u2018\u2019]000\b", re.IGNORECASE)
_YUAN = r"(?:人民币)?(?:[千万亿]|百万|千万)?元"
_IN_WORDS = re.compile(
    rf"单位(?:均|都|统一|一律)?[为是]\s*({_YUAN})|以\s*({_YUAN})\s*(?:计|为单位|列示|填报|表示)"
    rf"|(?:金额|货币|人民币)[:：]\s*({_YUAN})(?=\s|$)|(?:^|\s)[（(]({_YUAN})[)）](?=\s|$)"
)
"""Units that sentences and lone brackets state: 金额以千元计, （万元）."""


def folded(text: str) -> str:
    """NFKC, case-folded, without blanks and invisible signs."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff]", "", composed)


@lru_cache(maxsize=10_000)
def split_heading(heading: str) -> tuple[str, str | None]:
    """A folded heading without the unit at its end, and that unit; the latter None where it has none."""
    text = folded(heading)
    match = _IN_HEADING.search(text)
    if match is None or not match.start():
        return text, None
    written = match[1] or match[2] or match[3]
    unit = money_unit_of(written)
    if unit is None and not (match[1] and _COUNTED.fullmatch(written)):
        return text, None
    return text[: match.start()], unit or written


@lru_cache(maxsize=10_000)
def money_unit_of(text: str) -> str | None:
    """The unit of money that a text names, yuan by the names of ``YUAN``; None where it is none.

    人民币 and RMB alone are none, since the amounts beside them may be thousands.
    """
    plain = text.strip().rstrip(")）").replace("（", "(").replace("(", "")
    unit = read_unit(plain)
    if unit is None or (unit == Unit(1, "CNY") and not _HAS_YUAN.search(plain)):
        return None
    return _name(unit, plain)


def _name(unit: Unit, text: str) -> str:
    return YUAN.get(unit.scale, text) if unit.currency == "CNY" else text


def is_unit(text: str) -> bool:
    """Whether a text is a unit, of money or counted."""
    return _COUNTED.fullmatch(folded(text)) is not None or money_unit_of(text) is not None


def units_in_lines(text: str) -> set[str]:
    """The units of money that lines above a table state; 单位：万元、人 states one, 填报单位：元谷园 none."""
    text = _THOUSANDS.sub("单位：千元 ", text)
    stated = [*_LINE.findall(text), *("".join(match) for match in _IN_WORDS.findall(text))]
    parts = (part for match in stated for part in re.split("[、/及和]", match))
    return {unit for part in parts if (unit := money_unit_of(part))}
