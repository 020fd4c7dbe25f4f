"""What the page of today lists and how much of it, from ``today.yml``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from tiers.schema.strict import Words
from warehouse.definition import Strict, read_definition

Outcome = Literal["called", "planned", "not_reached"]


class Block(Strict):
    """A block of signals; ``at_most`` rows of each before the link to all."""

    because: Words
    at_most: int = Field(gt=0)
    signals: tuple[str, ...] = Field(min_length=1)


class Question(Strict):
    """What is asked on the telephone where a signal is given; ``bool_zh``, ``bool_en`` of a fact that is yes or no."""

    signal: str
    because: Words
    zh: str
    en: str
    bool_zh: str | None = None
    bool_en: str | None = None


class Calls(Strict):
    """The questions in the order of what a call can decide."""

    at_most: int = Field(gt=0)
    questions: tuple[Question, ...] = Field(min_length=1)


class DueRules(Strict):
    """How far ahead a day to start is listed, and what is due of which owner each role sees."""

    at_most: int = Field(gt=0)
    start_within_days: int = Field(gt=0)
    because: Words
    owners: Mapping[str, str]


class Promises(Strict):
    """How far ahead promises and plans are listed."""

    at_most: int = Field(gt=0)
    ahead_days: int = Field(gt=0)
    because: Words


class Ask(Strict):
    """What a director is asked to do where a signal is given."""

    signal: str
    zh: str
    en: str


class Asks(Strict):
    """The asks in order; at most ``a_kind`` firms of one signal."""

    at_most: int = Field(gt=0)
    a_kind: int = Field(gt=0)
    signals: tuple[Ask, ...] = Field(min_length=1)


class Ending(Strict):
    """How many working days after a contact the next one is proposed."""

    next_days: int = Field(gt=0)
    because: Words


class TodayRules(Strict):
    """The content of ``today.yml``."""

    blocks: Mapping[str, Block]
    calls: Calls
    due: DueRules
    promises: Promises
    asks: Asks
    outcomes: Mapping[Outcome, Ending]


@cache
def today_rules() -> TodayRules:
    """The rules; raises ``DefinitionError`` with file and line."""
    path = Path(__file__).with_name("today.yml")
    return read_definition(TodayRules, path)
