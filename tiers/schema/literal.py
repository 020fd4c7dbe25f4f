"""Values as the documents write them, with their unit: ``1000 万元``, ``10 亿美元``, ``20%``, ``2019-01-01``."""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

UNITS: dict[str, tuple[str, Fraction]] = {
    "元": ("yuan", Fraction(1)),
    "万元": ("yuan", Fraction(10**4)),
    "亿元": ("yuan", Fraction(10**8)),
    "美元": ("usd", Fraction(1)),
    "万美元": ("usd", Fraction(10**4)),
    "亿美元": ("usd", Fraction(10**8)),
    "欧元": ("eur", Fraction(1)),
    "万欧元": ("eur", Fraction(10**4)),
    "%": ("percent", Fraction(1, 100)),
    "人": ("person", Fraction(1)),
    "件": ("item", Fraction(1)),
    "项": ("item", Fraction(1)),
    "年": ("year", Fraction(1)),
    "个月": ("month", Fraction(1)),
    "天": ("day", Fraction(1)),
    "分": ("point", Fraction(1)),
    "名": ("rank", Fraction(1)),
}
"""What may follow a number: the unit it belongs to, and how many of that unit it is."""

EPOCH = 719163
"""The ordinal of 1 January 1970, day 0 of a Polars date."""

_WRITTEN = re.compile(r"^(-?\d+(?:\.\d+)?)\s*(\S+)$")


@dataclass(frozen=True)
class Literal:
    """An exact value in its base unit (yuan, US dollars, euros, a share of one, days since 1970), as it was written."""

    amount: Fraction
    unit: str
    text: str

    @property
    def display(self) -> float:
        """The value as findings show it: a share in percent, a date as the number YYYYMMDD."""
        if self.unit == "date":
            return float(self.text.replace("-", ""))
        return float(self.amount * (100 if self.unit == "percent" else 1))


def parse_literal(raw: object) -> Literal:
    """The literal that ``raw`` writes; a ValueError says what is wrong with it."""
    if isinstance(raw, bool):
        return Literal(Fraction(int(raw)), "bool", "true" if raw else "false")
    if isinstance(raw, date):
        return Literal(Fraction(raw.toordinal() - EPOCH), "date", raw.isoformat())
    match = _WRITTEN.match(str(raw).strip())
    if match is None:
        raise ValueError(f"{raw!r} is not a number with its unit, such as 1000 万元 or 20%")
    number, unit = match.groups()
    if unit not in UNITS:
        raise ValueError(f"{raw!r} ends in an unknown unit {unit!r}; the units are {' '.join(UNITS)}")
    base, size = UNITS[unit]
    return Literal(Fraction(number) * size, base, f"{number}{'' if unit == '%' else ' '}{unit}")
