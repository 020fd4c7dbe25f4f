"""How the process of a command ends: at once, with its exit code, after all that was to be written and closed."""

import subprocess
import sys
from pathlib import Path

import pytest
from waits import run

pytestmark = [pytest.mark.job, pytest.mark.rule("published-whole")]

ENDING = """
import atexit, sys, threading, time
from flows import __main__, cli
def command():
    atexit.register(print, "exit function")
    sys.stdout.write("answer ")
    threading.Thread(target=lambda: (time.sleep(0.2), print("thread"))).start()
    {ending}
cli.main = command
{closing}
__main__.main()
"""


def ended(ending: str, closing: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", ENDING.format(ending=ending, closing=closing)]
    return run(command)


@pytest.mark.parametrize(
    ("ending", "code"),
    [("return", 0), ("sys.exit()", 0), ("sys.exit(3)", 3), ("sys.exit('in words')", 1), ("raise KeyError", 1)],
)
def test_a_process_ends_with_its_code_once_everything_is_written(ending: str, code: int) -> None:
    process = ended(ending)

    assert process.returncode == code
    assert process.stdout == "answer thread\nexit function\n"


def test_what_cannot_be_written_out_is_reported_by_the_interpreter() -> None:
    process = ended("return", closing="sys.stdout = open('/dev/full', 'w')")

    assert process.returncode != 0


def test_the_module_is_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows", "movers", "--home", str(tmp_path)]
    process = run(command)

    assert process.returncode == 3
    assert "Traceback" not in process.stderr
