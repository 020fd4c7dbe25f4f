"""How far ahead pages and commands look, and what they mark or draw together, from ``display.yml``."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from warehouse.definition import Strict, read_definition

Ahead = Literal["late", "month", "quarter", "case", "calendar", "task"]


class Years(Strict):
    """A range of years with both ends."""

    first: int
    last: int


class Display(Strict):
    """The content of the file; days count from the day asked."""

    ahead_days: dict[Ahead, int]
    urgent_working_days: int = Field(ge=0)
    pooled_share: float = Field(ge=0, le=1)
    years_of_papers: Years


@cache
def display() -> Display:
    """What is shown; raises ``DefinitionError`` with file and line."""
    path = Path(__file__).with_suffix(".yml")
    return read_definition(Display, path)
