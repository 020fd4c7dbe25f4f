"""The parameters of the interface: checked as a whole, so that a misspelt one is an error and not a longer answer."""

from pathlib import Path
from typing import Annotated, Literal, TypeVar

import flask
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.errors import BadInput
from service.queries.cases.due import DueFilters
from service.queries.movers.movers import Filters
from service.queries.release.records import Slice
from service.wording.rendering import read_texts

_ERRORS = Path(__file__).with_name("errors.yml")
MOST_ROWS = 1000
"""Rows of one answer."""
Text = Annotated[str, Field(max_length=100)]


class Parameters(BaseModel):
    """What every list takes: how many rows, and from which on."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 100
    offset: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0

    @property
    def part(self) -> Slice:
        """The rows that are asked for."""
        return Slice(self.limit, self.offset)


class OfFirms(Parameters):
    """The filters of the movers, and an order."""

    change: Text = ""
    signal: Text = ""
    held: Text = ""
    designation: Text = ""
    incubator: Text = ""
    owner: Text = ""
    q: Text = ""
    sort: Text = ""

    @property
    def filters(self) -> Filters:
        """The filters among them."""
        return Filters.of(self.model_dump())


class OfVerdicts(Parameters):
    """Of one designation or outcome; with ``every_edition`` not only those that decide."""

    designation: Text = ""
    outcome: Text = ""
    every_edition: bool = False


class OfSignals(Parameters):
    """Of one kind, or about one designation."""

    signal: Text = ""
    designation: Text = ""


class OfDue(Parameters):
    """Within so many days; of an owner, a duty or a firm."""

    within: Annotated[int, Field(ge=0, le=3650)] = 60
    owner: Text | None = None
    duty: Text | None = None
    firm: Text | None = None
    undated: bool = False

    @property
    def asked(self) -> DueFilters:
        """The same as a question."""
        return DueFilters(self.within, self.owner, self.duty, self.firm, self.undated)


class OfTargets(Parameters):
    """Of one measure, of one year."""

    measure: Text = ""
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None


class OfCases(Parameters):
    """Of one kind, or of one firm."""

    kind: Text = ""
    firm_id: Text = ""


class OfWorkbook(BaseModel):
    """In which language; of the present release, or the original of the delivery with a number."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal["zh", "en"] = "zh"
    delivery: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0


class OfThings(Parameters):
    """Of one officer, who owns the firm, acts for it or was given the task; also those that are over."""

    officer: Text | None = None
    with_ended: bool = False


class OfClaim(BaseModel):
    """A fact, what it is held to be, and the row where it comes from several."""

    model_config = ConfigDict(extra="forbid")

    fact: Text
    claimed: Text
    row: Annotated[str, Field(max_length=500)] | None = None


class Nothing(BaseModel):
    """A route without parameters."""

    model_config = ConfigDict(extra="forbid")


Checked = TypeVar("Checked", bound=BaseModel)


def checked(model: type[Checked]) -> Checked:
    """The parameters of the present request; raises ``BadInput`` for an unknown, repeated or impossible one."""
    sent = flask.request.args
    repeated = sorted({name for name in sent if len(sent.getlist(name)) > 1})
    if repeated:
        raise _wrong("repeated", names="、".join(repeated))
    try:
        return model.model_validate(sent.to_dict())
    except ValidationError as error:
        first = error.errors()[0]
        name, known = ".".join(map(str, first["loc"])), "、".join(model.model_fields) or "–"
        raise _wrong("impossible", name=name, reason=first["msg"], known=known) from error


def _wrong(key: str, **values: str) -> BadInput:
    text = read_texts(_ERRORS)[key]
    return BadInput(text["zh"].format(**values), text["en"].format(**values))
