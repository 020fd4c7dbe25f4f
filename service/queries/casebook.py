"""Whether the casebook is sound, and holds every statement the last release rests on."""

from typing import TYPE_CHECKING, Any

from warehouse.casebook.store import Store
from warehouse.home import Home
from warehouse.release import casebook_check
from warehouse.release.casebook_check import WAY_OUT as WAY_OUT
from warehouse.release.casebook_check import State

if TYPE_CHECKING:
    from warehouse.casebook.verifying import Verified


def state(home: Home) -> State:
    """The casebook beside the newest release; none is made where there is none."""
    return casebook_check.state(home)


def verify(home: Home) -> "Verified":
    """Whether the chain is whole, derived rows are what their events say, and changes are refused.

    Raises ``BadInput`` where there is no casebook yet.
    """
    from warehouse.casebook.verifying import verify

    return verify(Store.existing(home))


def as_row(casebook: State) -> dict[str, Any]:
    """The state for pipelines; ``lost`` are the numbers of the statements that are missing."""
    return {
        "path": casebook.path,
        "fault": casebook.fault,
        "statements": casebook.events,
        "lost": [event.seq for event in casebook.lost],
    }
