"""No test waits for ever: what a test waits for has a limit, so that a hang is a failure with a name."""

import ast
import fcntl
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit

import pytest
from source_files import ROOT, nodes_of, offenders
from waits import ended, first_line

pytestmark = pytest.mark.rule("tests-that-catch")

FILES = [path for path in (ROOT / "tests").rglob("*.py") if "bench" not in path.parts and path.name != "waits.py"]
FOR_EVER = {"wait", "communicate", "join", "readline"}
"""Methods that wait for ever where they are given no limit."""
OF_SUBPROCESS = {"run", "call", "check_call", "check_output"}
STATES = {"poll", "is_alive", "sleep"}
"""What a loop that waits for a process or a state calls; ``waits.until`` has the limit."""


def unlimited(path: Path) -> list[str]:
    """Where a file waits without a limit, as ``line: what``."""
    return [f"{line}: {what}" for node in nodes_of(path) for line, what in _waits(node)]


def _waits(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Call(func=ast.Attribute(attr=name), args=[], keywords=[]) if name in FOR_EVER:
            yield node.lineno, f"{name}() has no limit"
        case ast.Call(func=ast.Attribute(value=ast.Name(id="subprocess"), attr=name)) if name in OF_SUBPROCESS:
            yield node.lineno, f"subprocess.{name}: waits.run has a limit"
        case ast.Call(func=ast.Attribute(value=ast.Name(id="select"), attr="select")):
            yield node.lineno, "select.select fails from the file number 1,024 on: waits.readable"
        case ast.While() if _called(node) & STATES and "monotonic" not in _called(node.test):
            yield node.lineno, "a loop that waits: waits.until has a limit"


def _called(node: ast.AST) -> set[str]:
    functions = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
    return {function.attr for function in functions if isinstance(function, ast.Attribute)}


def test_every_wait_has_a_limit() -> None:
    assert offenders(FILES, unlimited) == {}


def test_a_wait_without_a_limit_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "test_x.py"
    path.write_text(
        "process.wait()\nprocess.wait(9)\nsubprocess.run(words)\nwhile server.poll() is None:\n    continue\n"
        'while time.monotonic() < end:\n    time.sleep(1)\nwhile not there():\n    time.sleep(1)\n" ".join(words)\n'
        "select.select([pipe], [], [], 9)\n"
    )

    assert sorted(line.partition(":")[0] for line in unlimited(path)) == ["1", "11", "3", "4", "8"]


@pytest.mark.skipif(getrlimit(RLIMIT_NOFILE)[0] <= 1024, reason="this process may not have so many files open")
def test_the_first_line_is_read_from_a_file_of_any_number() -> None:
    process = subprocess.Popen(["echo", "ready"], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    with process.stdout, os.fdopen(fcntl.fcntl(process.stdout, fcntl.F_DUPFD_CLOEXEC, 1024)) as process.stdout:
        assert first_line(process) == "ready"
    assert ended(process) == 0
