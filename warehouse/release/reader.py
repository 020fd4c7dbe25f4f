"""Readers of a release: of a single file, or of whichever release is current."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from warehouse.database.translation import release_errors
from warehouse.errors import DefinitionError
from warehouse.home import Home
from warehouse.release.desk.desk import Desk, Kind, ZoneSnapshot, open_desk
from warehouse.release.order import current
from warehouse.rows import Row


class Reader(Protocol):
    """Runs queries on a release."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Rows as dictionaries; every value is bound."""


@dataclass(frozen=True)
class DeskHome(Home):
    """A home as the user may see it: its release is read through an open desk, which has the firms of a scope only.

    What asks such a home names views of the desk, or raises ``DefinitionError``.
    """

    desk: Reader


class Published:
    """A long-lived reader that switches to a new release as soon as it is current."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._snapshot: ZoneSnapshot | None = None

    @contextmanager
    def at_once(self) -> Iterator[Reader]:
        """The release that is current now, for several queries; that of a ``DeskHome`` is the one its desk has."""
        if isinstance(self._home, DeskHome):
            yield self._home.desk
            return
        with self.whole() as snapshot:
            yield snapshot

    @contextmanager
    def whole(self) -> Iterator[ZoneSnapshot]:
        """The current release with all its tables; each thread has a connection of its own.

        Raises ``DefinitionError`` for a ``DeskHome``, which is never read as a whole.
        """
        if isinstance(self._home, DeskHome):
            raise DefinitionError("a desk reads views only, not the whole release")
        path = current(self._home).path
        with release_errors(path), self._lock:
            if self._snapshot is None or path != self._snapshot.path:
                self._snapshot = ZoneSnapshot.connect(path)
            snapshot = self._snapshot.cursor()
        with release_errors(path), closing(snapshot):
            yield snapshot

    @contextmanager
    def desk(self, kind: Kind, keys: Sequence[str] = ()) -> Iterator[Desk]:
        """The release that is current now, limited to a scope."""
        with self.whole() as snapshot, open_desk(snapshot, kind, keys) as desk:
            yield desk

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Rows as dictionaries; every value is bound."""
        with self.at_once() as snapshot:
            return snapshot.rows(sql, parameters)


@contextmanager
def desk_of(path: Path, kind: Kind, keys: Sequence[str]) -> Iterator[Desk]:
    """The release of a file, limited to a scope."""
    with release_errors(path), closing(ZoneSnapshot.connect(path)) as snapshot, open_desk(snapshot, kind, keys) as desk:
        yield desk
