"""Messages: a verdict as a sentence with its deciding condition, and values with their units."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import floor, log10
from typing import Any

from tiers.messages.figures import currency_word, is_currency, unit_word, word
from tiers.messages.wording import ANSWERS, answer_of
from tiers.schema.facts import fact_of, label

_MULTIPLES = {
    "zh": ((10**8, "hundred_million"), (10**4, "ten_thousand")),
    "en": ((10**6, "million"),),
}
"""The multiples of a currency unit that amounts are shown in, the largest first, with the names of their words."""
DECIMALS = 2
"""Of a shown value, unless it would then read as zero or as its bound."""


def show(value: float | None, unit: str, lang: str, gap: float | None = None) -> str:
    """A display value with its unit: 元, 万元 or 亿元 by size, percent, a day as 2026-06-30; – where not known.

    With ``gap``, its distance from a bound, it gets the decimals that keep it from reading as the bound: 9.996 %.
    """
    if value is None:
        return "–"
    if is_currency(unit):
        return _money(value, unit, lang, gap)
    if unit == "bool":
        return word("affirmed" if value else "denied", lang)
    if unit == "date":
        digits = f"{int(value):08d}"
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    number = _rounded(value, gap) if value % 1 else f"{value:,.0f}"
    if unit not in ("percent", "year") and "." in number:
        number = number.rstrip("0").removesuffix(".")
    return number + unit_word(unit, lang, number)


def show_fact(column: str, stored: Any, lang: str) -> str:
    """A stored value of a column of facts as people read it; – where it is not known."""
    fact = fact_of(column)
    return show(None if stored is None else float(stored) / (100 if fact.type == "money" else 1), fact.unit, lang)


def show_gap(value: float, unit: str, lang: str) -> str:
    """What is missing, with its unit; between two percentages it is in percentage points."""
    if unit == "percent":
        return _rounded(value) + word("percentage_points", lang)
    return show(value, unit, lang)


def _rounded(value: float, gap: float | None = None) -> str:
    """Two decimals; of a smaller value or gap its first two digits, so that only zero is shown as zero."""
    if value and not round(value, DECIMALS):
        return f"{value:,.{1 - floor(log10(abs(value)))}f}".rstrip("0")
    if gap and any(round(value, DECIMALS) == round(value + side, DECIMALS) for side in (gap, -gap)):
        return f"{value:,.{max(DECIMALS + 1, 1 - floor(log10(gap)))}f}".rstrip("0")
    return f"{value:,.{DECIMALS}f}"


def _money(value: float, unit: str, lang: str, gap: float | None = None) -> str:
    size, multiple = next((pair for pair in _MULTIPLES[lang] if abs(value) >= pair[0]), (1, ""))
    between = word(multiple, lang) if multiple else " " if lang == "zh" else ""
    return f"{_rounded(value / size, gap and gap / size)}{between}{currency_word(unit, lang)}"


def why_unknown(missing_fact: str | None, unit: str, lang: str) -> str:
    """The figure that is not known; without one the text is not known, or the figures make no quotient."""
    if unit == "text":
        return "条文未见全文" if lang == "zh" else "the text was not available"
    if missing_fact is None:
        return (
            "分母为零或为负，比率没有意义"
            if lang == "zh"
            else "its base is zero or negative, so the rate means nothing"
        )
    name = label(missing_fact, lang)
    return f"缺 {name}" if lang == "zh" else f"missing: {name}"


def sentence(verdict: Mapping[str, Any], conditions: Sequence[Mapping[str, Any]], lang: str) -> str:
    """The verdict in one sentence, with the deciding one of its findings ``conditions``."""
    answer = ANSWERS[answer_of(verdict)].sentence(lang)
    deciding = next((finding for finding in conditions if finding.get("is_deciding")), None)
    if deciding is None or verdict["outcome"] == "met":
        return answer
    condition, clause = deciding[lang], deciding.get("clause") or ""
    parts = [f"{condition}（{clause}）" if lang == "zh" else f"{condition} ({clause})"]
    if verdict["outcome"] == "unknown":
        parts.append(why_unknown(deciding.get("missing_fact"), deciding.get("unit") or "", lang))
    if verdict["outcome"] == "not_met":
        parts += _lacking(verdict, deciding, lang)
    joint = "：" if lang == "zh" else ": "
    return answer + joint + ("，" if lang == "zh" else ", ").join(parts)


def _lacking(verdict: Mapping[str, Any], deciding: Mapping[str, Any], lang: str) -> list[str]:
    """What the deciding condition lacks: the day that brings it, the gap, or of what is closed the value beyond it."""
    unit = deciding.get("unit") or ""
    if verdict.get("is_closed"):
        return _beyond(deciding.get("value"), unit, lang)
    if verdict.get("opens_on"):
        return [opening(verdict["opens_on"], lang)]
    if not deciding.get("gap"):
        return []
    gap = show_gap(deciding["gap"], deciding.get("gap_unit") or unit, lang)
    return [f"差 {gap}" if lang == "zh" else f"short by {gap}"]


def _beyond(value: float | None, unit: str, lang: str) -> list[str]:
    """The value that is beyond the line; that of a yes or no adds nothing."""
    if value is None or unit in ("bool", "code", "text"):
        return []
    return [f"实为 {show(value, unit, lang)}" if lang == "zh" else f"it is {show(value, unit, lang)}"]


def opening(day: date, lang: str) -> str:
    """That only time is missing, and the day that brings it."""
    if lang == "zh":
        return f"其余可计算条件均已达到，自 {day} 起达到"
    return f"all else that can be counted is met, and from {day} on this is too"
