"""Loaded by Dask into each worker: kills the flow or the worker where a zone is about to be published, once.

Before the flow, workers are killed between steps, once each. A zone named ``poison`` ends its worker each time, a
bucket of firms once; one named ``full`` fills the small disk that its home lies on. An attempt that is not to publish
takes the build of a release (``TIDU_PREPARED``) where it would make its own, which nobody would read.
"""

import os
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, Never

from flows import steps
from flows.plan import Plan
from warehouse.buckets import bucket
from warehouse.database.build import Build
from warehouse.database.kept_open import let_go
from warehouse.home import Home
from warehouse.release import releases

DIES_BEFORE = {"a": "build_marts", "b": "build_staging"}
"""Before which step of a zone its worker is killed, where the flow is to be killed later."""
DIES_IN_BUCKET, DIES_PUBLISHING = "a", "b"
"""Later each of them ends one worker: a zone that ends two is given up, and these are to be published."""
FILLS_BEFORE = "build_staging"
SMALL = 100_000_000
"""No disk of more bytes is ever filled."""


def _step(step: Callable[[Plan], object]) -> Callable[[Plan], object]:
    @wraps(step)
    def run(plan: Plan) -> object:
        zone = plan.root.name
        if os.environ["TIDU_DEATHS"] == "flow" and DIES_BEFORE.get(zone) == step.__name__:
            _die_once(plan.root.parents[1] / f"killed-before-{step.__name__}")
        if zone == "full" and step.__name__ == FILLS_BEFORE:
            _fill(plan.root)
        return step(plan) if step.__name__ == "load_rows" or _publishes(plan.root) else _take_prepared(plan.build)

    return run


def _publishes(root: Path) -> bool:
    """Whether what this attempt computes may be published: not before the flow is killed, or the worker at the end."""
    is_last = root.name != DIES_PUBLISHING or (root.parents[1] / "killed-worker").exists()
    return os.environ["TIDU_DEATHS"] == "worker" and is_last


def _take_prepared(build: Path) -> None:
    let_go(build)
    shutil.copy(os.environ["TIDU_PREPARED"], build)


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
    installation = home.root.parents[1]
    if os.environ["TIDU_DEATHS"] == "flow":
        _kill_flow_once(installation)
    if home.root.name == DIES_PUBLISHING:
        _die_once(installation / "killed-worker")
    return _publish(home, path, run_id)


def _kill_flow_once(installation: Path) -> Never:
    """By the zone that comes first; another waits for its own end with the flow.

    No zone waits for another here: one that was queued at a worker that died is counted by Dask among those that
    ended it, and may be tried again only when the others are done.
    """
    with suppress(FileExistsError):
        (installation / "killed-flow").touch(exist_ok=False)
        os.kill(_flow(), signal.SIGKILL)
    while True:
        signal.pause()


def _die_or_build(build: Build) -> Any:
    zone = Path(build.value("select path from duckdb_databases() where database_name = 'zone'")).parents[1]
    if zone.name == DIES_IN_BUCKET:
        _die_once(zone.parents[1] / "killed-bucket")
    return _build(build)


def _flow() -> int:
    """The process of the flow, which started the server that workers are forked from."""
    stat = Path(f"/proc/{os.getppid()}/stat").read_text()
    pid = int(stat.rpartition(")")[2].split()[1])
    assert str(pid) == os.environ["TIDU_FLOW"]
    return pid


if releases.publish.__module__ == releases.__name__:  # Dask may load a file twice
    _land, _publish, _build = steps.land_files, releases.publish, bucket._build
    steps.BUILD_STEPS = tuple(map(_step, steps.BUILD_STEPS))  # type: ignore[arg-type,assignment]
steps.land_files, releases.publish = _land_or_die, _die_or_publish
if os.environ["TIDU_DEATHS"] == "worker":
    bucket._build = _die_or_build
