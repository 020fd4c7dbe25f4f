"""What the work on a case goes by, from ``case.yml``: clocks, results, states, kinds of proofs, lists of papers."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field, field_validator

from warehouse.definition import Strict, read_definition


class Clock(Strict):
    """Working days from the day after receipt, and why so many."""

    working_days: int = Field(gt=0)
    because_zh: str
    because_en: str


class Words(Strict):
    """A word in both languages."""

    zh: str
    en: str

    @property
    def bilingual(self) -> str:
        """Chinese, then English."""
        return f"{self.zh} {self.en}"


class ProofType(Words):
    """A kind of file: its first bytes in hexadecimal, and for a ZIP file the name of a file within."""

    begins: str
    holds: str | None = None

    @field_validator("begins", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> str:
        bytes.fromhex(str(value))
        return str(value)


class Proofs(Strict):
    """Which files are proofs: how large, how many, of which types."""

    largest_mb: int = Field(gt=0)
    most: int = Field(gt=0)
    types: dict[str, ProofType]


class Papers(Strict):
    """What an application consists of, by the text that states it."""

    document: str
    clause: str
    items: tuple[str, ...] = Field(min_length=1)


class May(Strict):
    """Who may do something, by role, and why."""

    roles: frozenset[str] = Field(min_length=1)
    because_zh: str
    because_en: str


class CaseRules(Strict):
    """The content of ``case.yml``."""

    clocks: dict[str, Clock]
    results: dict[str, Words]
    outcomes: dict[str, Words]
    contacts: dict[str, Words]
    things: dict[str, Words]
    states: dict[str, Words]
    may: dict[str, May]
    contested_years: int = Field(gt=0)
    proofs: Proofs
    papers: Mapping[str, Papers]


@cache
def case_rules() -> CaseRules:
    """The rules; raises ``DefinitionError`` with file and line."""
    path = Path(__file__).with_name("case.yml")
    return read_definition(CaseRules, path)
