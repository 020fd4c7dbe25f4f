"""``tidu casebook``: what verify, backup and move say, and their exit codes."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows import cli
from flows.commands.casebook import BROKEN
from warehouse.casebook.statements import Casebook
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("way-out")

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a statement."""
    home = Home(tmp_path / "home")
    Casebook(home).record("unit", "report 1", {}, by="王", why="按表头", now=NOON)
    return home


def tidu(home: Home, *words: object) -> Result:
    return CliRunner().invoke(cli.app, [*map(str, ("casebook", *words)), "--home", str(home.root)])


def test_a_sound_casebook_is_counted_with_its_head(home: Home) -> None:
    answer = json.loads(tidu(home, "verify", "--json").stdout)

    assert answer["events"] == answer["head"]["seq"] == 1
    assert answer["problems"] == []
    assert answer["head"]["hash"] in tidu(home, "verify").stdout.replace("\n", "")


def test_a_changed_event_is_named_with_an_exit_code_of_its_own(home: Home) -> None:
    with closing(sqlite3.connect(home.casebook)) as con:
        con.execute("drop trigger event_no_update")
        con.execute("update event set why = '改过'")
        con.commit()

    answer = tidu(home, "verify")

    assert answer.exit_code == BROKEN
    assert "第 1 号" in answer.stdout
    assert "event_no_update" in answer.stdout


def test_a_backup_says_how_far_it_goes_and_overwrites_nothing(home: Home, tmp_path: Path) -> None:
    assert "第 1 号" in tidu(home, "backup", tmp_path / "kept.db").stdout
    assert [path.name for path in tmp_path.glob("kept*")] == ["kept.db"]
    assert isinstance(tidu(home, "backup", tmp_path / "kept.db").exception, BadInput)


def test_a_backup_is_verified_without_being_changed(home: Home, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    tidu(home, "backup", kept)
    before = kept.read_bytes()
    assert json.loads(tidu(home, "verify", kept, "--json").stdout)["events"] == 1
    with closing(sqlite3.connect(kept)) as con:
        con.execute("drop trigger event_no_update")
        con.execute("update event set why = '改过'")
        con.commit()

    changed = kept.read_bytes()
    assert changed != before
    assert tidu(home, "verify", kept).exit_code == BROKEN
    assert (kept.read_bytes(), [path.name for path in tmp_path.glob("kept*")]) == (changed, ["kept.db"])
    assert tidu(home, "verify").exit_code == 0, "the one in use is another"
    (tmp_path / "other.db").write_bytes(b"no database")
    for file in ("other.db", "none.db"):
        assert isinstance(tidu(home, "verify", tmp_path / file).exception, BadInput)
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(changed[:5000])
    assert isinstance(tidu(home, "verify", damaged).exception, BadInput)


def test_a_casebook_moved_into_a_file_is_put_aside_with_what_to_do(home: Home, tmp_path: Path) -> None:
    printed = tidu(home, "move", "--to", tmp_path / "new.db").stdout.replace("\n", "")

    assert "casebook.db.moved-" in printed
    assert "不再设 TIDU_CASEBOOK_URL" in printed
    assert isinstance(tidu(home, "verify").exception, BadInput)
    (tmp_path / "new.db").rename(home.casebook)
    assert tidu(home, "verify").exit_code == 0
