"""Units of money that only the number format of a cell shows: 500 under ``0"万元"`` is 500万元."""

import re
from dataclasses import dataclass

from tiers.amounts import read_unit

_SECTION = re.compile(r'(?:"[^"]*"|\\.|!.|\[[^\]]*\]|[^;"\\\[])*')
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|([\u3400-\u9fff])')
_SKIPPED = re.compile(r'"[^"]*"|\[[^\]]*\]|_.|\*.')
_POINT = re.compile(r'[#0?](?:[\\!]\.|"\.")([#0?]+)')
"""A decimal point written as a literal: 0!.0 shows tenths as units."""
_THOUSANDS = re.compile(r"[#0?.](,+)(?![#0?,])")
"""Commas after the last digit: each divides what is shown by a thousand."""


@dataclass(frozen=True)
class CellUnit:
    """``unit`` as a format shows it; the stored figure is shown divided by ten to the power of ``places``."""

    unit: str
    places: int

    def written(self, figure: str) -> str:
        """A stored figure as it is shown: 5000000 under ``0,,"百万元"`` is 5000000e-6（百万元）."""
        power = f"e-{self.places}" if self.places else ""
        return f"{figure}{power}（{self.unit}）"


def unit_of_format(code: str) -> CellUnit | None:
    """The unit of money that a number format shows beside the figure; None where it shows none.

    A currency alone is none: ¥500 may be in any unit of the column.
    """
    section = _SECTION.match(code)
    shown = section[0] if section else code
    point = _POINT.search(shown)
    digits = _POINT.sub("0", shown)
    unit = "".join("".join(match) for match in _LITERAL.findall(digits)).strip(" ()（）/")
    if not re.search("[元圆千万亿]|illion", unit) or (read_unit(unit) or read_unit(f"{unit}元")) is None:
        return None
    thousands = _THOUSANDS.search(_SKIPPED.sub("", re.sub(r"[\\!].", "", digits)))
    return CellUnit(unit, 3 * len(thousands[1] if thousands else "") + len(point[1] if point else ""))
