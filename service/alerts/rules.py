"""The alerts as they are defined in ``alerts.yml``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, TypeAdapter

from service.scope import LOCAL
from tiers.schema.strict import Words
from warehouse.definition import Strict, read_yaml

Rhythm = Literal["immediate", "daily", "weekly", "monthly"]


class Trigger(Strict):
    """What gives an alert; which of these an alert asks for is its own."""

    working_days_before: tuple[int, ...] = ()
    signals: tuple[str, ...] = ()
    successive_runs: int = Field(1, ge=1, le=2)
    rows_waiting_more_than: int | None = None
    releases_held: bool = False
    past_due: bool = False
    exported_before: bool = False
    causes: tuple[str, ...] = ()


class Definition(Words):
    """An alert: to which roles, by what, how often, what to do and where, and why so."""

    to: tuple[str, ...] = Field(min_length=1)
    of_zone: bool = False
    trigger: Trigger
    rhythm: Rhythm
    at_most: int = Field(gt=0)
    page: str
    action: Words
    because: Words

    def is_for(self, role: str) -> bool:
        """Whether it goes to a role; who uses this machine alone has all."""
        return role == LOCAL or role in self.to


@cache
def definitions() -> Mapping[str, Definition]:
    """The alerts by name, in their order; raises ``DefinitionError``."""
    content: Any = read_yaml(Path(__file__).with_name("alerts.yml"))[0]
    return TypeAdapter(dict[str, Definition]).validate_python(content)
