"""What a file of ``pools/`` holds, as frozen models; unknown keys are errors."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from tiers.schema.condition import Confidence, Identifier
from tiers.schema.edition import InForce
from tiers.schema.strict import Strict, Words

OUTSIDE = "outside"
"""The state of a firm that was never in the pool, or has left it."""
Role = Literal["officer", "statistician", "director", "incubator", "administrator"]
KINDS = ("paper", "figure", "verdict", "holds", "waited", "years", "calendar_years")


def _month_day(written: object) -> tuple[int, int]:
    month, _, day = str(written).partition("-")
    if not (month.isdigit() and day.isdigit()):
        raise ValueError(f"{written!r} is not a day of the year such as 05-31")
    date(2000, int(month), int(day))
    return int(month), int(day)


class Source(Strict):
    """Where a step was seen."""

    document: str
    clause: str = ""
    confidence: Confidence


class State(Words):
    """A state of a membership; where it ``ends`` the firm has left."""

    phase: Identifier
    ends: bool = False


class Need(Words):
    """What must be the case before a step: exactly one of ``KINDS``; ``of``: for these designations alone.

    ``figure`` is a fact that must be known, and equal to ``is_`` where it is given. ``verdict`` open: the designation
    aimed at can still be met; ``holds``: it is held, or not. ``waited``: working days in the present state; ``years``
    since it entered or was renewed, ``calendar_years`` between the years of entry and of the step.
    """

    id: Identifier
    paper: Identifier | None = None
    figure: Identifier | None = None
    is_: bool | None = Field(None, alias="is")
    verdict: Literal["open"] | None = None
    holds: bool | None = None
    waited: Annotated[int, Field(gt=0)] | None = None
    years: Annotated[int, Field(gt=0)] | None = None
    calendar_years: Annotated[int, Field(gt=0)] | None = None
    of: tuple[Identifier, ...] = ()
    way_out: Words | None = None

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        if sum(getattr(self, kind) is not None for kind in KINDS) != 1:
            raise ValueError(f"write exactly one of {', '.join(KINDS)}")
        if self.is_ is not None and self.figure is None:
            raise ValueError("is belongs to a figure")
        return self

    @property
    def kind(self) -> str:
        """Which of ``KINDS`` it asks for."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)


class Due(Strict):
    """A step to come: after so many working days or years, or by a day of the next year."""

    step: Identifier
    days: Annotated[int, Field(gt=0)] | None = None
    years: Annotated[int, Field(gt=0)] | None = None
    by: Annotated[tuple[int, int], BeforeValidator(_month_day)] | None = None

    @model_validator(mode="after")
    def _has_one_day(self) -> Self:
        if sum(day is not None for day in (self.days, self.years, self.by)) != 1:
            raise ValueError("write exactly one of days, years, by")
        return self


class Step(Words):
    """A step: from which states to which, the roles that may take it, what it needs and what is due then.

    Without ``to`` the state stays. ``is_assessment``: it records a result; ``asks_ground``: it names why a firm leaves.
    """

    from_: tuple[Identifier, ...] = Field(alias="from", min_length=1)
    to: Identifier | None = None
    by: tuple[Role, ...] = Field(min_length=1)
    needs: tuple[Need, ...]
    due: tuple[Due, ...] = ()
    is_assessment: bool = False
    asks_ground: bool = False
    source: Source


class Pool(Strict):
    """The pool of a place from a day on; ``id`` is ``CN-51/2020``."""

    id: str
    title: Words
    in_force: InForce
    phases: dict[Identifier, Words]
    states: dict[Identifier, State]
    papers: dict[Identifier, Words]
    grounds: dict[Identifier, Words]
    steps: dict[Identifier, Step]

    def has_left(self, state: str) -> bool:
        """Whether a firm in that state is outside: never entered, or left."""
        return state == OUTSIDE or (state in self.states and self.states[state].ends)

    def target(self, name: str, state: str) -> str:
        """The state after a step."""
        return self.steps[name].to or state
