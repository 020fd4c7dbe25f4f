"""A new home's Prefect database is what Prefect's own migrations would make of it.

After an upgrade of Prefect: ``python tests/flows/test_prefect_database.py`` writes ``flows/api/schema.sql`` anew, and
into ``prefect_schema.sha256`` the hash of what it was made from and of itself: to migrate takes five CPU seconds.
"""

import hashlib
import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from importlib.metadata import files, version
from pathlib import Path

import pytest
from waits import run

from flows.api import database

pytestmark = pytest.mark.rule("libraries-first")

MIGRATE = """
import asyncio
from prefect.server.database import provide_database_interface
asyncio.run(provide_database_interface().create_db())
"""
MADE_FROM = Path(__file__).with_name("prefect_schema.sha256")
WRITES = ("alembic", "sqlalchemy")
"""What carries migrations out."""
MIGRATES = "PREFECT_SERVER_DATABASE_MIGRATE_ON_START"


def migrated(folder: Path) -> Path:
    """A database made by Prefect's migrations alone."""
    environment = {**os.environ, "PREFECT_HOME": str(folder), "PREFECT_LOGGING_LEVEL": "ERROR"}
    run([sys.executable, "-c", MIGRATE], env=environment, check=True)
    return folder / "prefect.db"


def dump(path: Path) -> str:
    """A database as the text that makes it anew, as ``schema.sql`` holds it."""
    with closing(sqlite3.connect(path)) as con:
        lines = "\n".join(con.iterdump()).splitlines()
    return database.HEAD.format(version("prefect")) + "".join(f"{line.rstrip()}\n" for line in lines)


def made_from() -> str:
    """The hash of Prefect's migrations, of what carries them out, and of the schema that they were written to."""
    migrations = sorted(
        str(file.locate()) for file in files("prefect") or () if "_migrations" in file.parts and file.suffix == ".py"
    )
    assert len(migrations) > 100
    content = [Path(path).read_bytes() for path in (*migrations, database.SCHEMA)]
    return hashlib.sha256(b"".join([*content, *(f"{name} {version(name)}".encode() for name in WRITES)])).hexdigest()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (*database.OTHER_DATABASE, MIGRATES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    return tmp_path


def test_the_schema_is_what_the_migrations_of_the_installed_version_make() -> None:
    assert made_from() == MADE_FROM.read_text("utf-8").strip(), f"python {Path(__file__).name} writes it anew"
    assert database.SCHEMA.read_text("utf-8").startswith(database.HEAD.format(version("prefect")))


def test_a_new_database_is_up_to_date_and_not_migrated(folder: Path) -> None:
    database.prepare()

    assert dump(folder / "prefect.db") == database.SCHEMA.read_text("utf-8")
    assert os.environ[MIGRATES] == "false"


@pytest.mark.parametrize(
    "sql",
    [
        "update alembic_version set version_num = '5bff7878e700'",
        "delete from alembic_version",
        "drop table alembic_version",
    ],
)
def test_a_database_at_another_revision_is_migrated(folder: Path, sql: str) -> None:
    database.prepare()
    del os.environ[MIGRATES]
    with closing(sqlite3.connect(folder / "prefect.db")) as con:
        con.execute(sql)
        con.commit()

    database.prepare()

    assert MIGRATES not in os.environ


def test_a_damaged_database_is_left_to_prefect(folder: Path) -> None:
    (folder / "prefect.db").write_bytes(b"no database" * 100)

    database.prepare()

    assert MIGRATES not in os.environ
    assert (folder / "prefect.db").read_bytes() == b"no database" * 100


def test_the_database_of_another_version_of_prefect_is_migrated(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "version", lambda _: "99.0")

    database.prepare()

    assert (folder / "prefect.db").exists()
    assert MIGRATES not in os.environ


@pytest.mark.parametrize("name", database.OTHER_DATABASE)
def test_an_operator_s_own_database_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "elsewhere")

    database.prepare()

    assert list(folder.iterdir()) == []
    assert MIGRATES not in os.environ


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        database.SCHEMA.write_text(dump(migrated(Path(name))), "utf-8")
    MADE_FROM.write_text(f"{made_from()}\n", "utf-8")
