"""Whether the casebook is sound, and holds every statement the last release rests on."""

from typing import Any

from warehouse.home import Home
from warehouse.release import casebook_check
from warehouse.release.casebook_check import WAY_OUT as WAY_OUT
from warehouse.release.casebook_check import State


def state(home: Home) -> State:
    """The casebook beside the newest release; none is made where there is none."""
    return casebook_check.state(home)


def as_row(casebook: State) -> dict[str, Any]:
    """The state for pipelines; ``lost`` are the numbers of the statements that are missing."""
    return {
        "path": casebook.path,
        "fault": casebook.fault,
        "statements": casebook.events,
        "lost": [event.seq for event in casebook.lost],
    }
