"""Runs that fail in a step, in every way a step can fail, under one server: ``python failing_runs.py INBOX``.

Writes one JSON object into the file OUTCOMES: of each way of failing the exit code and what went to standard error.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from flows import cli
from flows.api import server
from warehouse.errors import BadInput, Busy, CasebookFailed, CheckStoppedRelease, DiskFailed
from warehouse.home import Home

FAILURES: dict[str, Exception] = {
    "BadInput": BadInput("文件坏了", "the file is broken"),
    "CheckStoppedRelease": CheckStoppedRelease("关键校验未通过 a check failed"),
    "Busy": Busy("另一次运行 another run"),
    "DiskFailed": DiskFailed("磁盘已满 the disk is full"),
    "CasebookFailed": CasebookFailed("案卷已锁 the casebook is locked"),
    "OSError": OSError(28, "No space left on device"),
    "KeyError": KeyError("unforeseen"),
}


def failing(error: Exception) -> Callable[..., None]:
    """A step that fails."""
    from prefect.settings import get_current_settings

    def land_files(*_: object) -> None:
        assert get_current_settings().flows.heartbeat_frequency is None, "the end of a run would wait for its heartbeat"
        raise error

    return land_files


def outcome(error: Exception, words: list[str]) -> tuple[object, str]:
    """Exit code and standard error of one command, whoever wrote to it."""
    from flows import tasks

    tasks.land_files.fn = failing(error)  # type: ignore[assignment]
    sys.argv[1:] = words
    own, code = os.dup(2), None
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        os.dup2(file.fileno(), 2)
        try:
            cli.main()
        except SystemExit as leaving:
            code = leaving.code
        finally:
            os.dup2(own, 2)
        file.seek(0)
        return code, file.read()


if __name__ == "__main__":
    run = ["run", "--inbox", sys.argv[1], "--day", "2026-06-30", "--place", "CN-3301"]
    with server.during_a_run(Home.from_environment()):
        server.during_a_run = lambda _: nullcontext()  # type: ignore[assignment]
        outcomes = {name: outcome(error, run) for name, error in FAILURES.items()}
    Path(os.environ["OUTCOMES"]).write_text(json.dumps(outcomes), "utf-8")
