"""Runs a function in a process of its own, forked from a server that has imported what a run needs.

A fresh interpreter imports for seven CPU seconds before it comes to what a test is about. ``preloaded`` says what
the server imports, and why forking it is safe: the thread pools of Polars and BLAS are not started before the fork.
"""

import faulthandler
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver, get_context
from pathlib import Path
from typing import Any
from unittest import mock

from waits import LIMIT

OF_THE_SERVER = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
"""BLAS starts its threads on import, and a fork leaves them behind; children of every server order sets alike."""
TO_WRITE = 30
"""Seconds for a process that hangs to write where it was."""


@dataclass(frozen=True)
class Ended:
    """How a child ended: the exit code, negative for a signal, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


class Child:
    """A process that runs ``function(*args)``; functions must be importable by name."""

    def __init__(
        self, function: Callable[..., object], *args: Any, environment: Mapping[str, str] | None = None
    ) -> None:
        _start_server()
        self._folder = tempfile.TemporaryDirectory()
        self.stdout, self.stderr = (Path(self._folder.name, name) for name in ("stdout", "stderr"))
        self.process = get_context("forkserver").Process(
            target=_run, args=(function, args, dict(environment or {}), self.stdout, self.stderr)
        )
        self.process.start()

    def ended(self) -> Ended:
        """Its end; call once. A child that takes longer than ``LIMIT`` is ended, and where it was is in its stderr."""
        self.process.join(LIMIT)
        if self.process.exitcode is None and self.process.pid is not None:
            os.kill(self.process.pid, signal.SIGABRT)
            self.process.join(TO_WRITE)
            self.process.kill()
            self.process.join(TO_WRITE)
        texts = [path.read_text("utf-8") if path.exists() else "" for path in (self.stdout, self.stderr)]
        self._folder.cleanup()
        assert self.process.exitcode is not None
        return Ended(self.process.exitcode, *texts)


def run(function: Callable[..., object], *args: Any, environment: Mapping[str, str] | None = None) -> Ended:
    """The end of ``function(*args)`` in a process of its own."""
    return Child(function, *args, environment=environment).ended()


@cache
def _start_server() -> None:
    folders = map(str, Path(__file__).parents[:2])
    here = os.pathsep.join([*folders, *filter(None, [os.environ.get("PYTHONPATH")])])
    forkserver.set_forkserver_preload(["preloaded"])
    with mock.patch.dict(os.environ, {**OF_THE_SERVER, "PYTHONPATH": here}):
        forkserver.ensure_running()


def _run(
    function: Callable[..., object], args: tuple[Any, ...], environment: dict[str, str], stdout: Path, stderr: Path
) -> None:
    for stream, path in ((sys.stdout, stdout), (sys.stderr, stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), stream.fileno())
    faulthandler.enable()  # SIGABRT writes the stack of every thread
    assert "preloaded" in sys.modules, "the server leaves out silently what it cannot import"
    os.environ.update(environment)
    function(*args)
