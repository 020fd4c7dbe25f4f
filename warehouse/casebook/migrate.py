"""Migrations of the casebook's database, run with its first use under a lock, so that several processes may start."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from warehouse.errors import CasebookFailed

if TYPE_CHECKING:
    import sqlalchemy as sa

SCRIPTS = Path(__file__).parent / "migrations"
NEW = SCRIPTS / "newest.sql"
"""What the migrations lead to in a new file of SQLite: a tenth of their time, and Alembic is not imported."""
NEWEST = max(path.name[:4] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))
"""The revision of this version, the number of its file."""

_ALEMBIC = Lock()
"""Alembic keeps the migration at work in globals, so that a process takes them one by one."""

_LOCK = 0x7469_6475
"""The number of PostgreSQL's advisory lock for migrations."""


def ensure_newest(engine: "sa.Engine") -> None:
    """Bring a database to this version's revision; a database that is there already costs one query.

    Raises ``CasebookFailed`` for one of a later version, which this one would not understand.
    """
    with engine.connect() as con, con.begin():
        revision = revision_of(con) or ""
    if not revision and engine.dialect.name == "sqlite":
        revision = _begun(engine)
    if revision > NEWEST:
        raise CasebookFailed(
            f"决定簿由更新版本的 Tidu 写成（{revision}，本版本为 {NEWEST}），未作任何改动；请升级后再用",
            f"the casebook was written by a later version of Tidu ({revision}, this one knows {NEWEST}), nothing was"
            " changed; upgrade first",
        )
    if revision < NEWEST:
        migrate(engine, NEWEST)


def _begun(engine: "sa.Engine") -> str:
    """The revision of a new file once its tables are created; empty for one from before there were migrations."""
    with engine.connect().execution_options(tidu_writes=True) as con, con.begin():
        if con.exec_driver_sql("select count(*) from sqlite_master").scalar():  # of another process, or an old one
            return revision_of(con) or ""
        for statement in NEW.read_text("utf-8").split(";\n\n"):
            con.exec_driver_sql(statement)
    return NEWEST


def revision_of(con: "sa.Connection") -> str | None:
    """The revision of a database; None before the first, or for one from before there were migrations."""
    import sqlalchemy as sa

    if not sa.inspect(con).has_table("alembic_version"):
        return None
    return con.execute(sa.text("select version_num from alembic_version")).scalar()


def migrate(engine: "sa.Engine", revision: str) -> None:
    """Take a database up or down to a revision, in one transaction."""
    from alembic import command
    from alembic.config import Config

    with _ALEMBIC, engine.connect().execution_options(tidu_writes=True) as con, con.begin():
        if con.dialect.name == "postgresql":
            con.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")
        config = Config(attributes={"connection": con})
        config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
        is_down = (revision_of(con) or "") > revision
        (command.downgrade if is_down else command.upgrade)(config, revision)
        if revision == NEWEST:
            _fold_anew(con)


def _fold_anew(con: "sa.Connection") -> None:
    """Derived tables, which a migration makes empty or another version folded otherwise, from all events."""
    import sqlalchemy as sa

    from warehouse.casebook.appending import fold_streams
    from warehouse.casebook.folds import folds
    from warehouse.casebook.tables import EVENT

    for fold in folds():
        con.execute(sa.delete(fold.TABLE))
        streams = sa.select(EVENT.c.stream).where(EVENT.c.stream.startswith(fold.PREFIX, autoescape=True)).distinct()
        fold_streams(con, con.execute(streams).scalars().all())
