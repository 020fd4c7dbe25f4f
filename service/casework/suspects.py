"""Reports that seem to be in another unit, as far as undecided."""

from warehouse.casebook.statements import Casebook
from warehouse.home import Home
from warehouse.quality.unit_guard.factors import KIND, PROPOSED, in_force


def unit_suspects(home: Home) -> int:
    """How many reports wait for a decision on their unit."""
    standing = in_force(Casebook(home).statements(KIND)).values()
    return sum(statement.content["state"] == PROPOSED for statement in standing)
