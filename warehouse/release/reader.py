"""What answers questions about a release: one file, or whichever is current."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb

from warehouse.database import connected, reading, unreadable_told
from warehouse.home import Home
from warehouse.release.order import current


class Reader(Protocol):
    """What answers questions about a release."""

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Rows as dictionaries; every value is bound."""


@dataclass(frozen=True)
class Snapshot:
    """One release, asked several questions: what is published meanwhile does not mix into the answers."""

    path: Path
    cursor: duckdb.DuckDBPyConnection

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Rows as dictionaries; every value is bound."""
        self.cursor.execute(sql, list(parameters))
        names = [column[0] for column in self.cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in self.cursor.fetchall()]


@contextmanager
def opened(path: Path) -> Iterator[Snapshot]:
    """One release by its file, current or past, or a rebuilt one."""
    with reading(path) as con:
        yield Snapshot(path, con)


class Published:
    """A reader that lives long: it takes a new release without being told."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def at_once(self) -> Iterator[Snapshot]:
        """The release that is current now, for several questions; each thread takes its own."""
        path = current(self._home).path
        with unreadable_told(path), self._lock:
            if path != self._path or self._connection is None:
                self._connection = connected(path)
                self._path = path
            cursor = self._connection.cursor()
        with unreadable_told(path), cursor:
            yield Snapshot(path, cursor)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Rows as dictionaries; every value is bound."""
        with self.at_once() as snapshot:
            return snapshot.query(sql, parameters)
