"""Transactions on the tables of people: changed rows and their events, together or not at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.home import Home

if TYPE_CHECKING:
    import sqlalchemy as sa


@dataclass
class Writing:
    """A transaction that changes rows, and the events to be appended at its end."""

    con: "sa.Connection"
    drafts: list[Draft] = field(default_factory=list)

    def event(self, stream: str, kind: str, content: Mapping[str, Any], why: str) -> None:
        """Append an event to a stream when the transaction ends."""
        self.drafts.append(Draft(stream, kind, content, why))


class People:
    """The accounts, tokens, attempts and accesses of one installation."""

    def __init__(self, home: Home) -> None:
        self._book, self.home = Book(home), home

    def is_there(self) -> bool:
        """Whether the casebook was made before; a vintage has no accounts."""
        return self._book.store.exists() and not self.home.is_frozen

    @contextmanager
    def read(self) -> "Iterator[sa.Connection]":
        """A connection for questions; raises ``CasebookFailed`` where the database cannot be read."""
        with self._book.store.read() as con:
            yield con

    @contextmanager
    def write(self, by: str, now: datetime) -> Iterator[Writing]:
        """A transaction, in which what was read stays so, since writers take turns.

        Raises ``HomeFailed`` in a vintage, ``CasebookFailed`` where nothing can be written.
        """
        from warehouse.casebook.appending import append, take_turn
        from warehouse.casebook.people.tables import CHAIN

        with self._book.write() as con:
            take_turn(con, CHAIN)
            yield (writing := Writing(con))
            if writing.drafts:
                append(con, writing.drafts, by=by, now=now)
