"""From which share of its cells a column, a row or a list is read as being of a kind, from ``shares.yml``."""

from functools import cache
from pathlib import Path

from warehouse.definition import Strict, read_definition


class Shares(Strict):
    """Shares between 0 and 1; more than ``filled`` and ``names``, and at least ``of_a_kind``."""

    of_a_kind: float
    filled: float
    names: float


@cache
def shares() -> Shares:
    """The shares in force; raises ``DefinitionError`` with file and line."""
    path = Path(__file__).with_suffix(".yml")
    return read_definition(Shares, path)
