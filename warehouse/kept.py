"""Keeps the file of a small build open between the steps of a run: opening and closing it costs as much as a step.

``kept_open(path)`` says for how long. Whoever replaces, moves or reads the file in another way calls ``let_go`` first;
an error closes it too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

SMALL_BYTES = 64 * 1024 * 1024
"""A larger file is closed after each step, so that the memory of its pages is free for the next."""

_kept: dict[Path, duckdb.DuckDBPyConnection | None] = {}
"""The connection left open, by file; None where the file is closed just now."""


@contextmanager
def kept_open(path: Path) -> Iterator[None]:
    """Within it a build in this file stays open when a step leaves it; afterwards it is closed."""
    _kept.setdefault(path, None)
    try:
        yield
    finally:
        let_go(path)
        _kept.pop(path, None)


def let_go(path: Path) -> None:
    """Close a file that was kept open, with everything in it written; nothing where it is not open."""
    connection = _kept.get(path)
    if connection is not None:
        _kept[path] = None
        connection.close()


@contextmanager
def connected(path: Path, connect: Callable[[], duckdb.DuckDBPyConnection]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The connection that was left open, or a new one; closed at the end unless its file is to be kept open."""
    connection = _kept.get(path) or connect()
    if path in _kept:
        _kept[path] = None
    try:
        yield connection
    except BaseException:
        connection.close()
        raise
    if path in _kept and _kept[path] is None and path.stat().st_size <= SMALL_BYTES:
        _detach(connection)
        _kept[path] = connection
    else:
        connection.close()


def _detach(connection: duckdb.DuckDBPyConnection) -> None:
    """Detach what a step attached, as closing the file would."""
    others = "select database_name from duckdb_databases() where not internal and database_name <> current_database()"
    for (name,) in connection.execute(others).fetchall():
        connection.execute(f'detach "{name}"')
