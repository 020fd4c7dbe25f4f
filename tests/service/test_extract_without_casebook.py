"""Workbooks beside a casebook that cannot be read: what rests on the release is there, the rest is not known."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from typer.testing import CliRunner
from workbooks import largest_incubator, sheets

from dash_app.pages.extracts.layout import extracts_body
from dash_app.session import Session
from flows.cli import app as commands
from flows.handover import hand_over_extracts
from service.extracts.writing import UNKNOWN
from service.outputs import Handed, write_extracts
from service.reader import Service
from service.scope import single_user
from warehouse.casebook.book import Book
from warehouse.errors import CasebookFailed
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("unknown-not-no")

NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def incubator(published: Published) -> str:
    """The one with the most tenants."""
    return largest_incubator(published)


def later_schema(home: Home, _: pytest.MonkeyPatch) -> None:
    Book(home).events()
    with sqlite3.connect(home.casebook) as con:
        con.execute("update alembic_version set version_num = '9999'")
    con.close()


def damaged(home: Home, _: pytest.MonkeyPatch) -> None:
    for path in home.root.glob("casebook.db*"):
        path.unlink()
    home.casebook.write_bytes(b"no database" * 500)


BROKEN: dict[str, Callable[[Home, pytest.MonkeyPatch], None]] = {
    "down": lambda _, patch: patch.setenv("TIDU_CASEBOOK_URL", "postgresql://tidu:a-password@127.0.0.1:1/tidu"),
    "wrong address": lambda _, patch: patch.setenv("TIDU_CASEBOOK_URL", "nonsense"),
    "later schema": later_schema,
    "damaged": damaged,
}


def test_beside_an_unreadable_casebook_changes_are_not_known_and_nothing_is_delivered(
    own_home: Home, incubator: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_extracts(own_home, tmp_path / "sound", incubator)
    (sound,) = (tmp_path / "sound").glob("*.xlsx")
    whole = sheets(sound.read_bytes())
    for fault, break_it in BROKEN.items():
        with monkeypatch.context() as patch:
            break_it(own_home, patch)
            out = tmp_path / fault
            asked = ["extract", "--incubator", incubator, "--out", str(out), "--home", str(own_home.root)]
            answer = CliRunner().invoke(commands, asked)
            assert answer.exit_code == 0, (fault, answer.output)
            assert "标为不明" in answer.stderr
            assert "a-password" not in answer.output
            (written,) = out.glob("*.xlsx")
            assert written.name == sound.name.replace(".xlsx", "-last-unknown.xlsx")
            content = sheets(written.read_bytes())
            assert "不等于没有变化" in str(content["变化"]), "not known is not none"
            assert "首次交付" not in str(content["说明"])
            assert {name: rows for name, rows in content.items() if name not in ("变化", "说明")} == {
                name: rows for name, rows in whole.items() if name not in ("变化", "说明")
            }, "what rests on the release alone is there"
            side = json.loads(next(out.glob("*-last-unknown.columns.json")).read_text("utf-8"))
            assert side["last_delivery"] == "unknown"
            for hand_over in (
                lambda out: write_extracts(own_home, out, incubator, handed=Handed("王", "每月", NOW)),
                lambda out: hand_over_extracts.fn(own_home.root, out),
            ):
                with pytest.raises(CasebookFailed, match=r"不加 --by[\s\S]*without --by"):
                    hand_over(tmp_path / "handed")
            assert not list((tmp_path / "handed").rglob("*.xlsx")), fault
            with Service(own_home).extracts(single_user()) as desk:
                assert not desk.may_deliver
                assert {row["is_delivered"] for row in desk.incubators()} == {None}
                assert desk.preview(incubator, "zh")[2] == UNKNOWN
            page = drawn_extracts(own_home)
            assert "上次交付与是否已交付不明" in page
            assert "从未交付" not in page


def drawn_extracts(home: Home) -> str:
    """What the page of extracts shows."""
    session = Session({}, "zh", single_user(), "/extracts")
    with Service(home).release(single_user()) as release:
        body = [part.to_plotly_json() for part in extracts_body(release, session)]
    return json.dumps(body, ensure_ascii=False, default=str)
