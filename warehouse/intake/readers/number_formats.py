"""What a cell's number format makes of its number: a day, a percentage, or the number itself.

Source: ECMA-376 part 1, 18.8.30 (built-in formats, those of East Asia as in Chinese Excel) and 18.8.31 (format codes).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from warehouse.intake.readers.cell_units import CellUnit, unit_of_format


class Shown(StrEnum):
    """How a format shows a number; ``AS_WRITTEN`` for all that show the number itself."""

    DAY = "day"
    TIME = "time"
    SCALED_PERCENT = "scaled percent"
    PERCENT = "percent"
    PER_MILLE = "per mille"
    AS_WRITTEN = "as written"


_DAY_FORMATS = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58}
_TIME_FORMATS = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56}
BUILT_IN = dict.fromkeys(_DAY_FORMATS, Shown.DAY) | dict.fromkeys(_TIME_FORMATS, Shown.TIME)
BUILT_IN |= dict.fromkeys((9, 10), Shown.SCALED_PERCENT)

_QUOTED = re.compile(r'"([^"]*)"?|[\\!](.)')
_SECTION = re.compile(r'((?:"[^"]*"?|[\\!_*].|\[[^\]]*\]|[^;"\\!_*\[])*)(?:;|$)')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+(?:E[+-]?\d{1,3})?)\]", re.IGNORECASE)
_GENERAL = re.compile(r"General|G/通用格式", re.IGNORECASE)
_OF_NUMBERS = 3
"""Sections of a code that are of numbers; a fourth is of texts."""
_SKIPPED = re.compile(r"[_*].")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_EXPONENT = re.compile(r"E[+-]", re.IGNORECASE)
_DAY_PARTS, _CLOCK_PARTS = (
    re.compile(r"[yedgb]|a{3,4}", re.IGNORECASE),
    re.compile(r"[hs]|AM/PM|A/P|上午/下午", re.IGNORECASE),
)
_PER_MILLE, _PERCENT = "‰", re.compile("[%\uff05\ufe6a]")


@dataclass(frozen=True)
class Section:
    """A part of a format code: the numbers it is of, where it states that, what it shows, and the unit beside it."""

    condition: tuple[str, Decimal] | None
    shown: Shown
    unit: CellUnit | None

    def is_of(self, number: Decimal, usual: bool) -> bool:
        """Whether the section is of a number, by its condition, else as is ``usual`` at its place."""
        if self.condition is None:
            return usual
        sign, limit = self.condition
        return {
            "<": number < limit,
            "<=": number <= limit,
            ">": number > limit,
            ">=": number >= limit,
            "=": number == limit,
            "<>": number != limit,
        }[sign]


@dataclass(frozen=True)
class CellFormat:
    """What a format code makes of numbers, section by section."""

    sections: tuple[Section, ...]

    @property
    def is_plain(self) -> bool:
        """Whether every number is shown as itself."""
        return all(part.shown is Shown.AS_WRITTEN and part.unit is None for part in self.sections)

    def of(self, number: Decimal) -> Section:
        """The section that shows a number: of several without conditions one is of negative numbers, and one of 0."""
        *others, last = self.sections
        usual = [number >= 0 if len(others) == 1 else number > 0, number < 0]
        return next((part for part, is_usual in zip(others, usual, strict=False) if part.is_of(number, is_usual)), last)


@lru_cache(maxsize=1000)
def cell_format(code: str) -> CellFormat:
    """Sections for numbers; that for text is left out."""
    parts = [match[1] for match in _SECTION.finditer(code)][:_OF_NUMBERS]
    return CellFormat(tuple(map(_section, parts[: code.count(";") + 1] or [""])))


def _section(part: str) -> Section:
    condition = _CONDITION.search(_QUOTED.sub("", part))
    limit = (condition[1], Decimal(condition[2])) if condition else None
    return Section(limit, shown_as(part), unit_of_format(part))


def shown_as(code: str) -> Shown:
    """How the first section of a format code shows a number."""
    code = _GENERAL.sub("0", code)
    literal = "".join(quoted or escaped for quoted, escaped in _QUOTED.findall(code.partition(";")[0]))
    section = _SKIPPED.sub("", _QUOTED.sub("", code)).partition(";")[0]
    is_elapsed = bool(_ELAPSED.search(section))
    section = _EXPONENT.sub("", _BRACKETS.sub("", section))
    if "%" in section:
        return Shown.SCALED_PERCENT
    if _PER_MILLE in literal + section:
        return Shown.PER_MILLE
    if _PERCENT.search(literal + section):
        return Shown.PERCENT
    return _of_day(section, is_elapsed)


def _of_day(section: str, is_elapsed: bool) -> Shown:
    has_clock = bool(_CLOCK_PARTS.search(section))
    if is_elapsed:
        return Shown.TIME
    if _DAY_PARTS.search(section) or (re.search("m", section, re.IGNORECASE) and not has_clock):
        return Shown.DAY
    return Shown.TIME if has_clock else Shown.AS_WRITTEN
