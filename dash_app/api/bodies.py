"""The bodies by which acts are sent: strict, without fields that nobody asks for, of bounded length."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.casework.casework import LONGEST

Text = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Words = Annotated[str, Field(max_length=LONGEST)]
Place = Annotated[int, Field(ge=1, le=1000)]


class Body(BaseModel):
    """What every act states: why."""

    model_config = ConfigDict(extra="forbid", strict=True)

    why: Text


class PromiseBody(BaseModel):
    """What was promised, and by which day."""

    model_config = ConfigDict(extra="forbid", strict=True)

    what: Text
    by_on: date | None = None


class VisitBody(Body):
    """A visit with the promises of both sides; today unless a day is given."""

    visited_on: date | None = None
    note: Text
    ours: Annotated[list[PromiseBody], Field(max_length=50)] = []
    theirs: Annotated[list[PromiseBody], Field(max_length=50)] = []
    next_on: date | None = None


class ContactBody(Body):
    """A call: spoken to, a visit agreed on, or not reached; what it was about, and the next day."""

    outcome: Name
    about: Words = ""
    note: Words = ""
    next_on: date | None = None


class KeepBody(Body):
    """A promise, by its side and place, was kept."""

    side: Literal["ours", "theirs"]
    promise: Place
    on: date | None = None


class RequestBody(Body):
    """What the firm asks for; without ``raised_on`` it is of the day of the act."""

    what: Text
    topic: Words = ""
    raised_on: date | None = None


class AnswerBody(Body):
    """``answer`` goes to the firm that made the request."""

    answer: Text


class CloseBody(Body):
    """The result by which a request is closed."""

    result: Name


class TaskBody(Body):
    """A task; the owner's of the firm unless an officer is named."""

    what: Text
    start_by: date | None = None
    due_by: date | None = None
    officer: Name | None = None


class TaskDueBody(Body):
    """A task out of what is due next under a duty."""

    duty: Name
    officer: Name | None = None


class EndBody(Body):
    """``outcome``: the result of a task, in words."""

    outcome: Text


class PostponeBody(Body):
    """Other days of a task."""

    start_by: date | None = None
    due_by: date


class ApplicationBody(Body):
    """``designation``: an id of ``tiers/ladder.yml``."""

    designation: Name


class ReadyBody(Body):
    """A paper of an application, by its place, is ready."""

    paper: Place


class FiledBody(Body):
    """An application was filed."""

    filed_on: date | None = None
    receipt: Name


class DecidedBody(Body):
    """The result of an application."""

    outcome: Name
    on: date | None = None


class ContestBody(Body):
    """What a firm holds a fact to be; sent as a form together with its proofs."""

    fact: Name
    claimed: Name
    row: Text | None = None


class ServiceBody(Body):
    """A service was given."""

    service: Name
    on: date | None = None
    designation: Name | None = None
    condition_id: Name | None = None


class OutcomeBody(Body):
    """Whether a service closed the gap."""

    outcome: Name
    on: date | None = None


class StepBody(Body):
    """A step of the pool; papers by their ids, each with where it is filed."""

    step: Name
    designation: Name | None = None
    papers: Annotated[dict[Name, Text], Field(max_length=50)] = {}
    ground: Name | None = None


class StepAllBody(Body):
    """A step, entering unless another is named, of every firm that gives a signal about a title."""

    signal: Name
    designation: Name
    step: Name | None = None
    papers: Annotated[dict[Name, Text], Field(max_length=50)] = {}
    ground: Name | None = None


class OwnerBody(Body):
    """Owner and deputy of a firm, or those that the rules of the zone name."""

    owner: Name | None = None
    deputy: Name | None = None
    by_rule: bool = False


class HandOverBody(Body):
    """The firms of an owner, or one of them, go to another."""

    former: Name
    owner: Name
    deputy: Name | None = None
    firm: Name | None = None


class LeaveBody(Body):
    """A leave; the own one unless an officer is named."""

    officer: Name | None = None
    first_on: date
    last_on: date
    deputy: Name


class LeaveEndBody(Body):
    """The last day of a leave, yesterday unless one is given."""

    officer: Name | None = None
    last_on: date | None = None


BODIES: Mapping[str, type[Body]] = {
    "visit": VisitBody,
    "contact": ContactBody,
    "keep": KeepBody,
    "request": RequestBody,
    "answer": AnswerBody,
    "close": CloseBody,
    "task": TaskBody,
    "task_due": TaskDueBody,
    "done": EndBody,
    "drop": EndBody,
    "postpone": PostponeBody,
    "application": ApplicationBody,
    "ready": ReadyBody,
    "filed": FiledBody,
    "decided": DecidedBody,
    "contest": ContestBody,
    "accept": Body,
    "decline": Body,
    "service": ServiceBody,
    "service_outcome": OutcomeBody,
    "step": StepBody,
    "assign": OwnerBody,
    "unassign": Body,
    "undo": Body,
    "step_all": StepAllBody,
    "assign_all": Body,
    "hand_over": HandOverBody,
    "leave": LeaveBody,
    "leave_end": LeaveEndBody,
}
"""By the names of the acts."""
