"""Loaded by Dask into each worker: kills the flow or the worker where a zone is about to be published, once.

A zone named ``poison`` ends its worker each time.
"""

import os
import signal
from pathlib import Path
from typing import Any

from flows import steps
from flows.plan import Plan
from warehouse.release import releases

_land, _publish = steps.land_files, releases.publish


def _land_or_die(plan: Plan) -> None:
    if plan.root.name == "poison" and os.environ["TIDU_DEATHS"] == "worker":
        os.kill(os.getpid(), signal.SIGKILL)
    _land(plan)


def _die_or_publish(path: Path, home: Any, *args: Any, **kwargs: Any) -> Any:
    deaths = os.environ["TIDU_DEATHS"]
    try:
        (home.root.parents[1] / f"killed-{deaths}").touch(exist_ok=False)
    except FileExistsError:
        return _publish(path, home, *args, **kwargs)
    os.kill(_parent(os.getppid()) if deaths == "flow" else os.getpid(), signal.SIGKILL)
    signal.pause()
    return None


def _parent(pid: int) -> int:
    """The flow, which started the server that workers are forked from."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


steps.land_files = _land_or_die
releases.publish = _die_or_publish  # type: ignore[assignment]
