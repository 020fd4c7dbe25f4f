"""Backup, move and verification: a copy holds every event with its hash; what was changed is named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from postgresql import Cluster

from service.decisions import casebook
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.casebook.people import access
from warehouse.casebook.store import VARIABLE, Store
from warehouse.casebook.verifying import verify
from warehouse.errors import BadInput, CasebookFailed
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture
def filled(book: Book) -> Book:
    """A book of each kind with five events, one of which withdraws another."""
    for number in range(4):
        book.append([Draft(f"paper:{number % 2}", "paper.entered", {"n": number}, "走访")], by="王", now=NOON)
    book.append([Draft("paper:0", "paper.entered", {}, "看错", request="r", withdraws=1)], by="李", now=NOON)
    return book


def test_a_backup_holds_every_event_and_work_goes_on(filled: Book, home: Home, tmp_path: Path) -> None:
    head = casebook.backup(home, tmp_path / "kept.db")

    assert Book.at(Store(tmp_path / "kept.db")).whole() == filled.whole()
    assert head == filled.head()
    filled.append([Draft("paper:0", "paper.left", {}, "x")], by="王", now=NOON)
    with pytest.raises(BadInput, match=r"kept\.db"):
        casebook.backup(home, tmp_path / "kept.db")


def test_a_casebook_moves_to_postgresql_and_back(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, database = Home(tmp_path / "home"), cluster.create(f"m{tmp_path.stat().st_ino}")
    writer = Book(home)
    writer.append([Draft("paper:1", "paper.entered", {"名": "%'甲"}, "走访")], by="王", now=NOON)
    before = writer.whole()

    _, name, aside = casebook.move(home, database, now=NOON)
    assert "geheim" not in name
    assert aside is not None
    assert aside.exists()
    assert not (tmp_path / "home" / "casebook.db").exists()
    with pytest.raises(CasebookFailed, match="moved to"):
        Book.at(Store(aside)).append([Draft("paper:1", "paper.left", {}, "x")], by="王", now=NOON)

    monkeypatch.setenv(VARIABLE, database)
    there = Book(home)
    assert there.whole() == before
    assert there.append([Draft("paper:1", "paper.left", {}, "x")], by="王", now=NOON)[0].seq == 2
    with pytest.raises(BadInput, match="not overwritten"):
        casebook.move(home, database, now=NOON)

    casebook.move(home, str(tmp_path / "home" / "casebook.db"), now=NOON)
    after = there.whole()
    with pytest.raises(CasebookFailed, match="moved to"):
        there.append([Draft("paper:1", "paper.left", {}, "x")], by="王", now=NOON)
    monkeypatch.delenv(VARIABLE)
    assert Book(home).whole() == after


def test_sequences_of_plain_tables_go_on_after_a_move(tmp_path: Path, cluster: Cluster) -> None:
    table = sa.Table("plain", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("x", sa.JSON))
    source, target = Store(tmp_path / "a.db"), Store(cluster.create(f"s{tmp_path.stat().st_ino}"))
    for store in (source, target):
        with store.write() as con:
            table.create(con)
    with source.write() as con:
        con.execute(sa.insert(table), [{"x": {"a": [1]}}, {"x": None}])

    from warehouse.casebook.copying import copy

    with source.read() as con:
        copy(con, target)
    with target.write() as con:
        con.execute(sa.insert(table).values(x={"b": 1}))
        rows = con.execute(sa.select(table).order_by(table.c.id)).all()
    assert [tuple(row) for row in rows] == [(1, {"a": [1]}), (2, None), (3, {"b": 1})]
    target.engine.dispose()


TRIGGERS_OFF = {
    "sqlite": ["drop trigger event_no_update", "drop trigger event_no_delete"],
    "postgresql": ["alter table event disable trigger event_no_change"],
}


@pytest.mark.parametrize(
    ("damage", "number"),
    [
        ("update event set why = 'x' where seq = 2", 2),
        ("update event set by = 'x' where seq = 5", 5),
        ("delete from event where seq = 3", 4),
        ("delete from event where seq = 5", 5),
        ("update head set seq = 4", 6),
        ("update event set version = 9 where seq = 1", 1),
        ("delete from event", 1),
    ],
)
def test_a_broken_chain_names_the_first_bad_event(filled: Book, damage: str, number: int) -> None:
    assert verify(filled.store).problems == ()
    with filled.store.write() as con:
        for words in (*TRIGGERS_OFF[con.dialect.name], damage.replace("set by", 'set "by"')):
            con.exec_driver_sql(words)

    problems = verify(filled.store).problems

    assert f"no. {number}:" in problems[0].en
    assert any("trigger" in problem.en for problem in problems[1:])


def test_a_derived_row_and_an_access_that_were_changed_are_named(book: Book) -> None:
    content = {"on": "2026-06-30", "pool": "p", "designation": "gazelle", "state": "s", "phase": "x", "due": {}}
    book.append([Draft("pool:1", "pool.entered", content, "走访")], by="王", now=NOON)
    with book.store.write() as con:
        access.append(con, access.Entry("2026-06-30", "王", "officer", "view", "firm:1", {}))
    assert verify(book.store).problems == ()

    with book.store.write() as con:
        is_sqlite = con.dialect.name == "sqlite"
        con.exec_driver_sql("drop trigger access_no_update" if is_sqlite else "drop trigger access_no_change on access")
        con.exec_driver_sql("update access set who = '李'")
        con.exec_driver_sql("update membership set state = 'left'")

    derived, accessed, trigger = verify(book.store).problems
    assert "pool:1" in derived.en
    assert "no. 1" in accessed.en
    assert "access_no_" in trigger.en


def test_there_is_nothing_to_back_up_before_the_first_event(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no casebook yet"):
        casebook.backup(Home(tmp_path), tmp_path / "kept.db")
    assert not (tmp_path / "casebook.db").exists()


@pytest.mark.parametrize(
    "words", ["mysql://root:geheim@h/d", "geheim", "postgresql+psycopg2://a:geheim@h/d", "://geheim"]
)
def test_an_unknown_address_is_refused_without_being_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv(VARIABLE, words)

    with pytest.raises(BadInput, match=VARIABLE) as caught:
        Book(Home(tmp_path)).head()
    assert "geheim" not in str(caught.value)


def test_a_database_that_does_not_answer_is_named_without_its_password(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for url in (
        cluster.url("nowhere"),
        cluster.url().replace("geheim", "geheim-x"),
        "postgresql://a:geheim@127.0.0.1:1/x",
    ):
        monkeypatch.setenv(VARIABLE, url)
        with pytest.raises(CasebookFailed, match=r"127\.0\.0\.1") as caught:
            Book(Home(tmp_path)).head()
        assert "geheim" not in str(caught.value)
