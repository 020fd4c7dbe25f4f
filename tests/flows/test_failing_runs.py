"""What a person sees of a run that fails: its message, once; the details lie in the home."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from failing_runs import FAILURES
from prefect_servers import TIDU, environment
from waits import run as run_command

from flows.api.secret import credentials, secret_file
from warehouse.home import Home

pytestmark = pytest.mark.rule("way-out")

EXIT = {"BadInput": 3, "CheckStoppedRelease": 4}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    (folder / "登记信息_20260601.csv").write_text("统一社会信用代码,企业名称\n", "utf-8")
    return folder


@pytest.mark.prefect
def test_a_failing_run_prints_its_message_once_and_keeps_the_details(inbox: Path, tmp_path: Path) -> None:
    home, outcomes = Home(tmp_path / "home"), tmp_path / "outcomes.json"
    script = Path(__file__).with_name("failing_runs.py")
    words = [sys.executable, str(script), str(inbox)]
    run_command(words, env={**environment(home), "OUTCOMES": str(outcomes)}, check=True)

    for name, (code, printed) in json.loads(outcomes.read_text("utf-8")).items():
        lines = printed.strip().splitlines()
        message = (
            getattr(FAILURES[name], "zh", "") if code != 5 or name in ("Busy", "DiskFailed", "CasebookFailed") else ""
        )
        assert code == EXIT.get(name, 5), name
        assert lines[0].startswith("✗"), printed
        assert printed.count("✗") == 1
        assert len(lines) <= 4, printed
        assert message in printed
        assert "Traceback" not in printed
    log = home.prefect / "prefect.log"
    assert "KeyError: 'unforeseen'" in log.read_text("utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def run(home: Home, inbox: Path) -> subprocess.CompletedProcess[str]:
    words = [*TIDU, "run", "--inbox", str(inbox), "--day", "2026-06-30", "--place", "CN-3301"]
    return run_command(words, env=environment(home))


def test_a_folder_of_prefect_that_cannot_be_used_is_reported_before_anything_starts(
    inbox: Path, tmp_path: Path
) -> None:
    (tmp_path / "prefect").write_text("")

    done = run(Home(tmp_path), inbox)

    assert done.returncode == 5
    assert "不能用作数据目录的一部分" in done.stderr.replace("\n", "")
    assert len(done.stderr.splitlines()) <= 6, done.stderr


@pytest.mark.prefect
def test_a_database_of_prefect_that_cannot_be_used_ends_the_run_with_the_way_out(inbox: Path, tmp_path: Path) -> None:
    home = Home(tmp_path)
    (home.prefect / "prefect.db").mkdir()

    done = run(home, inbox)

    assert done.returncode == 5
    assert "prefect.log" in done.stderr.replace("\n", "")
    assert "可以整个删除" in done.stderr.replace("\n", "")
    assert "Traceback" not in done.stderr


def test_the_password_is_made_once_and_mended_when_it_is_damaged_or_open_to_others(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = credentials(home)
    assert credentials(home) == first

    secret_file(home).chmod(0o644)
    assert credentials(home) == first
    assert stat.S_IMODE(secret_file(home).stat().st_mode) == 0o600

    secret_file(home).write_text("")
    second = credentials(home)
    assert second not in (first, "tidu:")
    assert os.listdir(home.prefect) == ["api-secret"]  # noqa: PTH208


def test_a_password_is_not_read_through_a_link(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    (tmp_path / "known").write_text("A" * 43)
    secret_file(home).symlink_to(tmp_path / "known")

    with pytest.raises(OSError, match="api-secret"):
        credentials(home)


def test_without_a_scheduler_the_worker_says_so(tmp_path: Path) -> None:
    Home(tmp_path).prefect.mkdir(exist_ok=True)
    done = run_command([*TIDU, "scheduler", "worker", "--port", "1"], env=environment(Home(tmp_path)))

    assert done.returncode == 5
    assert "tidu scheduler start" in done.stderr
