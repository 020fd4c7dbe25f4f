"""Loaded by Dask into each worker: kills the flow or the worker where a zone is about to be published, once.

Before the flow, workers are killed between steps, once each. A zone named ``poison`` ends its worker each time, and
once a bucket of firms; one named ``full`` fills the small disk that its home lies on.
"""

import os
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

from flows import steps
from flows.plan import Plan
from warehouse.buckets import bucket
from warehouse.database import Build
from warehouse.home import Home
from warehouse.release import releases

DIES_BEFORE = {"a": "build_marts", "b": "build_staging"}
"""Before which step of a zone its worker is killed, where the flow is to be killed later."""
WAITS = "b"
"""The zone that goes no further then, so that it is the other that is about to be published and ends the flow."""
FILLS_BEFORE = "build_core"
SMALL = 100_000_000
"""No disk of more bytes is ever filled."""


def _step(step: Callable[[Plan], object]) -> Callable[[Plan], object]:
    @wraps(step)
    def run(plan: Plan) -> object:
        zone = plan.root.name
        if os.environ["TIDU_DEATHS"] == "flow" and DIES_BEFORE.get(zone) == step.__name__:
            _die_once(plan.root.parents[1] / f"killed-before-{step.__name__}")
            if zone == WAITS:
                signal.pause()
        if zone == "full" and step.__name__ == FILLS_BEFORE:
            _fill(plan.root)
        return step(plan)

    return run


def _die_once(mark: Path) -> None:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def _fill(folder: Path) -> None:
    if shutil.disk_usage(folder).total < SMALL:
        with suppress(OSError), (folder / "filler").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1 << 16))


def _land_or_die(plan: Plan) -> None:
    if plan.root.name == "poison" and os.environ["TIDU_DEATHS"] == "worker":
        os.kill(os.getpid(), signal.SIGKILL)
    _land(plan)


def _die_or_publish(home: Home, path: Path, run_id: str) -> Path:
    deaths = os.environ["TIDU_DEATHS"]
    try:
        (home.root.parents[1] / f"killed-{deaths}").touch(exist_ok=False)
    except FileExistsError:
        return _publish(home, path, run_id)
    os.kill(_parent(os.getppid()) if deaths == "flow" else os.getpid(), signal.SIGKILL)
    signal.pause()
    raise AssertionError


def _die_or_build(build: Build) -> Any:
    folder = Path(build.value("select path from duckdb_databases() where database_name = 'zone'")).parents[3]
    _die_once(folder / "killed-bucket")
    return _build(build)


def _parent(pid: int) -> int:
    """The flow, which started the server that workers are forked from."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


if releases.publish.__module__ == releases.__name__:  # Dask may load a file twice
    _land, _publish, _build = steps.land_files, releases.publish, bucket._build
    steps.BUILD_STEPS = tuple(map(_step, steps.BUILD_STEPS))  # type: ignore[arg-type,assignment]
steps.land_files, releases.publish = _land_or_die, _die_or_publish
if os.environ["TIDU_DEATHS"] == "worker":
    bucket._build = _die_or_build
