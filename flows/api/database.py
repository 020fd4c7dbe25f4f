"""Prefect's database, begun from the schema that Prefect's own migrations lead to.

The migrations take four CPU seconds in a new home, and to find that there is none to do takes half a second in any
other. ``schema.sql`` states the version of Prefect whose migrations made it; another version migrates from there.
"""

import os
import re
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

SCHEMA = Path(__file__).with_name("schema.sql")
REVISION = Path(__file__).with_name("revision.sql")
REVISION_OF_SCHEMA = re.compile(r"\"alembic_version\" VALUES\('(\w+)'\)")
HEAD = "-- prefect {}\n"
OTHER_DATABASE = (
    "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    "PREFECT_API_DATABASE_CONNECTION_URL",
    "PREFECT_SERVER_DATABASE_NAME",
    "PREFECT_API_DATABASE_NAME",
)
"""Set by an operator who keeps Prefect's database elsewhere; it is Prefect's to make and to migrate."""


def prepare() -> None:
    """Make the database in ``PREFECT_HOME`` where there is none; migrate at start only what is not up to date.

    Called before Prefect is imported, since it reads its settings then.
    """
    if any(name in os.environ for name in OTHER_DATABASE):
        return
    path = Path(os.environ["PREFECT_HOME"]) / "prefect.db"
    if not path.exists():
        _create(path)
    if is_current(path):
        os.environ.setdefault("PREFECT_SERVER_DATABASE_MIGRATE_ON_START", "false")


def _create(path: Path) -> None:
    """Whole or not at all: a file that was cut short would be no database."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as con:
        con.executescript(SCHEMA.read_text("utf-8"))
    part.replace(path)


def is_current(path: Path) -> bool:
    """Whether a database has the schema of the Prefect that is installed."""
    with SCHEMA.open(encoding="utf-8") as text:
        if text.readline() != HEAD.format(version("prefect")):
            return False
    return revision(path) == _revision_of_schema()


def revision(path: Path) -> str | None:
    """The last migration of a database; None where it has none or cannot be read, which Prefect will report."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as con:
            rows = con.execute(REVISION.read_text("utf-8")).fetchall()
    except sqlite3.Error:
        return None
    return str(rows[0][0]) if len(rows) == 1 else None


def _revision_of_schema() -> str:
    (stated,) = REVISION_OF_SCHEMA.findall(SCHEMA.read_text("utf-8"))
    return str(stated)
