"""The models of conditions: comparisons, exclusions, discretion, and groups of them."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from tiers.schema import literal
from tiers.schema.strict import Strict

Confidence = Literal["verified", "secondary", "memory"]
Kind = Literal["recognition", "filing", "pool", "third_party_list", "ranking", "check"]
"""What a designation is; a check is no title: it is met where what it asks about is the case."""
Value = Annotated[literal.Literal, BeforeValidator(lambda raw: literal.parse_literal(raw))]
Outcome = Literal["not_met", "unknown", "judgement"]
Closing = Literal["age", "size", "past"]
"""Why a failing condition can never be met again; see ``closing.yml``."""
Years = Annotated[int, BeforeValidator(lambda raw: _years(raw)), Field(gt=0)]
"""A window in years, written as ``3 年``."""
OPERATORS = ("at_least", "more_than", "at_most", "less_than", "is")
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


def _years(raw: object) -> int:
    value = literal.parse_literal(raw)
    if value.unit != "year" or value.amount.denominator != 1:
        raise ValueError(f"{raw!r} is not a number of whole years, such as 3 年")
    return int(value.amount)


class Test(Strict):
    """An operator and its value; exactly one of the five."""

    __test__: ClassVar[bool] = False
    at_least: Value | None = None
    more_than: Value | None = None
    at_most: Value | None = None
    less_than: Value | None = None
    is_: Value | None = Field(None, alias="is")

    @property
    def tests(self) -> list[tuple[str, literal.Literal]]:
        """The operators written, with their values."""
        given = ((name, getattr(self, "is_" if name == "is" else name)) for name in OPERATORS)
        return [(name, value) for name, value in given if value is not None]


class OneTest(Test):
    """A test that is complete in itself."""

    @model_validator(mode="after")
    def _has_a_single_test(self) -> Self:
        _require_single_test(self)
        return self


def _require_single_test(test: Test) -> None:
    if len(test.tests) != 1:
        raise ValueError(f"write exactly one of {', '.join(OPERATORS)}")


class Band(OneTest):
    """One step of a threshold that depends on another quantity: up to this size, or below it, that test.

    With ``shared`` the text puts its upper edge into the next band too; where the two readings differ people decide.
    ``otherwise`` is the answer of a band that the text does not name, where its test fails.
    """

    up_to: Value | None = None
    below: Value | None = None
    shared: bool = False
    otherwise: Outcome | None = None

    @property
    def upper(self) -> tuple[str, literal.Literal] | None:
        """How the band ends; the last one does not."""
        if self.up_to is not None:
            return "at_most", self.up_to
        return None if self.below is None else ("less_than", self.below)


class Contested(OneTest):
    """Where a condition is met on one reading only: people decide, and the reason is given.

    ``metric`` is another quantity that the words may mean.
    """

    metric: str | None = None
    zh: str
    en: str


class Leaf(Strict):
    """What every condition has; its id is a sentence that is true when it is met."""

    id: Identifier
    zh: str
    en: str
    clause: str
    confidence: Confidence | None = None
    since: date | None = None  # a wording that came later than the edition
    until: date | None = None  # and the last day of one that went before it
    closes: Closing | Literal["nothing"] | None = None  # where it differs from closing.yml for its figure
    _route: str | None = PrivateAttr(None)

    @property
    def route(self) -> str | None:
        """The named route this condition belongs to."""
        return self._route

    def binds(self, day: date) -> bool:
        """Whether this wording is asked on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Comparison(Leaf, Test):
    """A metric compared with a value, or with the value of the band that another metric falls into."""

    metric: str
    by: str | None = None
    bands: tuple[Band, ...] = ()
    otherwise: Outcome = "not_met"
    undefined: Outcome = "unknown"
    contested: Contested | None = None
    also_read_as: str | None = None  # a second metric the words may mean: where the two disagree, unknown
    within: Years | None = None  # how far back a dated fact counts

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.by is None:
            _require_single_test(self)
        if (self.by is None) != (not self.bands) or (self.bands and self.tests):
            raise ValueError("thresholds by size are written as by and bands, without a threshold of their own")
        if any(band.upper is None for band in self.bands[:-1]) or any(band.upper for band in self.bands[-1:]):
            raise ValueError("every band but the last says up_to or below")
        return self


class Discretion(Leaf):
    """What only people may decide."""

    judgement: Literal[True]


class Unavailable(Leaf):
    """A condition whose text was not at hand: it is never decided."""

    text_not_available: Literal[True]


class Exclusion(Leaf):
    """Industries, by the first digits of their code, that the edition leaves out."""

    excluded_industries: tuple[str, ...] = Field(min_length=1)


class Conduct(Leaf):
    """Offences that a text names, by the words of ``conduct.yml``: met where none of them falls into ``during``.

    ``during`` is ``now`` (still listed), ``this_and_last_year``, ``ever`` or a number of years back from the day.
    ``lifted`` is the answer where an entry ended before ``during`` (by default met). With ``present`` it is met where
    there is one.
    """

    conduct: tuple[str, ...] = Field(min_length=1)
    during: Literal["now", "this_and_last_year", "ever"] | Years
    lifted: Outcome | None = None
    present: bool = False


class Group(Strict):
    """Parts of which at least ``needed`` must hold: all of them, any of them, or a number."""

    parts: tuple[Any, ...]
    needed: int
    route: str | None = None
    zh: str | None = None
    en: str | None = None

    def leaves(self) -> Iterator[Leaf]:
        """Every condition below, in the order of the file."""
        for part in self.parts:
            yield from part.leaves() if isinstance(part, Group) else (part,)

    def routes(self) -> dict[str, dict[str, str]]:
        """The words of the named routes below, each by ``zh`` and ``en``; its name where it has none."""
        own = {self.route: {"zh": self.zh or self.route, "en": self.en or self.route}} if self.route else {}
        below = (part.routes() for part in self.parts if isinstance(part, Group))
        return {**own, **{name: words for routes in below for name, words in routes.items()}}
