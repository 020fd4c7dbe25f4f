"""Values as the documents write them, with their unit: ``1000 万元``, ``10 亿美元``, ``20%``, ``2019-01-01``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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

ENGLISH: dict[str, dict[str, Fraction]] = {
    "yuan": {"billion yuan": Fraction(10**9), "million yuan": Fraction(10**6), "yuan": Fraction(1)},
    "usd": {"billion US dollars": Fraction(10**9), "million US dollars": Fraction(10**6), "US dollars": Fraction(1)},
    "eur": {"billion euros": Fraction(10**9), "million euros": Fraction(10**6), "euros": Fraction(1)},
    "percent": {"%": Fraction(1, 100)},
    "person": {"people": Fraction(1)},
    "item": {"items": Fraction(1)},
    "year": {"years": Fraction(1)},
    "month": {"months": Fraction(1)},
    "day": {"days": Fraction(1)},
    "point": {"points": Fraction(1)},
    "rank": {"places": Fraction(1)},
}
"""The same in English by the base unit, the largest first."""
_IN_ENGLISH = {name.lower(): (base, size) for base, names in ENGLISH.items() for name, size in names.items()}

EPOCH = 719163
"""The ordinal of 1 January 1970, day 0 of a Polars date."""

_WRITTEN = re.compile(r"^(-?\d+(?:\.\d+)?)\s*(\S.*)$")


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

    @property
    def text_en(self) -> str:
        """As it is written in English, which ``parse_literal`` reads as the same value: ``10 million yuan``."""
        return _written(self.amount, ENGLISH[self.unit]) if self.unit in ENGLISH else self.text


def _written(amount: Fraction, units: Mapping[str, Fraction]) -> str:
    """The amount in the largest unit that it fills, with all its decimals."""
    name = next((name for name, size in units.items() if abs(amount) >= size), list(units)[-1])
    number = amount / units[name]
    decimal = format(Decimal(number.numerator) / Decimal(number.denominator), "f")
    return f"{decimal}{'' if name == '%' else ' '}{name}"


def parse_literal(raw: object) -> Literal:
    """The literal that ``raw`` writes, in Chinese or English units; a ValueError states what is wrong with it."""
    if isinstance(raw, bool):
        return Literal(Fraction(int(raw)), "bool", "true" if raw else "false")
    if isinstance(raw, date):
        return Literal(Fraction(raw.toordinal() - EPOCH), "date", raw.isoformat())
    match = _WRITTEN.match(str(raw).strip())
    if match is None:
        raise ValueError(f"{raw!r} is not a number with its unit, such as 1000 万元, 10 million yuan or 20%")
    number, unit = match.groups()
    if named := _IN_ENGLISH.get(" ".join(unit.lower().split())):
        base, size = named
        amount = Fraction(number) * size
        return Literal(amount, base, _written(amount, _chinese(base)))
    if unit not in UNITS:
        raise ValueError(f"{raw!r} ends in an unknown unit {unit!r}; the units are {' '.join(UNITS)}")
    base, size = UNITS[unit]
    return Literal(Fraction(number) * size, base, f"{number}{'' if unit == '%' else ' '}{unit}")


def _chinese(base: str) -> dict[str, Fraction]:
    """The Chinese units of a base unit, the largest first."""
    named = {name: size for name, (unit, size) in UNITS.items() if unit == base}
    return dict(sorted(named.items(), key=lambda entry: entry[1], reverse=True))
