"""A small build stays open between the steps of a run: to open and close it takes 40 CPU milliseconds for each step.

Each step still has a connection of its own, so that nothing temporary goes from one to the next; only the database
behind them stays. Whoever opens the file in another way, or replaces it, lets it go first.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from duckdb import DuckDBPyConnection as Connection

from warehouse.database.macros.functions import remove_functions

MOST_BYTES = 64 << 20
"""The largest build that stays open: of a larger one, what DuckDB read would lie in memory beside the next step."""

_kept: dict[Path, Connection | None] = {}


@contextmanager
def kept_open(path: Path) -> Iterator[None]:
    """The build stays open within, once it was opened and until it is let go."""
    _kept[path] = None
    try:
        yield
    finally:
        let_go(path)
        del _kept[path]


@contextmanager
def kept_after(path: Path, connection: Connection, connect: Callable[[], Connection]) -> Iterator[None]:
    """Keep the database of a connection that is closed after the block, where its build stays open and is small.

    The functions of Python go with the connection that registered them, and a call of what is gone ends the process:
    they are removed from a database that stays, and where the block fails, it does not stay.
    """
    try:
        yield
    except BaseException:
        let_go(path)
        raise
    if path not in _kept:
        return
    let_go(path)
    if path.stat().st_size <= MOST_BYTES:
        remove_functions(connection)
        _kept[path] = connect()


def let_go(path: Path) -> None:
    """Close the database, if it is kept: before the file is opened in another way, moved or removed."""
    if (kept := _kept.get(path)) is not None:
        _kept[path] = None
        kept.close()
