"""Permissions of a home, removal of releases, and messages after failures that state what happened."""

import json
import os
import stat
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from light_run import LightRun

from warehouse.casebook.book import Book
from warehouse.home import Home
from warehouse.release import pointer, releases

pytestmark = [pytest.mark.faults, pytest.mark.rule("way-out")]


def test_files_below_a_home_are_readable_by_their_owner_only(
    light: LightRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.umask(0o000)
    new = LightRun(tmp_path / "new", light.inbox, light.build)
    monkeypatch.setattr("flows.refresh.refresh_zone", new.flow)

    assert new.run() == 0
    assert new.tidu("explain", "nobody") != 0
    with Book(new.home).store.read():
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [new.root, *new.root.rglob("*")]}

    assert {path.name for path in modes} > {"writer.lock", "casebook.db", "casebook.db-wal", pointer.POINTER}
    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}


def test_a_failure_after_publishing_reports_a_published_run(
    light: LightRun, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("service.queries.release.run_summary.collect", lambda *_: 1 / 0)

    assert light.run() == 5

    err = capsys.readouterr().err
    assert f"第 {releases.current(light.home).stem} 期已发布" in err
    assert "未发布" not in err


def test_a_failure_before_publishing_reports_that_nothing_was_published(
    light: LightRun, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("flows.refresh.refresh_zone", lambda *_: 1 / 0)

    assert light.run() == 5

    err = capsys.readouterr().err
    assert "未发布任何内容" in err
    assert str(light.root / "runs") in err.replace("\n", "")
    assert list(light.home.runs.glob("error-*.log"))


def test_a_release_is_removed_only_by_command_and_never_the_current_release(
    light: LightRun, capsys: pytest.CaptureFixture[str]
) -> None:
    because = ("--by", "王", "--why", "磁盘空间")
    newest, middle, first = light.published
    with closing(duckdb.connect(str(releases.path_of(light.home, newest)))) as con:
        con.execute("insert into published_total values ('mart_zone__statistics', '2025', $1)", [first])

    assert light.tidu("releases", "remove", newest, *because) == 3
    assert light.tidu("releases", "remove", first, *because) == 3  # a total of the newest rests on it
    assert light.tidu("releases", "remove", "20200101-000000-aaaa", *because) == 3
    assert light.tidu("releases", "remove", middle, "--by", " ", "--why", "x") == 3
    assert light.tidu("releases", "remove", middle, *because) == 0

    assert releases.runs(light.home) == [newest, first]
    removed = json.loads((light.home.releases / "REMOVED.jsonl").read_text("utf-8"))
    assert (removed["run_id"], removed["by"], removed["why"]) == (middle, "王", "磁盘空间")
    capsys.readouterr()
    assert light.tidu("movers", "--format", "json") == 0
    assert capsys.readouterr().err == ""


def test_a_damaged_release_can_be_removed(light: LightRun) -> None:
    releases.path_of(light.home, light.published[0]).write_bytes(b"x")

    assert light.tidu("releases", "remove", light.published[0], "--by", "王", "--why", "损坏") == 0
    assert releases.problems(light.home) is None
    assert releases.current(light.home).stem == light.published[1]


def test_finding_the_current_release_opens_few_of_many(light: LightRun, monkeypatch: pytest.MonkeyPatch) -> None:
    from warehouse.release import order

    opened: list[str] = []
    inspect = order.inspect
    monkeypatch.setattr(order, "inspect", lambda path: (opened.append(path.name), inspect(path))[1])
    order._known.clear()

    releases.current(Home(light.root))
    releases.current(Home(light.root))

    assert opened == [f"{light.published[0]}.duckdb"]


def test_an_unwritable_folder_is_reported_before_publishing(
    light: LightRun, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    access = os.access
    monkeypatch.setattr("os.access", lambda path, mode: Path(path).name != "extracts" and access(path, mode))

    assert light.run() == 5
    assert str(light.root / "extracts") in capsys.readouterr().err.replace("\n", "")
    assert releases.current(light.home).stem == light.published[0]
