"""Filing windows by designation, place and year; a file of data a place, ``CN-44.yml``.

Only what a document states is a window with days; of other years the files state that nothing was published.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from tiers.schema.condition import Confidence
from tiers.schema.ladder import ladder
from tiers.schema.strict import Strict, Words
from tiers.yaml_file import YamlFile

HERE = Path(__file__).parent
Status = Literal["published", "expected"]


class Window(Strict):
    """A window or batch of a year: published with its days and document, or expected with the basis and no day."""

    year: int = Field(ge=2008, le=2100)
    batch: int = Field(default=1, ge=1)
    status: Status
    opens_on: date | None = None
    closes_on: date | None = None
    document: str | None = None
    clause: str = ""
    confidence: Confidence | None = None
    basis: Words | None = None

    @model_validator(mode="after")
    def _states_what_is_known(self) -> Self:
        days = [day for day in (self.opens_on, self.closes_on) if day is not None]
        if self.status == "expected":
            if days or self.basis is None:
                raise ValueError("an expected window has a basis and no days: a day is never guessed")
            return self
        if not days or self.document is None or self.confidence is None:
            raise ValueError("a published window has a day, its document and its confidence")
        if days != sorted(days):
            raise ValueError("a window closes before it opens")
        return self


class Calls(Strict):
    """The windows of a designation in a place; that of the country also states who may file and names the window."""

    may_file: Literal["after_it_ends", "in_the_year_it_ends"] | None = None
    zh: str | None = None
    en: str | None = None
    unpublished: Words | None = None
    windows: tuple[Window, ...] = ()


@lru_cache
def filing_windows(folder: Path = HERE) -> dict[str, dict[str, Calls]]:
    """By place and designation; ``DefinitionError`` with file and line where an entry is invalid."""
    by_place = {path.stem: _read(path) for path in sorted(folder.glob("*.yml"))}
    return {place: by_place[place] for place in sorted(by_place, key=len)}


def _read(path: Path) -> dict[str, Calls]:
    file = YamlFile(path)
    calls: dict[str, Calls] = {}
    for name, written in file.content.items():
        if name not in ladder():
            raise file.error((name,), f"no designation is called {name}")
        calls[name] = file.validated(Calls, written, (name,))
        keys = [(window.year, window.batch) for window in calls[name].windows]
        for number, key in enumerate(keys):
            if keys.index(key) != number:
                raise file.error((name, "windows", number), f"batch {key[1]} of {key[0]} is written twice")
    return calls
