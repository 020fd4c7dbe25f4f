"""Whose a promotion is: shares of the incubators a firm was in, by an edition of ``credit.yml``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from tiers.schema.strict import Strict
from tiers.yaml_file import YamlFile

WRITTEN = Path(__file__).with_suffix(".yml")


class CreditRule(Strict):
    """An edition: in force from a day on, until the next one."""

    id: str
    from_: Annotated[date, Field(alias="from")]
    first_rank: Annotated[int, Field(ge=1)]
    days_after: Annotated[int, Field(ge=0)]
    years: Annotated[int, Field(ge=1)]
    zh: str
    en: str
    because_zh: str
    because_en: str


class _Editions(Strict):
    editions: Annotated[tuple[CreditRule, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Stay:
    """A firm in an incubator from a day on; ``left_on`` is None while it is there."""

    incubator: str
    entered_on: date
    left_on: date | None


@lru_cache
def credit_rules(path: Path = WRITTEN) -> tuple[CreditRule, ...]:
    """The editions, the earliest first; raises ``DefinitionError`` with file and line."""
    file = YamlFile(path)
    editions = file.validated(_Editions, file.content, ()).editions
    return tuple(sorted(editions, key=lambda edition: edition.from_))


def credit_rule(day: date) -> CreditRule:
    """The edition in force on a day; before the first one that one, since a statement states which it goes by."""
    rules = credit_rules()
    return next((rule for rule in reversed(rules) if rule.from_ <= day), rules[0])


def shares(granted_on: date, stays: Iterable[Stay], rule: CreditRule) -> dict[str, Fraction]:
    """The share of each incubator in a grant, adding up to 1; none where no stay covers its day."""
    covering = {stay.incubator for stay in stays if _covers(stay, granted_on, rule)}
    return {incubator: Fraction(1, len(covering)) for incubator in sorted(covering)}


def _covers(stay: Stay, day: date, rule: CreditRule) -> bool:
    if day < stay.entered_on:
        return False
    return stay.left_on is None or day <= stay.left_on + timedelta(days=rule.days_after)
