"""What happens to a casebook: locked, read-only, full, gone, a clock set back: a message, and nothing half."""

import gc
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from file_modes import mode
from postgresql import Cluster
from small_disks import copy_on_small_disk

from warehouse.casebook import store
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.casebook.verifying import verify
from warehouse.errors import CasebookFailed
from warehouse.home import Home

pytestmark = [pytest.mark.faults, pytest.mark.rule("nothing-lost")]
MANY = 1000
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def note(book: Book, text: str = "甲", now: datetime = NOON) -> int:
    return book.append([Draft("case:1", "case.noted", {"text": text}, "走访")], by="王", now=now)[0].seq


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.2)


@pytest.mark.usefixtures("impatient")
def test_a_casebook_locked_by_another_program_can_be_read_and_is_not_written(tmp_path: Path) -> None:
    book = Book(Home(tmp_path))
    note(book)
    with closing(sqlite3.connect(tmp_path / "casebook.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(CasebookFailed, match="locked"):
            note(Book(Home(tmp_path)))
        assert len(book.events()) == 1
    assert note(book) == 2


@pytest.mark.usefixtures("impatient")
def test_a_writer_that_waits_too_long_for_another_of_its_process_is_told(tmp_path: Path) -> None:
    book = Book(Home(tmp_path))
    note(book)
    with book.write(), pytest.raises(CasebookFailed, match="another request"):
        note(Book(Home(tmp_path)))
    assert note(book) == 2


def test_a_writer_that_waits_too_long_in_postgresql_is_told(
    postgresql_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "WAIT_SECONDS", 1)
    book = Book(postgresql_home)
    note(book)
    with book.write() as con:
        con.exec_driver_sql("update head set seq = seq")
        with pytest.raises(CasebookFailed, match="timeout"):
            note(Book(postgresql_home))
    assert note(book) == 2


def test_a_casebook_that_may_not_be_written_is_named_and_can_be_read(tmp_path: Path) -> None:
    note(Book(Home(tmp_path)))
    with mode(tmp_path / "casebook.db", 0o400):
        with pytest.raises(CasebookFailed, match="readonly"):
            note(Book(Home(tmp_path)))
        assert len(Book(Home(tmp_path)).events()) == 1
    assert note(Book(Home(tmp_path))) == 2


def fill(book: Book) -> tuple[int, str]:
    """The number of the last event that was kept, and why the next was not."""
    kept = 0
    try:
        while kept < MANY:
            kept = note(book, "说明" * 2000)
    except CasebookFailed as error:
        return kept, str(error)
    return kept, ""


@pytest.mark.figure("full disks below a casebook")
def test_a_full_disk_takes_whole_events_only(tmp_path: Path) -> None:
    note(Book(Home(tmp_path / "home")))
    with copy_on_small_disk(tmp_path / "home", tmp_path / "disk", left=400_000) as folder:
        book = Book(Home(folder))
        kept, reason = fill(book)
        assert 1 < kept < MANY
        assert "disk is full" in reason
        assert book.head().seq == len(book.events()) == kept
        assert verify(book.store).problems == ()


def test_a_file_that_was_removed_while_it_was_open_takes_no_events(tmp_path: Path) -> None:
    book = Book(Home(tmp_path))
    note(book)
    for path in tmp_path.glob("casebook.db*"):
        path.unlink()

    with pytest.raises(CasebookFailed, match="removed or replaced"):
        note(book)
    assert not (tmp_path / "casebook.db").exists()


def test_a_database_that_is_gone_and_comes_back(postgresql_home: Home, cluster: Cluster) -> None:
    book = Book(postgresql_home)
    note(book)
    name = book.store.url.database
    with psycopg.connect(cluster.url(), autocommit=True) as other:
        for statement in (
            f"alter database {name} with allow_connections false",
            f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'",
        ):
            other.execute(statement)
        with pytest.raises(CasebookFailed, match=str(cluster.port)) as caught:
            note(book)
        assert "geheim" not in str(caught.value)
        other.execute(f"alter database {name} with allow_connections true")
    assert note(book) == 2


def test_a_connection_lost_within_a_transaction_leaves_nothing(postgresql_home: Home, cluster: Cluster) -> None:
    book = Book(postgresql_home)
    note(book)

    def cut_off() -> None:
        with book.write() as con:
            pid = con.exec_driver_sql("select pg_backend_pid()").scalar_one()
            con.exec_driver_sql("update head set seq = 7")
            with psycopg.connect(cluster.url(), autocommit=True) as other:
                other.execute("select pg_terminate_backend(%s)", [pid])
            con.exec_driver_sql("update head set seq = 8")

    with pytest.raises(CasebookFailed):
        cut_off()
    assert note(book) == 2
    assert verify(book.store).problems == ()


def test_events_of_a_clock_set_back_stay_in_their_order(book: Book) -> None:
    moments = [NOON, NOON - timedelta(days=1), NOON + timedelta(hours=1)]
    numbers = [note(book, now=moment) for moment in moments]

    assert [(event.seq, event.at) for event in book.events()] == list(zip(numbers, moments, strict=True))
    assert [event.seq for event in book.events(up_to=2)] == [1, 2]
    assert verify(book.store).problems == ()


@pytest.mark.rule("at-once", "a server asks a book anew for each request, and looks for garbage rarely")
def test_a_book_that_nobody_holds_leaves_no_file_open(tmp_path: Path) -> None:
    gc.disable()
    try:
        for home in [Home(tmp_path)] * 3:
            note(Book(home))
            assert len(Book(home).events()) == Book(home).head().seq
        opened = [str(path.resolve()) for path in Path("/proc/self/fd").iterdir()]
    finally:
        gc.enable()
    assert [path for path in opened if path.startswith(str(tmp_path))] == []
