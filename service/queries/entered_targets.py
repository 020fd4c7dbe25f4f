"""Targets that people entered since the run, shown at once in the place of those that the release has."""

from typing import Any

from service.decisions.targets import entered
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.release.releases import Reader

Row = dict[str, Any]


def enter(reader: Reader, home: Home) -> list[Row]:
    """The targets that no run has read yet; a desk shows them from now on, with the bridges to them."""
    if not isinstance(reader, Desk):
        return []
    (run,) = reader.rows("select newest_statement from desk_run__read_up_to")
    targets = entered(home, run["newest_statement"] or 0)
    reader.enter_targets(targets)
    return targets
