"""Single values that rule texts set from a day to a day: shares, days, deadlines; each with document and clause.

One YAML file holds the terms of one subject; see ``tiers/calculators/terms.yml``.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from tiers.errors import NotInForce, UnknownNameError
from tiers.schema.condition import OPERATORS, Confidence, Test, Value
from tiers.schema.strict import Words
from tiers.yaml_file import YamlFile

_EXACT = re.compile(r"(-?\d+(?:\.\d+)?)(%|/\d+)?")
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")


def exact(written: object) -> Fraction:
    """A number, a percentage or a fraction as it is written: 3, 20%, 2/3."""
    match = _EXACT.fullmatch(str(written).strip())
    if match is None:
        raise ValueError(f"{written!r} is not a number, a percentage or a fraction such as 2/3")
    number, suffix = match.groups()
    return Fraction(number) / 100 if suffix == "%" else Fraction(str(written))


def _month_day(written: object) -> tuple[int, int]:
    match = _MONTH_DAY.fullmatch(str(written))
    if match is None:
        raise ValueError(f"{written!r} is not a day of the year such as 05-31")
    month, day = int(match[1]), int(match[2])
    date(2000, month, day)
    return month, day


class Version(Test):
    """One version of a term, in force from a day to a day: a number, a test, a day of the year or a named way."""

    from_: date = Field(alias="from")
    to: date | None = None
    value: Annotated[Fraction, BeforeValidator(exact)] | None = None
    by: Annotated[tuple[int, int], BeforeValidator(_month_day)] | None = None
    way: str | None = None
    of: tuple[str, ...] = ()
    document: str
    clause: str = ""
    confidence: Confidence
    contested: Words | None = None

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if not (self.tests or self.of or self.way) and self.value is None and self.by is None:
            raise ValueError(f"write value, by, way, of, or one of {', '.join(OPERATORS)}")
        if self.to is not None and self.to < self.from_:
            raise ValueError("the last day lies before the first")
        return self

    @property
    def number(self) -> Fraction:
        """The value, where the term is a number."""
        if self.value is None:
            raise ValueError(f"{self.document} {self.clause}: this term is no number")
        return self.value

    def last_day(self, year: int) -> date:
        """The day of a year by which something is due; 29 February is 28 February in other years."""
        if self.by is None:
            raise ValueError(f"{self.document} {self.clause}: this term is no day of the year")
        month, day = self.by
        return date(year, month, min(day, monthrange(year, month)[1]))

    def holds(self, amount: Fraction | int) -> bool:
        """Whether an amount in the base unit passes every test of this version."""
        return all(_passes(Fraction(amount), operator, bound) for operator, bound in self.tests)


def _passes(amount: Fraction, operator: str, bound: Value) -> bool:
    return {
        "at_least": amount >= bound.amount,
        "more_than": amount > bound.amount,
        "at_most": amount <= bound.amount,
        "less_than": amount < bound.amount,
        "is": amount == bound.amount,
    }[operator]


@dataclass(frozen=True)
class Terms:
    """The terms of one file by their name, each with its versions from the earliest on."""

    versions: dict[str, tuple[Version, ...]]

    def on(self, name: str, day: date) -> Version | None:
        """The version in force on a day, if any; raises ``UnknownNameError``."""
        if name not in self.versions:
            raise UnknownNameError(name, self.versions)
        versions = self.versions[name]
        return next(
            (version for version in versions if version.from_ <= day and (version.to is None or day <= version.to)),
            None,
        )

    def first(self, name: str) -> Version:
        """The earliest of its versions; raises ``KeyError`` for an unknown term."""
        return self.versions[name][0]

    def require(self, name: str, day: date) -> Version:
        """The version in force on a day; raises ``NotInForce`` where there is none."""
        version = self.on(name, day)
        if version is None:
            raise NotInForce(name, day)
        return version


def read_terms(path: Path) -> Terms:
    """The terms of a file; raises ``DefinitionError`` where a version is invalid or two overlap."""
    file = YamlFile(path)
    return Terms({name: tuple(_versions(file, name, written)) for name, written in file.content.items()})


def _versions(file: YamlFile, name: str, written: Any) -> Iterable[Version]:
    if not isinstance(written, list) or not written:
        raise file.error((name,), "a term lists its versions")
    versions = [file.validated(Version, version, (name, number)) for number, version in enumerate(written)]
    for number, (before, after) in enumerate(pairwise(versions), 1):
        if before.to is None or before.to >= after.from_:
            raise file.error((name, number), "a version ends before the next begins")
    return versions


Status = Literal["derived", "contested", "review", "unknown", "not_in_force"]
