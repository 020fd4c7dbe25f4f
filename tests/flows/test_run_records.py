"""The states of flow runs are true after a kill."""

import fcntl
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from prefect_servers import environment
from waits import run as run_command

from flows.run_records import SUFFIX, _records, recorded
from warehouse.home import Home
from warehouse.release import vintages

pytestmark = pytest.mark.rule("published-whole")

KILLED = """
import os, signal, sys
from pathlib import Path
from flows.api.server import during_a_run
from warehouse.home import Home
home = Home(Path(sys.argv[1]))
with during_a_run(home):
    from flows import freeze
    if sys.argv[2] == "killed":
        freeze.freeze_month = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    freeze.freeze_release(home.root, "2026-06")
"""


def run(home: Home, how: str) -> int:
    words = [sys.executable, "-c", KILLED, str(home.root), how]
    return run_command(words, env=environment(home)).returncode


def states(home: Home) -> list[str]:
    with closing(sqlite3.connect(home.prefect / "prefect.db")) as con:
        return [row[0] for row in con.execute("select state_type from flow_run order by created")]


@pytest.mark.prefect
def test_a_run_that_was_killed_is_crashed_once_the_next_one_begins(own_home: Home) -> None:
    assert run(own_home, "killed") == -signal.SIGKILL
    assert states(own_home) == ["RUNNING"]
    assert vintages.vintages(own_home) == []

    assert run(own_home, "whole") == 0

    assert states(own_home) == ["CRASHED", "COMPLETED"]
    assert [entry.month for entry in vintages.vintages(own_home)] == ["2026-06"]
    assert list(own_home.runs.glob(f"*{SUFFIX}")) == []


def test_a_record_is_alive_as_long_as_its_process_holds_it(tmp_path: Path) -> None:
    home, alive, dead = Home(tmp_path), uuid4(), uuid4()
    for number in (alive, dead):
        (home.runs / f"{number}{SUFFIX}").touch()
    (home.runs / "error-20260101.log").touch()
    with (home.runs / f"{alive}{SUFFIX}").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)

        assert _records(home) == ({dead: home.runs / f"{dead}{SUFFIX}"}, {alive})


def test_nothing_is_recorded_outside_a_flow_run(tmp_path: Path) -> None:
    with recorded(Home(tmp_path)):
        assert not (tmp_path / "runs").exists()
    assert os.listdir(tmp_path) == []  # noqa: PTH208
