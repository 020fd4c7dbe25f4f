"""Folders and files that this user may not read or write: named with the way out, and nothing is passed over."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from file_modes import mode
from light_run import LightRun

from flows import guards
from flows.plan import new_plan
from warehouse.errors import BadInput
from warehouse.release import releases

pytestmark = [pytest.mark.faults, pytest.mark.rule("nothing-lost")]

PARTS = [
    *("landing", "landing/registry__firms", "builds", "refusals", "releases", "extracts", "quarantine"),
    *("report_cards", "."),
]
FILES = ["casebook.db", "writer.lock"]


@pytest.mark.figure("homes without rights")
@pytest.mark.parametrize(("name", "bits"), [*((name, 0o500) for name in PARTS), *((name, 0o400) for name in FILES)])
def test_what_cannot_be_written_is_named_before_the_run_begins(
    light: LightRun, capsys: pytest.CaptureFixture[str], name: str, bits: int
) -> None:
    (light.root / "writer.lock").touch()
    landed = sorted(light.home.landing.rglob("*"))

    with mode(light.root / name, bits):
        assert light.run() == 5

    err = capsys.readouterr().err.replace("\n", "")
    assert f"✗ {light.root / name}:" in err
    assert "内部错误" not in err
    assert "收存文件" not in err
    assert "上一期仍然有效" in err
    assert releases.current(light.home).stem == light.published[0]
    assert sorted(light.home.landing.rglob("*")) == landed


@pytest.mark.parametrize("name", ["landing", "builds", "releases", "casebook.db"])
def test_what_cannot_be_read_is_named(light: LightRun, capsys: pytest.CaptureFixture[str], name: str) -> None:
    with mode(light.root / name, 0):
        assert light.run() == 5

    err = capsys.readouterr().err.replace("\n", "")
    assert str(light.root / name) in err
    assert "读写权限" in err or "可写" in err
    assert releases.current(light.home).stem == light.published[0]


def test_a_file_and_a_folder_of_the_inbox_that_cannot_be_read_are_refused_until_they_can(
    light: LightRun, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = light.inbox / "二期"
    folder.mkdir()
    (folder / "登记信息_20260603.csv").write_text("统一社会信用代码,企业名称\n", "utf-8")
    file = light.inbox / "登记信息_20260602.csv"
    file.write_text("统一社会信用代码,企业名称\n", "utf-8")

    for path in (folder, file):
        with mode(path, 0):
            assert light.run() == 3
        out = capsys.readouterr().out.replace("\n", "")
        assert path.name in out
        assert "不能读取" in out
    assert light.run() == 0
    assert "不能读取" not in capsys.readouterr().out


def test_an_inbox_that_cannot_be_listed_is_refused(light: LightRun, capsys: pytest.CaptureFixture[str]) -> None:
    with mode(light.inbox, 0):
        assert light.run() == 3

    assert f"{light.inbox}: 文件夹不能读取" in capsys.readouterr().err.replace("\n", "")
    assert releases.current(light.home).stem == light.published[0]


def test_a_first_run_names_the_folder_that_hides_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "一期"
    folder.mkdir(parents=True)
    day = datetime(2026, 6, 30, tzinfo=UTC)
    with mode(folder, 0), pytest.raises(BadInput, match="一期"):
        guards.check_inbox(new_plan(tmp_path / "home", folder.parent, day.date(), "CN-3301", day))


def test_a_failure_before_the_first_release_speaks_of_none(
    tmp_path: Path, light: LightRun, capsys: pytest.CaptureFixture[str]
) -> None:
    home = LightRun(tmp_path / "new", light.inbox, light.build)
    home.home.extracts.mkdir(exist_ok=True)
    with mode(home.home.extracts, 0o500):
        assert home.run() == 5

    err = capsys.readouterr().err
    assert "未发布任何内容" in err
    assert "上一期" not in err
