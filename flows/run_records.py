"""Which flow runs are at work: a file each that its process keeps locked, so that the record ends with the process.

Prefect learns of an end only from the process itself: one that is killed leaves its run RUNNING for ever. The lock of
such a run is free, by which the next run, and every command of the scheduler, knows it and reports it as crashed.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from flows.api.secret import credentials
from warehouse.home import Home

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.client.schemas.objects import FlowRun, TaskRun

SUFFIX = ".running"
UNRECORDED = timedelta(minutes=10)
"""After which a flow run reported as running without a record is one whose process ended before it made one."""
MESSAGE = "进程中断 the process was killed or the machine stopped"


@contextmanager
def recorded(home: Home) -> Iterator[None]:
    """Record the flow run that this process is in, for its length; runs that died before are reported as crashed.

    Does nothing outside a flow run, as where a test calls the function of a flow.
    """
    from prefect.context import FlowRunContext

    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        yield
        return
    _report_crashed_if_possible(home)
    path = home.runs / f"{context.flow_run.id}{SUFFIX}"
    aside = path.with_name(f".{path.name}")
    with aside.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(f"{os.getpid()}\n")
        file.flush()
        aside.replace(path)  # no other process ever sees it unlocked
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _report_crashed_if_possible(home: Home) -> None:
    """Prefect's view of earlier runs is no reason to fail this one."""
    import httpx
    from prefect.exceptions import PrefectException

    try:
        report_crashed(home)
    except (PrefectException, httpx.HTTPError) as error:
        getLogger("prefect.tidu").error("runs that were killed could not be reported: %s", error)


def report_crashed(home: Home) -> list[UUID]:
    """Set every flow run whose process is gone to CRASHED, with its tasks; their ids."""
    from prefect.client.orchestration import get_client

    dead, alive = _records(home)
    with get_client(sync_client=True) as client:
        at_work = {run.id: run for run in _at_work(client)}
        crashed = [run for run_id, run in at_work.items() if run_id in dead or _is_unrecorded(run, home, alive)]
        for run in crashed:
            _crash(client, run)
    for path in dead.values():
        path.unlink(missing_ok=True)
    return [run.id for run in crashed]


def _records(home: Home) -> tuple[dict[UUID, Path], set[UUID]]:
    """The records of runs whose process is gone, and the runs that are alive."""
    dead: dict[UUID, Path] = {}
    alive: set[UUID] = set()
    for path in home.runs.glob(f"[0-9a-f]*-*{SUFFIX}"):
        run_id = UUID(path.stem)
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                alive.add(run_id)
            else:
                dead[run_id] = path
    return dead, alive


def _at_work(client: "SyncPrefectClient") -> "list[FlowRun]":
    from prefect.client.schemas.filters import FlowRunFilter
    from prefect.client.schemas.objects import StateType

    states = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
    return client.read_flow_runs(flow_run_filter=FlowRunFilter.model_validate({"state": {"type": {"any_": states}}}))


def _is_unrecorded(run: "FlowRun", home: Home, alive: set[UUID]) -> bool:
    """Whether a run of this home's own server has long been reported as running, and no process is.

    A server with another password may serve other homes too, whose records lie elsewhere.
    """
    is_own = os.environ.get("PREFECT_API_AUTH_STRING") == credentials(home)
    since = run.state.timestamp if run.state else None
    return is_own and run.id not in alive and since is not None and datetime.now(UTC) - since > UNRECORDED


def _crash(client: "SyncPrefectClient", run: "FlowRun") -> None:
    from prefect.client.schemas.filters import FlowRunFilter, TaskRunFilter
    from prefect.states import Crashed

    client.set_flow_run_state(run.id, Crashed(message=MESSAGE), force=True)
    tasks: list[TaskRun] = client.read_task_runs(
        flow_run_filter=FlowRunFilter.model_validate({"id": {"any_": [run.id]}}),
        task_run_filter=TaskRunFilter.model_validate({"state": {"type": {"any_": ["RUNNING", "PENDING"]}}}),
    )
    for task in tasks:
        client.set_task_run_state(task.id, Crashed(message=MESSAGE), force=True)
