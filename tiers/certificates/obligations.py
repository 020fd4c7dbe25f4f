"""Duties of the holder of a title with their due days, and what ends the title; data in ``obligations.yml``."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from tiers.certificates import TERMS
from tiers.schema.condition import Confidence, Strict
from tiers.schema.ladder import ladder
from tiers.schema.terms import Version
from tiers.yaml_file import YamlFile


class Duty(Strict):
    """Something owed while a title is held; ``term`` says until when."""

    id: str
    when: Literal["each_year", "next_year", "on_change", "as_it_ends"]
    term: str
    zh: str
    en: str


class Ending(Strict):
    """What ends a title, from and up to which day that was the rule, and what follows."""

    id: str
    zh: str
    en: str
    effect_zh: str
    effect_en: str
    document: str
    clause: str
    confidence: Confidence
    from_: date = Field(alias="from")
    to: date | None = None


class Obligations(Strict):
    """Duties and endings of one designation."""

    duties: tuple[Duty, ...]
    ends: tuple[Ending, ...]


@dataclass(frozen=True)
class DueDuty:
    """A duty of one title on a day: due by a day, or so many months after a change."""

    duty: Duty
    due_on: date | None
    months: int | None
    rule: Version


@lru_cache
def obligations() -> dict[str, Obligations]:
    """By designation; ``DefinitionError`` with file and line where an entry is invalid."""
    file = YamlFile(Path(__file__).with_suffix(".yml"))
    by_designation: dict[str, Obligations] = {}
    for name, written in file.content.items():
        if name not in ladder():
            raise file.error((name,), f"no designation is called {name}")
        by_designation[name] = file.validated(Obligations, written, (name,))
        for number, duty in enumerate(by_designation[name].duties):
            if duty.term not in TERMS.versions:
                raise file.error((name, "duties", number, "term"), f"no term is called {duty.term}")
    return by_designation


def due_duties(designation: str, valid_from: date, valid_to: date | None, day: date) -> list[DueDuty]:
    """What the holder of a title owes from ``day`` on, the earliest due first; nothing where no text says so."""
    known = obligations().get(designation)
    duties = []
    for duty in known.duties if known else ():
        rule = TERMS.on(duty.term, day)
        if rule is not None:
            due = _due(duty, rule, valid_from, valid_to, day)
            if due is not None or duty.when == "on_change":
                duties.append(DueDuty(duty, due, int(rule.number) if duty.when == "on_change" else None, rule))
    return sorted(duties, key=lambda duty: (duty.due_on is None, duty.due_on or day))


def _due(duty: Duty, rule: Version, valid_from: date, valid_to: date | None, day: date) -> date | None:
    """The next day by which the duty falls due within the validity; None where none is left."""
    if duty.when == "as_it_ends":
        return valid_to
    if duty.when == "next_year":
        due = rule.last_day(valid_from.year + 1)
        return due if due >= day else None
    if duty.when == "each_year":
        following = (rule.last_day(year) for year in (day.year, day.year + 1))
        return next((due for due in following if due >= max(day, valid_from) and due <= (valid_to or due)), None)
    return None


def endings(designation: str, day: date) -> list[Ending]:
    """The endings of a title by the texts in force on a day."""
    known = obligations().get(designation)
    return [
        ending
        for ending in (known.ends if known else ())
        if ending.from_ <= day and (ending.to is None or day <= ending.to)
    ]
