"""The casebook: statements are appended and withdrawn by a further statement, never changed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from warehouse.casebook.statements import Casebook, Entry, write_statements
from warehouse.database.build import Build
from warehouse.errors import BadInput
from warehouse.home import Home

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def test_the_newer_of_two_statements_applies_and_both_are_kept(tmp_path: Path) -> None:
    book = Casebook(Home(tmp_path))
    book.record("unit", "report 1", {"factor": 1000}, by="王", why="按表头", now=NOON)
    book.record("unit", "report 1", {"factor": 1}, by="李", why="企业更正", now=NOON + timedelta(hours=1))

    assert [(statement.said_by, statement.content) for statement in book.statements()] == [
        ("王", {"factor": 1000}),
        ("李", {"factor": 1}),
    ]
    assert _standing(tmp_path, book) == [("report 1", "1")]


def test_withdrawing_a_statement_restores_the_previous_one(tmp_path: Path) -> None:
    book = Casebook(Home(tmp_path))
    book.record("unit", "report 1", {"factor": 1000}, by="王", why="按表头", now=NOON)
    second = book.record("unit", "report 1", {"factor": 1}, by="李", why="看错", now=NOON)
    book.record("unit", "report 1", {}, by="李", why="撤回", now=NOON, withdraws=second.statement_id)

    assert _standing(tmp_path, book) == [("report 1", "1000")]


def test_statements_made_together_are_kept_all_or_none(tmp_path: Path) -> None:
    book = Casebook(Home(tmp_path))
    first, second = (Entry("unit", f"report {number}", {"factor": 1}, "按表头") for number in (1, 2))
    made = book.record_all([first, second], by="王", now=NOON)

    with pytest.raises(BadInput):
        book.record_all([first, Entry("unit", "report 3", {}, "撤回", withdraws=99)], by="王", now=NOON)

    assert [statement.statement_id for statement in made] == [1, 2]
    assert book.statements() == made


def test_the_statements_known_at_a_moment_can_be_queried(tmp_path: Path) -> None:
    book = Casebook(Home(tmp_path))
    book.record("unit", "a", {}, by="王", why="按表头", now=NOON)
    book.record("unit", "b", {}, by="王", why="按表头", now=NOON + timedelta(seconds=1))

    assert [statement.subject for statement in book.statements(known_on=NOON)] == ["a"]


@pytest.mark.parametrize(("by", "why"), [("", "看错"), ("王", "  ")])
def test_a_statement_needs_a_name_and_a_reason(tmp_path: Path, by: str, why: str) -> None:
    with pytest.raises(BadInput, match="--by"):
        Casebook(Home(tmp_path)).record("unit", "a", {}, by=by, why=why, now=NOON)


def test_an_unknown_statement_cannot_be_withdrawn(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="7"):
        Casebook(Home(tmp_path)).record("unit", "a", {}, by="王", why="撤回", now=NOON, withdraws=7)


def _standing(folder: Path, book: Casebook) -> list[tuple[str, str]]:
    with Build.open(folder / "build.duckdb") as con:
        write_statements(con, book.statements())
        return con.execute("select subject, content->>'factor' from statement_standing").fetchall()
