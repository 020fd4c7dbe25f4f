"""What child processes do (``forked``): runs that a power cut or a full disk ends, commands, a held lock."""

import importlib
import json
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from whole_job import run_steps

from flows import cli
from warehouse.home import Home
from warehouse.lock import writer

ROOT = str(Path(__file__).resolve().parents[2])
ROOMS = tuple(f"{ROOT}/{room}/" for room in ("flows", "warehouse", "tiers"))

Marker = tuple[str, str]
"""A function of the product that a run passes: the file below the root, the qualified name."""


def _killing(function: Callable[..., Any], moment: str, nth: int) -> Callable[..., Any]:
    """The function, but the process dies before or after its nth call."""
    calls = count(1)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        is_last = next(calls) == nth
        result = None if is_last and moment == "before" else function(*args, **kwargs)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return wrapped


def killed_at(root: Path, inbox: Path, module: str, name: str, moment: str, nth: int = 1) -> None:
    """A run that dies ``before`` or ``after`` the nth call of a function of a module."""
    owner = importlib.import_module(module)
    setattr(owner, name, _killing(getattr(owner, name), moment, nth))
    run_steps(root, inbox)


@contextmanager
def _at_each_marker(passed: Callable[[Marker], None]) -> Iterator[None]:
    """Calls ``passed`` with every function of the product as it begins and as it returns."""

    def profile(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event in ("call", "return") and code.co_filename.startswith(ROOMS):
            passed((code.co_filename.removeprefix(f"{ROOT}/"), code.co_qualname))

    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(None)


def write_markers(root: Path, inbox: Path, out: Path) -> None:
    """A run that keeps how often it passed each of its markers: file, name, times."""
    times: Counter[Marker] = Counter()
    with _at_each_marker(lambda marker: times.update([marker])):
        run_steps(root, inbox)
    out.write_text(json.dumps(sorted([*marker, passed] for marker, passed in times.items())), "utf-8")


def killed_at_marker(root: Path, inbox: Path, marker: Marker, nth: int) -> None:
    """A run that dies when it passes a marker for the nth time."""
    times = count(1)

    def passed(marker_passed: Marker) -> None:
        if marker_passed == marker and next(times) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    with _at_each_marker(passed):
        run_steps(root, inbox)


def limited(root: Path, inbox: Path, size: int) -> None:
    """A run that may write no file larger than ``size`` bytes; exits as the command line does, the error on stderr."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        run_steps(root, inbox)
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.exit(cli.exit_code(error))


def command(*words: str) -> None:
    """``tidu`` with these words, to its exit code."""
    sys.argv = ["tidu", *words]
    cli.main()


def in_folder(folder: str, *words: str) -> None:
    """``tidu`` with these words, in a folder of its own."""
    os.chdir(folder)
    command(*words)


def hold_lock(root: Path, is_held: Path) -> None:
    """Hold the writer's lock of a home until killed; ``is_held`` appears once it is held."""
    with writer(Home(root)):
        is_held.touch()
        time.sleep(600)
