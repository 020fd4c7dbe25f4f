"""The models of an edition, one YAML file each; frozen, unknown keys are errors."""

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from tiers.schema.condition import Confidence, Group, Kind, Leaf
from tiers.schema.premise import FIRM_EXISTS
from tiers.schema.strict import Strict, Words


class Document(Strict):
    """Where the edition is printed and how surely we know it."""

    title: str
    issuer: str
    number: str | None
    confidence: Confidence
    seen_on: date


class InForce(Strict):
    """First and last day; an open end is still in force."""

    from_: date = Field(alias="from")
    to: date | None = None


class Validity(Strict):
    """How long a title lasts: years from its date, or to the end of its calendar year.

    ``or_until``: by a second reading of the text to that day of the following year, ``03-31``.
    """

    years: int | None = None
    year_end: bool = False
    or_until: str | None = Field(default=None, pattern=r"^\d\d-\d\d$")

    @property
    def text(self) -> str | None:
        """As the reference tables write it."""
        if self.year_end:
            return "year_end"
        return f"years:{self.years}" if self.years else None


class Head(Strict):
    """Everything of an edition but its conditions."""

    title: Words
    kind: Kind
    document: Document
    in_force: InForce
    validity: Validity = Validity()
    data_years: tuple[int, ...] = ()
    notes: tuple[Words, ...] = ()


class Edition(Strict):
    """One rule text of one issuer for one place, in force from a day to a day."""

    id: str
    designation: str
    place: str
    head: Head
    conditions: Group

    def leaves(self) -> Iterator[Leaf]:
        """Every condition in the order of the file, and last the premise that the firm exists."""
        yield from self.conditions.leaves()
        yield FIRM_EXISTS

    def is_in_force(self, day: date) -> bool:
        """Whether the edition decides on that day."""
        span = self.head.in_force
        return span.from_ <= day and (span.to is None or day <= span.to)

    def offset(self, day: date) -> int:
        """How many years lie between the last printed data year and the last full year before the day."""
        years = self.head.data_years
        return day.year - 1 - max(years) if years else 0
