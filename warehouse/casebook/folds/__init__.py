"""Folds: pure functions from the events of a stream to a row of a derived table, a module for each table.

A module has ``PREFIX`` (of its streams, such as ``pool:``), ``TABLE`` (``stream`` as primary key, ``version``, ``seq``,
then its fields; a migration makes it) and ``fold(events)``: the fields from the events in force, None for no row.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Protocol, cast

from warehouse.casebook.events import Event

if TYPE_CHECKING:
    import sqlalchemy as sa


class Fold(Protocol):
    """A module of this package."""

    PREFIX: str
    TABLE: "sa.Table"

    def fold(self, events: Sequence[Event]) -> dict[str, Any] | None:
        """The fields of the row, but for ``stream``, ``version`` and ``seq``."""


@cache
def folds() -> tuple[Fold, ...]:
    """Every fold, by the modules of this package that have a prefix."""
    modules = (import_module(f"{__name__}.{entry.name}") for entry in iter_modules(__path__))
    return tuple(cast(Fold, module) for module in modules if hasattr(module, "PREFIX"))


def fold_of(stream: str) -> Fold | None:
    """The fold of a stream; None for streams without a derived table."""
    return next((fold for fold in folds() if stream.startswith(fold.PREFIX)), None)
