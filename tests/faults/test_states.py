"""Runs and readers on a damaged home: no traceback, no published release is lost, and the reported way out works."""

import re
from pathlib import Path

import pytest
from light_run import LightRun
from states import STATES, State

from warehouse.home import Home
from warehouse.release import releases

pytestmark = [pytest.mark.faults, pytest.mark.rule("published-whole")]
READERS = (("movers", "--format", "json"), ("releases",), ("quarantine", "--json"), ("extract", "--all", "--out"))
TRACE = re.compile(r"Traceback|内部错误|Internal error")


def contents(light: LightRun) -> dict[str, bytes]:
    """The bytes of every release file below the home, some 2 MB each."""
    files = [
        path for path in light.root.resolve().rglob("*.duckdb*") if path.is_file() and path.parent.name != "builds"
    ]
    return {path.name: path.read_bytes() for path in files}


def assert_bilingual_message(err: str, state: State) -> None:
    """Assert a bilingual message that names the file."""
    assert state.message in err
    assert re.search(r"[\u4e00-\u9fff]", err)
    assert re.search(r"[a-z]{4}", err)


@pytest.mark.figure("states of a home")
@pytest.mark.parametrize("name", STATES)
def test_a_home_in_this_state(light: LightRun, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = STATES[name]
    state.breaks(light)
    before = contents(light)

    for words in READERS:
        code = light.tidu(*words, *((tmp_path / "out",) if words[-1] == "--out" else ()))
        err = capsys.readouterr().err
        assert not TRACE.search(err)
        is_answered = state.reads and (state.extracts or words[0] != "extract")
        assert code == 0 if is_answered else (code in (0, 3, 5)), err
        if code:
            assert_bilingual_message(err, state)

    code = light.run()
    err = capsys.readouterr().err
    assert not TRACE.search(err)
    assert before.items() <= contents(light).items()
    if not state.run_goes:
        assert code == 5, err
        assert_bilingual_message(err, state)
        state.mends(light)
        code = light.run()
    assert code == 0, err + capsys.readouterr().err
    assert_whole(light, before, capsys)


def assert_whole(light: LightRun, before: dict[str, bytes], capsys: pytest.CaptureFixture[str]) -> None:
    """After a run no published release is lost, the newest is current, and every folder of files has its release."""
    home = Home(light.root)
    runs = releases.runs(home)
    assert before.items() <= contents(light).items()
    assert runs[0] not in light.published or releases.current(home).stem == light.published[0]
    assert [run for run in runs if run in light.published] == [run for run in light.published if run in runs]
    assert {path.name for path in home.extracts.iterdir()} <= {*light.published, *runs}
    assert (home.extracts / runs[0]).is_dir()
    assert (home.quarantine / f"{runs[0]}.csv").is_file()
    assert list(home.builds.iterdir()) == []
    capsys.readouterr()
    assert light.tidu("movers", "--format", "json") == 0
    assert capsys.readouterr().err == ""
