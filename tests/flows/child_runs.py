"""What child processes do (``forked``): runs that a power cut or a full disk ends, commands, a held lock."""

import importlib
import json
import os
import resource
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from cProfile import Profile
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from kept_releases import kept_releases
from whole_job import STEPS, plan_of, run_steps

from flows import cli, steps
from flows.plan import Plan
from warehouse.home import Home
from warehouse.release.lock import writer

ROOT = str(Path(__file__).resolve().parents[2])
ROOMS = tuple(f"{ROOT}/{room}/" for room in ("flows", "warehouse", "tiers"))

Tracer = Callable[[FrameType, str, object], Any]
Marker = tuple[str, str]
"""A function of the product that a run passes: the file below the root, the qualified name."""


TOUCHING = {"os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "shutil.copytree", "shutil.copyfile"}
"""Audit events at which a publishing process is killed, beside opening a file for writing."""


def killing(function: Callable[..., Any], moment: str, nth: int) -> Callable[..., Any]:
    """The function, but the process dies before or after its nth call."""
    calls = count(1)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        is_last = next(calls) == nth
        result = None if is_last and moment == "before" else function(*args, **kwargs)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return wrapped


@dataclass(frozen=True)
class Start:
    """Where a run goes on: the number of its step, its plan, and how often it passed what it is to die at before."""

    step: int
    run_id: str
    started_at: str
    passed: int


def _resume(root: Path, inbox: Path, start: Start) -> None:
    """The steps of a run from one on, upon what those before it left in the home."""
    plan = replace(plan_of(root, inbox), run_id=start.run_id, started_at=datetime.fromisoformat(start.started_at))
    for step in STEPS[start.step :]:
        step(plan)


def killed_at(root: Path, inbox: Path, module: str, name: str, moment: str, nth: int = 1) -> None:
    """A run that dies ``before`` or ``after`` the nth call of a function of a module."""
    owner = importlib.import_module(module)
    setattr(owner, name, killing(getattr(owner, name), moment, nth))
    run_steps(root, inbox)


@contextmanager
def _at_each_marker(passed: Callable[[Marker], None]) -> Iterator[None]:
    """Calls ``passed`` with every function of the product as it begins and as it returns.

    By tracing, since a profile is also called for every function that is written in C.
    """

    def begun(frame: FrameType, _: str, __: object) -> Tracer | None:
        if not frame.f_code.co_filename.startswith(ROOMS):
            return None
        frame.f_trace_lines = False
        passed(_marker(frame.f_code))
        return returned

    def returned(frame: FrameType, event: str, _: object) -> Tracer:
        if event == "return":
            passed(_marker(frame.f_code))
        return returned

    sys.settrace(begun)
    try:
        yield
    finally:
        sys.settrace(None)


@cache
def _marker(code: CodeType) -> Marker:
    return code.co_filename.removeprefix(f"{ROOT}/"), code.co_qualname


def write_checkpoints(root: Path, inbox: Path, out: Path) -> None:
    """A run that keeps the home as each step finds it, and how often it had passed each marker by then.

    Folders ``0``, ``1``, … by step, and ``passed.json``: run_id, started_at, passed (by step, and at the end).
    """
    plan, passed = plan_of(root, inbox), []
    with Profile(builtins=False, subcalls=False) as profile:
        for number, step in enumerate(STEPS):
            shutil.copytree(root, out / str(number))
            passed.append(_passed(profile))
            step(plan)
        passed.append(_passed(profile))
    run = {"run_id": plan.run_id, "started_at": plan.started_at.isoformat(), "passed": passed}
    (out / "passed.json").write_text(json.dumps(run), "utf-8")


def _passed(profile: Profile) -> dict[str, int]:
    """How often each marker was passed, as ``_at_each_marker`` would count, which takes many times as long."""
    times: Counter[str] = Counter()
    for entry in profile.getstats():
        if isinstance(entry.code, CodeType) and entry.code.co_filename.startswith(ROOMS):
            times[":".join(_marker(entry.code))] += 2 * entry.callcount
    return times


def start_before(checkpoints: Path, name: str, nth: int) -> Start:
    """The start of the step in which a run passes a marker for the nth time."""
    run = json.loads((checkpoints / "passed.json").read_text("utf-8"))
    passed = [times.get(name, 0) for times in run["passed"]]
    assert passed[-1] >= nth, (name, nth, passed)
    step = max(number for number, before in enumerate(passed) if before < nth)
    return Start(step, run["run_id"], run["started_at"], passed[step])


def killed_at_marker(root: Path, inbox: Path, marker: Marker, nth: int, start: Start) -> None:
    """A run that dies when it passes a marker for the nth time."""
    times = count(1 + start.passed)

    def passed(marker_passed: Marker) -> None:
        if marker_passed == marker and next(times) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    with _at_each_marker(passed):
        _resume(root, inbox, start)


def publish_killed(plan: Plan, nth: int) -> None:
    """Publish; the process dies at its nth change of a file."""

    def die(number: int) -> None:
        if number == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    _publish(plan, die)


def publish_copied(plan: Plan, out: Path) -> None:
    """Publish; before each change of a file the home is copied, to folders ``1``, ``2``, …: what a kill would leave."""
    _publish(plan, lambda number: shutil.copytree(plan.root, out / str(number), symlinks=True))


def _publish(plan: Plan, at_change: Callable[[int], object]) -> None:
    """Publish; each change of a file is announced by its number, unless it is made by whom it is announced to."""
    numbers, is_announcing = count(1), False

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal is_announcing
        if not is_announcing and _touches(event, arguments):
            is_announcing = True
            at_change(next(numbers))
            is_announcing = False

    sys.addaudithook(hook)
    steps.publish_release(plan)
    os._exit(0)


def _touches(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether an audit event changes or flushes a file."""
    return event in TOUCHING or (event == "open" and isinstance(arguments[0], (str, Path)))


def limited(root: Path, inbox: Path, size: int, start: Start | None = None) -> None:
    """A run that may write no file larger than ``size`` bytes; exits as the command line does, the error on stderr."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        _resume(root, inbox, start) if start else run_steps(root, inbox)
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
    with kept_releases():
        command(*words)


def hold_lock(root: Path, is_held: Path) -> None:
    """Hold the writer's lock of a home until killed; ``is_held`` appears once it is held."""
    with writer(Home(root)):
        is_held.touch()
        time.sleep(600)
