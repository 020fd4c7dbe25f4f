"""The memberships of firms in the pool, as the casebook's events give them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiers.cultivation.schema import OUTSIDE
from warehouse.casebook.book import Book
from warehouse.casebook.events import Event, in_force
from warehouse.home import Home

PREFIX = "pool:"


@dataclass(frozen=True)
class Membership:
    """A firm's stream of the pool: its newest version, the events in force, and the row they give, if any."""

    firm_id: str
    version: int = 0
    events: tuple[Event, ...] = ()
    row: dict[str, Any] | None = None

    @property
    def state(self) -> str:
        """The present state; of a firm that never entered ``OUTSIDE``."""
        return str(self.row["state"]) if self.row else OUTSIDE

    def day(self, name: str) -> date | None:
        """A date column; None for a firm without membership."""
        return self.row[name] if self.row else None


def membership_of(home: Home, firm_id: str) -> Membership:
    """The membership of a firm; of one that never entered, an empty one."""
    return _membership(firm_id, Book(home).events(stream=f"{PREFIX}{firm_id}"))


def memberships(home: Home) -> dict[str, Membership]:
    """Every membership by firm, by one reading of the book."""
    from warehouse.casebook.folds.membership import KINDS

    streams: dict[str, list[Event]] = defaultdict(list)
    for event in Book(home).events(kinds=KINDS):
        streams[event.name].append(event)
    return {firm_id: _membership(firm_id, events) for firm_id, events in streams.items()}


def _membership(firm_id: str, events: Iterable[Event]) -> Membership:
    from warehouse.casebook.folds import membership

    every = list(events)
    kept = in_force(every)
    return Membership(firm_id, every[-1].version if every else 0, tuple(kept), membership.fold(kept))
