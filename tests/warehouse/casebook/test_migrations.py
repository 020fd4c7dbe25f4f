"""Migrations: an old casebook is carried over whole, up and down; triggers stand after each; several may start.

After a new migration: ``python tests/warehouse/casebook/test_migrations.py`` writes ``migrations/newest.sql`` anew.
"""

import re
import sqlite3
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse.casebook import migrate
from warehouse.casebook.book import Book
from warehouse.casebook.events import FIRST, Draft, Head, chained, row_of
from warehouse.casebook.folds import membership
from warehouse.casebook.statements import Casebook
from warehouse.casebook.store import Store
from warehouse.casebook.verifying import TRIGGERS, verify
from warehouse.errors import CasebookFailed
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

REVISIONS = sorted(path.name[:4] for path in (migrate.SCRIPTS / "versions").glob("[0-9]*.py"))
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
OLD = """
create table statement (
    statement_id integer primary key, kind varchar(40) not null, subject varchar(400) not null, content text not null,
    said_by varchar(80) not null, why text not null, said_at varchar(32) not null,
    withdraws integer references statement (statement_id)
);
insert into statement values
    (1, 'unit', 'report 1', '{"factor": 1000}', '王', '按表头', '2026-06-30T12:00:00.000000+00:00', null),
    (2, 'unit', 'report:2', '{}', '王', '按表头', '2026-06-30T12:00:00.000000+00:00', null),
    (5, 'unit', 'report 1', '{}', '李', '撤回', '2026-06-30T13:00:00.000000+00:00', 1);
"""


def old_casebook(folder: Path) -> Home:
    home = Home(folder)
    with closing(sqlite3.connect(home.casebook)) as con:
        con.executescript(OLD)
    return home


def rows_of(home: Home, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home.casebook)) as con:
        return con.execute(query).fetchall()


def triggers(book: Book) -> set[str]:
    names = {
        "sqlite": "select name from sqlite_master where type = 'trigger'",
        "postgresql": "select tgname from pg_trigger where not tgisinternal",
    }
    with book.store.engine.connect() as con:
        return set(con.exec_driver_sql(names[con.dialect.name]).scalars())


def statements_of(path: Path) -> list[str]:
    """The statements that make a casebook anew."""
    with closing(sqlite3.connect(path)) as con:
        return [re.sub(" +$", "", text, flags=re.MULTILINE) for text in con.iterdump() if "TRANSACTION" not in text]


def migrated(folder: Path) -> list[str]:
    """A new casebook as its migrations make it."""
    store = Store(folder / "casebook.db")
    migrate.migrate(store.engine, migrate.NEWEST)
    store.close()
    return [text for text in statements_of(folder / "casebook.db") if text != "COMMIT;"]


def test_a_new_casebook_is_what_the_migrations_make_of_it(tmp_path: Path) -> None:
    Book(home := Home(tmp_path / "new")).head()
    kept = migrate.NEW.read_text("utf-8").rstrip("\n").split("\n\n")

    assert sorted(kept) == sorted(migrated(tmp_path)) == sorted(set(statements_of(home.casebook)) - {"COMMIT;"})


def test_an_old_casebook_is_carried_over_with_its_numbers(tmp_path: Path) -> None:
    home = old_casebook(tmp_path)

    events = Book(home).events()

    assert [(event.seq, event.stream, event.version, event.withdraws) for event in events] == [
        (1, "unit:report 1", 1, None),
        (2, "unit:report:2", 1, None),
        (5, "unit:report 1", 2, 1),
    ]
    previous = FIRST
    for event in events:
        previous = chained(previous, row_of(event))
        assert event.hash == previous
    assert Book(home).head() == Head(5, previous)
    assert [(s.statement_id, s.subject, s.stated_by) for s in Casebook(home).statements()] == [
        (1, "report 1", "王"),
        (2, "report:2", "王"),
        (5, "report 1", "李"),
    ]
    made = Casebook(home).record("unit", "a", {}, by="王", why="x", now=NOON)
    assert made.statement_id == 6


def test_a_casebook_goes_down_to_the_old_table_and_up_again(tmp_path: Path) -> None:
    home = old_casebook(tmp_path)
    before = rows_of(home, "select * from statement order by 1")
    book = Book(home)
    events = book.events()

    migrate.migrate(book.store.engine, "0001")
    assert rows_of(home, "select * from statement order by 1") == before
    assert triggers(book) == set()

    assert Book(home).events() == events


@pytest.mark.parametrize("revision", REVISIONS)
def test_events_refuse_changes_after_every_migration_up_and_down(book: Book, revision: str) -> None:
    engine = book.store.engine
    for start in ("0001", migrate.NEWEST):
        migrate.migrate(engine, start)
        migrate.migrate(engine, revision)

        tables = [table for table, since in (("event", "0002"), ("access", "0006")) if revision >= since]
        expected = {name for name in TRIGGERS[engine.dialect.name] if name.startswith(tuple(tables))}
        assert triggers(book) == expected


def test_what_postgresql_refuses_includes_truncation(postgresql_home: Home) -> None:
    book = Book(postgresql_home)
    book.head()

    with pytest.raises(CasebookFailed, match="append-only"), book.store.write() as con:
        con.exec_driver_sql("truncate event")


def test_derived_rows_come_back_after_down_and_up(book: Book) -> None:
    content = {"on": "2026-06-30", "pool": "p", "designation": "gazelle", "state": "s", "phase": "x", "due": {}}
    for number in range(3):
        book.append([Draft(f"pool:{number}", "pool.entered", content, "走访")], by="王", now=NOON)
    book.append([Draft("note:a", "note", {"x": 1}, "走访")], by="王", now=NOON)
    rows, events = book.rows(membership.TABLE), book.events()
    assert len(rows) == 3

    for revision in ("0002", "0001"):
        migrate.migrate(book.store.engine, revision)
        migrate.migrate(book.store.engine, migrate.NEWEST)
        assert book.rows(membership.TABLE) == rows
        assert book.events() == events
    assert verify(book.store).problems == ()


def test_a_casebook_of_a_later_version_is_left_alone(book: Book, home: Home) -> None:
    with book.store.write() as con:
        con.exec_driver_sql("update alembic_version set version_num = '9999'")

    with pytest.raises(CasebookFailed, match="later version"):
        Book(home).head()
    with book.store.engine.connect() as con:
        assert migrate.revision_of(con) == "9999"


def test_several_starts_at_once_migrate_once(new_home: Home) -> None:
    with ThreadPoolExecutor(8) as pool:
        heads = list(pool.map(lambda _: Book(new_home).head(), range(8)))

    assert set(heads) == {Head(0, FIRST)}


def test_several_starts_at_once_carry_an_old_casebook_once(tmp_path: Path) -> None:
    home = old_casebook(tmp_path)

    with ThreadPoolExecutor(8) as pool:
        heads = list(pool.map(lambda _: Book(home).head(), range(8)))

    assert len(set(heads)) == 1
    assert len(Book(home).events()) == 3


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        migrate.NEW.write_text("\n\n".join(migrated(Path(name))) + "\n", "utf-8")
