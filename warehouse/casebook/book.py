"""The casebook: events appended by people and runs, and the rows derived from them."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from warehouse.casebook.events import Draft, Event, Head
from warehouse.casebook.store import Store
from warehouse.errors import HomeFailed
from warehouse.home import Home

if TYPE_CHECKING:  # imported where it is used: most commands read no casebook
    import sqlalchemy as sa


LAST = "\U0010ffff"
"""Sorts after every sign."""


class Book:
    """The events of an installation; opened with the first use. Each method is one transaction."""

    def __init__(self, home: Home) -> None:
        self.store = Store.of(home)
        self._frozen = home.root if home.is_frozen else None

    @classmethod
    def at(cls, store: Store) -> "Book":
        """The book in a database that is not that of a home, such as a backup."""
        book = cls.__new__(cls)
        book.store, book._frozen = store, None
        return book

    @contextmanager
    def write(self) -> "Iterator[sa.Connection]":
        """A transaction for ``appending.append`` beside plain tables; raises ``HomeFailed`` in a vintage."""
        if self._frozen is not None:
            raise HomeFailed.frozen(self._frozen)
        with self.store.write() as con:
            yield con

    def append(self, drafts: Iterable[Draft], *, by: str, now: datetime) -> list[Event]:
        """Append events and fold their streams, all or none; returns and raises as ``appending.append``."""
        from warehouse.casebook import appending

        drafts = list(drafts)
        with self.write() as con:
            return appending.append(con, drafts, by=by, now=now) if drafts else []

    def events(
        self, *, stream: str | None = None, kinds: Collection[str] | None = None, up_to: int | None = None
    ) -> list[Event]:
        """The events in order, of a stream, of kinds and up to a number where given."""
        from warehouse.casebook.appending import events_of
        from warehouse.casebook.tables import EVENT

        conditions = []
        if stream is not None:
            conditions.append(EVENT.c.stream == stream)
        if kinds is not None:
            conditions.append(EVENT.c.kind.in_(kinds))
        if up_to is not None:
            conditions.append(EVENT.c.seq <= up_to)
        with self.store.read() as con:
            return events_of(con, *conditions)

    def requested(self, request: str) -> list[Event]:
        """The events of a form by the number it was drawn with, or its beginning; none where there is no book."""
        from warehouse.casebook.appending import events_of
        from warehouse.casebook.tables import EVENT

        if not self.store.exists():
            return []
        conditions = [EVENT.c.request.startswith(request, autoescape=True)]
        if self.store.path is not None:  # SQLite compares by bytes, so that the index on requests serves
            conditions += [EVENT.c.request >= request, EVENT.c.request < f"{request}{LAST}"]
        with self.store.read() as con:
            return events_of(con, *conditions)

    def whole(self) -> tuple[list[Event], Head]:
        """All events and the head as they are at one moment."""
        from warehouse.casebook.appending import events_of, head_of

        with self.store.read() as con:
            return events_of(con), head_of(con)

    def put_back(self, events: Iterable[Event]) -> None:
        """Restore lost events; as ``appending.put_back``."""
        from warehouse.casebook import appending

        if events := list(events):
            with self.write() as con:
                appending.put_back(con, events)

    def head(self) -> Head:
        """The end of the chain."""
        from warehouse.casebook.appending import head_of

        with self.store.read() as con:
            return head_of(con)

    def rows(self, table: "sa.Table", *where: "sa.ColumnElement[bool]") -> list[dict[str, Any]]:
        """The derived rows that meet the conditions, in the order of their streams."""
        import sqlalchemy as sa

        with self.store.read() as con:
            return [
                dict(row) for row in con.execute(sa.select(table).where(*where).order_by(table.c.stream)).mappings()
            ]
