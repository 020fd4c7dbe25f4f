"""``tidu zones`` in 80 columns: every view a table in the language that is spoken, and as data with every column."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner
from zone_marts import Zones

from flows import cli
from flows.terminal import table
from flows.terminal.language import speak
from service.queries.installation.zones import VIEWS
from warehouse.home import Home
from warehouse.zones import states

pytestmark = pytest.mark.rule("two-languages")

MOVED = "91330108MA2B0000X1"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Two classes: a and b, between which a firm moved, and c, whose marts are damaged later."""
    zones = Zones(tmp_path)
    moved = {"none→none": 50, "none→tech_sme": 2, "tech_sme→none": 4, "tech_sme→tech_sme": 30}
    gone = {MOVED: "gone", **{f"A{number}": "new" for number in range(8)}}
    zones.add("a", shares=True, held=1_234, moved=moved, firms=gone, titles={MOVED: date(2020, 12, 1)})
    zones.add("b", shares=True, held=2, firms={MOVED: "new", **{f"B{number}": "same" for number in range(9)}})
    zones.add("c", "young", held=700, firms={f"C{number}": "same" for number in range(9)})
    states.write(zones.home, states.LastRun("a", "held", "2026-06-30T01:00:00+00:00"))
    return zones.home


def printed(home: Home, monkeypatch: pytest.MonkeyPatch, lang: str, *words: str) -> str:
    monkeypatch.setattr(table.console, "width", 80)
    try:
        done = CliRunner().invoke(cli.app, ["--lang", lang, "zones", *words, "--home", str(home.root)])
    finally:
        speak(None)
    assert done.exit_code == 0, (words, done.output, done.exception)
    return done.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_view_is_a_table_of_eighty_columns(home: Home, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    views = {view: printed(home, monkeypatch, lang, view) for view in VIEWS} | {
        "firm": printed(home, monkeypatch, lang, "firm", MOVED)
    }

    for view, text in views.items():
        assert max(cell_len(line.rstrip()) for line in text.splitlines()) <= 80, view
        assert " · 持有 " not in text, "a block a row, where a table was too wide"
        assert " · hold " not in text
    ladder = views["ladder"]
    assert "1,936" in ladder
    assert {"zh": "行与列都不可相加", "en": "neither are to be added"}[lang] in ladder
    assert {"zh": "全部高新区 · 3 个区", "en": "all zones · zones: 3"}[lang] in ladder
    assert {"zh": "待定", "en": "held"}[lang] in views["zones"]
    assert {"zh": "尚未运行", "en": "not run yet"}[lang] in views["state"]
    assert "run-c" in views["state"]
    assert {"zh": "没有可列的", "en": "there is nothing to list"}[lang] in views["cohorts"]
    assert {"zh": "没有可比的同类", "en": "no like zones"}[lang] in views["comparison"]
    assert "a → b" in views["firm"]
    assert MOVED in views["moves"]
    assert [line.split()[-2:] for line in views["changes"].splitlines() if line.startswith("new")] == [["×", "×"]]

    next((home.root / "marts" / "firm_index" / "zone=c").glob("*.parquet")).write_bytes(b"cut")
    assert {"zh": "汇总文件缺失", "en": "marts missing"}[lang] in printed(home, monkeypatch, lang, "zones")


def test_views_as_data_have_every_column_and_hide_the_same(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = json.loads(printed(home, monkeypatch, "zh", "ladder", "--format", "json"))
    written = list(csv.DictReader(io.StringIO(printed(home, monkeypatch, "zh", "ladder", "--format", "csv"))))

    assert [(row["peers"], row["held_count"]) for row in rows] == [(None, 1_936), ("mature", 1_236), ("young", 700)]
    assert [row["held_count"] for row in written] == ["1936", "1236", "700"]
    changes = json.loads(printed(home, monkeypatch, "zh", "changes", "--format", "json"))
    shown = {row["change"]: (row["firms"], row["moved"]) for row in changes}
    assert shown == dict.fromkeys(("new", "gone", "same"), (None, None)), "of same a class hides its sum, by which"
    compared = json.loads(printed(home, monkeypatch, "zh", "comparison", "--format", "json"))
    same = {row["zone"]: (row["firms"], row["peers_share"]) for row in compared if row["change"] == "same"}
    assert same == {"a": (0, None), "b": (None, None), "c": (9, None)}, "it would follow"
