"""The worker: waits for scheduled runs and starts each in a process that knows Tidu's flows alone.

Prefect's own process worker runs what a deployment names: a command, an entrypoint, steps to pull code. This one
reads none of them, whatever the server says.
"""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import anyio.abc
from prefect.runner._flow_run_executor import FlowRunExecutorContext
from prefect.runner._starter_engine import EngineCommandStarter
from prefect.utilities.processutils import command_to_string
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker, ProcessWorkerResult

from flows.schedule.flow_process import flow_of
from flows.schedule.pool import KIND, POOL, ensure_pool

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.schemas.objects import FlowRun

COMMAND = command_to_string([sys.executable, "-m", "flows.schedule.flow_process"])


async def _resolved(flow_run: "FlowRun") -> "Flow[Any, Any]":
    return await asyncio.to_thread(flow_of, flow_run)


class FlowWorker(ProcessWorker):
    """A process worker with one command, in the folder and the environment the worker itself was started in."""

    type = KIND

    async def run(
        self,
        flow_run: "FlowRun",
        configuration: ProcessJobConfiguration,
        task_status: anyio.abc.TaskStatus[int] | None = None,
    ) -> ProcessWorkerResult:
        """Start the process, report its process id once it runs, and wait for its end."""
        async with FlowRunExecutorContext() as context:
            starter = EngineCommandStarter(command=COMMAND, cwd=Path.cwd(), control_channel=context.control_channel)
            executor = context.create_executor(flow_run, starter, resolve_flow=_resolved, propose_submitting=False)
            status: int | None = None

            async def execute(*, task_status: anyio.abc.TaskStatus[Any]) -> None:
                nonlocal status
                ended = await executor.submit(task_status=task_status)
                status = ended.status_code if ended else None

            async with anyio.create_task_group() as group:
                process = await group.start(execute)
                if task_status is not None:
                    task_status.started(process.pid)
        if status is None:
            raise RuntimeError(f"the process of flow run {flow_run.id} did not start")
        return ProcessWorkerResult(status_code=status, identifier=str(process.pid))


def work(*, once: bool = False) -> None:
    """Wait for runs until interrupted; with ``once``, start what is due and return when it has ended."""
    ensure_pool()
    asyncio.run(FlowWorker(POOL, create_pool_if_not_found=False).start(run_once=once))
