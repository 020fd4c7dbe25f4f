"""Loaded by Dask into each worker: kills the flow or the worker where a zone is about to be published, once.

A zone named ``poison`` ends its worker each time, and once a bucket of firms.
"""

import os
import signal
from pathlib import Path
from typing import Any

from flows import steps
from flows.plan import Plan
from warehouse.buckets import bucket
from warehouse.database import Build
from warehouse.home import Home
from warehouse.release import releases

if releases.publish.__module__ == releases.__name__:  # Dask may load a file twice
    _land, _publish, _build = steps.land_files, releases.publish, bucket._build


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
    try:
        (folder / "killed-bucket").touch(exist_ok=False)
    except FileExistsError:
        return _build(build)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _parent(pid: int) -> int:
    """The flow, which started the server that workers are forked from."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


steps.land_files, releases.publish = _land_or_die, _die_or_publish
if os.environ["TIDU_DEATHS"] == "worker":
    bucket._build = _die_or_build
