"""What a cell's number format makes of its number: a day, a percentage, or the number itself.

Source: ECMA-376 part 1, 18.8.30 (built-in formats, those of East Asia as in Chinese Excel) and 18.8.31 (format codes).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from xml.etree.ElementTree import Element

from warehouse.intake.readers.cell_units import CellUnit, unit_of_format


class Shown(StrEnum):
    """How a format shows a number; ``AS_WRITTEN`` for all that show the number itself."""

    DAY = "day"
    TIME = "time"
    SCALED_PERCENT = "scaled percent"
    PERCENT = "percent"
    PER_MILLE = "per mille"
    AS_WRITTEN = "as written"


_DAYS = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58}
_TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56}
_BUILT_IN = dict.fromkeys(_DAYS, Shown.DAY) | dict.fromkeys(_TIMES, Shown.TIME)
_BUILT_IN |= dict.fromkeys((9, 10), Shown.SCALED_PERCENT)

_QUOTED = re.compile(r'"([^"]*)"?|\\(.)')
_SKIPPED = re.compile(r"[_*].")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_EXPONENT = re.compile(r"E[+-]", re.IGNORECASE)
_DAY_PARTS, _CLOCK_PARTS = (
    re.compile(r"[yedgb]|a{3,4}", re.IGNORECASE),
    re.compile(r"[hs]|AM/PM|A/P|上午/下午", re.IGNORECASE),
)
_PER_MILLE, _PERCENT = "‰", re.compile("[%\uff05\ufe6a]")


def shown_as(code: str) -> Shown:
    """How a format code shows a positive number, by its first section."""
    if code.strip().casefold() == "general":
        return Shown.AS_WRITTEN
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


def formats_of(styles: Element) -> dict[int, Shown]:
    """The cell styles of ``styles.xml`` whose format shows something else than the number."""
    codes = _codes(styles)
    shown = {style: _shown(number, codes) for style, number in _numbers(styles).items()}
    return {style: kind for style, kind in shown.items() if kind is not Shown.AS_WRITTEN}


def units_of(styles: Element) -> dict[int, CellUnit]:
    """The cell styles of ``styles.xml`` whose format shows a unit of money."""
    units = {number: unit_of_format(code) for number, code in _codes(styles).items()}
    return {style: unit for style, number in _numbers(styles).items() if (unit := units.get(number))}


def _codes(styles: Element) -> dict[int, str]:
    """The format codes of a workbook by their number."""
    return {int(entry.get("numFmtId", "-1")): entry.get("formatCode", "") for entry in _named(styles.iter(), "numFmt")}


def _numbers(styles: Element) -> dict[int, int]:
    """The number of the format of each cell style."""
    cell_styles = next(_named(styles.iter(), "cellXfs"), None)
    entries = _named(cell_styles, "xf") if cell_styles is not None else ()
    return {style: int(entry.get("numFmtId", "0")) for style, entry in enumerate(entries)}


def _named(elements: Iterable[Element], name: str) -> Iterator[Element]:
    return (element for element in elements if element.tag.rpartition("}")[2] == name)


def _shown(number: int, codes: Mapping[int, str]) -> Shown:
    return shown_as(codes[number]) if number in codes else _BUILT_IN.get(number, Shown.AS_WRITTEN)


def is_1904(book: Element) -> bool:
    """Whether the days of a workbook are counted from 1904, by ``date1904`` of ``workbookPr``."""
    properties = next(_named(book.iter(), "workbookPr"), None)
    return properties is not None and properties.get("date1904", "").strip().casefold() in ("1", "true", "on", "t")
