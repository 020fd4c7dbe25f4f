"""The engines below a casebook: of SQLite, with the write-ahead log, and of PostgreSQL."""

import sqlite3
import time
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # imported where it is used: most commands read no casebook
    import sqlalchemy as sa

AGAIN_SECONDS = 0.05
"""How long to wait before the log is switched again."""


def sqlite(url: "sa.URL", wait: float) -> "sa.Engine":
    """An engine for a file, whose writers begin at once; who finds it locked waits so many seconds."""
    import sqlalchemy as sa

    engine = sa.create_engine(url, connect_args={"timeout": wait, "isolation_level": None})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        _log_ahead(connection, wait)
        for setting in ("synchronous = full", "foreign_keys = on"):
            connection.execute(f"pragma {setting}")

    @sa.event.listens_for(engine, "begin")
    def begin(con: "sa.Connection") -> None:
        writes = con.get_execution_options().get("tidu_writes")
        con.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


def _log_ahead(connection: sqlite3.Connection, wait: float) -> None:
    """Switch a new file to the write-ahead log; SQLite does not wait by itself where others switch at the moment."""
    until = time.monotonic() + wait
    while connection.execute("pragma journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(AGAIN_SECONDS)


@cache
def postgresql(url: "sa.URL", process: int, wait: float) -> "sa.Engine":
    """An engine for each process, since a connection must not cross a fork."""
    import sqlalchemy as sa

    settings = {"connect_timeout": wait, "options": f"-c lock_timeout={wait}s"}
    return sa.create_engine(url, pool_pre_ping=True, pool_timeout=wait, connect_args=settings)
