"""Waits of tests have one limit, so that what hangs fails by its name; the suite would wait with it.

It is generous, since machines differ, and reached by what never comes. ``faulthandler_timeout`` of pytest is the last
resort.
"""

import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from selectors import EVENT_READ, PollSelector
from socket import socket
from typing import IO, Any, TypeVar

LIMIT = 300
"""Seconds after which what a test waits for hangs: the slowest takes 30 on two quiet cores."""
PAUSE = 0.02
"""Seconds between two looks at a state."""

State = TypeVar("State")


def until(state: Callable[[], State], awaited: str, is_possible: Callable[[], bool] = lambda: True) -> State:
    """The state once it is true; fails naming ``awaited`` after ``LIMIT`` seconds, or where it cannot come any more."""
    end = time.monotonic() + LIMIT
    while not (value := state()):
        assert is_possible() or state(), f"{awaited}: cannot come any more"
        assert time.monotonic() < end, f"{awaited}: not within {LIMIT} seconds"
        time.sleep(PAUSE)
    return value


def run(words: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
    """What a command wrote and its exit code; one that does not end is killed, with ``TimeoutExpired``."""
    return subprocess.run(words, timeout=LIMIT, text=True, **{"capture_output": True, **options})


def ended(process: subprocess.Popen[Any]) -> int:
    """The exit code of a process that is ending, whose pipes are closed; one that does not end is killed."""
    try:
        process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return process.returncode


def stopped(process: subprocess.Popen[Any]) -> int:
    """The exit code of a server that is asked to end."""
    process.terminate()
    return ended(process)


def readable(sources: Iterable[IO[Any] | socket], seconds: float) -> bool:
    """Whether any of them has something to read, or has ended, within that time; of any number of open files."""
    with PollSelector() as selector:
        for source in sources:
            selector.register(source, EVENT_READ)
        return bool(selector.select(seconds))


def first_line(process: subprocess.Popen[str]) -> str:
    """The first line that a process writes, empty where it ends without any; fails after ``LIMIT`` seconds."""
    assert process.stdout
    assert readable([process.stdout], LIMIT), f"{process.args!r}: no line within {LIMIT} seconds"
    return process.stdout.readline().strip()
