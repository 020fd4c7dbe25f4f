"""The period a delivery is about, and when the next one is due."""

from typing import Literal, Self

from pydantic import Field, model_validator

from warehouse.definition import Strict

Every = Literal["week", "month", "quarter", "year", "event", "once"]
STEPS = {"week": (0, 7), "month": (1, 0), "quarter": (3, 0), "year": (12, 0)}
"""Months and days from one delivery of a regular feed to the next."""


class Period(Strict):
    """The reporting period of a delivery, and the column or stated value that holds it."""

    kind: Literal["year", "month", "day", "state"]
    column: str | None = None
    stated: str | None = None

    @model_validator(mode="after")
    def _is_read(self) -> Self:
        if self.stated and self.kind in ("year", "month"):  # it is kept as written; of those only columns are read
            raise ValueError(f"a {self.kind} comes from a column: what is stated beside the rows is a day")
        return self


class Cadence(Strict):
    """One delivery for every period, due ``months`` and ``days`` after its end and late after ``grace_days`` more.

    Of a feed that states a day and no period, the next delivery is to state a day one period later.

    A feed that comes with an ``event``, or ``once``, is due on no day and states none of these.
    """

    every: Every
    months: int = Field(default=0, ge=0, le=24)
    days: int = Field(default=0, ge=0, le=366)
    grace_days: int | None = Field(default=None, ge=0, le=366)

    @property
    def step(self) -> tuple[int | None, int | None]:
        """Months and days from one delivery to the next; None where it comes on no schedule."""
        return STEPS.get(self.every, (None, None))

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.every in STEPS and self.grace_days is None:
            raise ValueError(f"a feed that comes every {self.every} states its grace_days")
        if self.every not in STEPS and (self.months or self.days or self.grace_days is not None):
            raise ValueError(f"a feed that comes {self.every} is due on no day: no months, days, grace_days")
        if self.every == "week" and self.months:
            raise ValueError("a weekly feed is due after days, not months")
        return self
