"""Duties of the holder of a title, and what ends the title; data in ``obligations.yml``.

When a duty falls due is computed in one place, the model ``core_firm__obligations``, from the tables of
``tiers.movement.tables``.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from tiers.certificates import TERMS
from tiers.schema.condition import Confidence
from tiers.schema.ladder import ladder
from tiers.schema.strict import Strict
from tiers.schema.terms import Version
from tiers.yaml_file import YamlFile

Kind = Literal["title_ending", "review", "yearly_filing", "change_report", "second_missed_report", "window"]
When = Literal["each_year", "next_year", "on_change", "as_it_ends", "after_missed"]
OnRestDay = Literal["stays", "next_working_day"]


class Missed(Strict):
    """What follows when a duty is missed, and the text that states it."""

    zh: str
    en: str
    document: str
    clause: str = ""


class Duty(Strict):
    """Something owed while a title is held; ``term`` says until when.

    ``filing`` is the report that meets it, ``change`` the kinds of changes it is about, ``of`` the duty whose missed
    occurrences count. ``on_rest_day``: whether the text moves a day that falls on a day of rest.
    """

    id: str
    kind: Kind
    when: When
    term: str
    zh: str
    en: str
    missed: Missed
    filing: str | None = None
    change: tuple[str, ...] = ()
    is_recorded: bool = False
    of: str | None = None
    on_rest_day: OnRestDay = "stays"

    @model_validator(mode="after")
    def _names_what_it_is_about(self) -> Self:
        needed = {"on_change": "change", "after_missed": "of"}.get(self.when)
        if needed is not None and not getattr(self, needed):
            raise ValueError(f"a duty {self.when} states {needed}")
        return self


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


@lru_cache
def obligations() -> dict[str, Obligations]:
    """By designation; ``DefinitionError`` with file and line where an entry is invalid."""
    return read_obligations(Path(__file__).with_suffix(".yml"))


def read_obligations(path: Path) -> dict[str, Obligations]:
    """As ``obligations``, of a file."""
    file = YamlFile(path)
    by_designation: dict[str, Obligations] = {}
    for name, written in file.content.items():
        if name not in ladder():
            raise file.error((name,), f"no designation is called {name}")
        by_designation[name] = file.validated(Obligations, written, (name,))
        _check_duties(file, name, by_designation[name].duties)
    return by_designation


def _check_duties(file: YamlFile, name: str, duties: tuple[Duty, ...]) -> None:
    ids = [duty.id for duty in duties]
    for number, duty in enumerate(duties):
        where = (name, "duties", number)
        if ids.index(duty.id) != number:
            raise file.error((*where, "id"), f"a second duty is called {duty.id}")
        if duty.term not in TERMS.versions:
            raise file.error((*where, "term"), f"no term is called {duty.term}")
        if not all(_fits(duty.when, version) for version in TERMS.versions[duty.term]):
            raise file.error((*where, "term"), f"the term {duty.term} does not say when a duty {duty.when} is due")
        if duty.of is not None and duty.of not in ids:
            raise file.error((*where, "of"), f"no duty of {name} is called {duty.of}")


def _fits(when: When, version: Version) -> bool:
    """Whether a term gives what the day of such a duty is computed from: a day of the year, months, a count."""
    return {
        "each_year": version.by is not None,
        "next_year": version.by is not None,
        "on_change": version.value is not None,
        "as_it_ends": True,
        "after_missed": bool(version.tests),
    }[when]


def endings(designation: str, day: date) -> list[Ending]:
    """The endings of a title by the texts in force on a day."""
    known = obligations().get(designation)
    return [
        ending
        for ending in (known.ends if known else ())
        if ending.from_ <= day and (ending.to is None or day <= ending.to)
    ]
