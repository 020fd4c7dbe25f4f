"""Where zones are run: one after another in this process, on workers of this machine, or on a cluster.

The unit of work and its result are the same on each.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flows.settings import LOOPBACK

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

DASK: dict[str, Any] = {
    "distributed.worker.profile.enabled": False,  # its samples cost a third of the processor and grow with the run
    "distributed.scheduler.allowed-failures": 1,  # a zone that ends its worker twice is not tried a third time
}
ENVIRONMENT = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
"""Read by the processes of the workers before they start."""


@contextmanager
def engine(workers: int | None, scheduler: str | None) -> "Iterator[TaskRunner[Any]]":
    """The task runner of Prefect: of a cluster that somebody operates, of local workers, or of this process alone."""
    if scheduler is not None:
        from prefect_dask.task_runners import DaskTaskRunner

        yield DaskTaskRunner(address=scheduler)
    elif workers is not None:
        with _local_cluster(workers) as runner:
            yield runner
    else:
        from prefect.task_runners import ThreadPoolTaskRunner

        yield ThreadPoolTaskRunner(max_workers=1)


@contextmanager
def _local_cluster(workers: int) -> "Iterator[TaskRunner[Any]]":
    """Processes of this machine, one zone each at a time, that end with the block.

    Scheduler and workers speak TLS with a certificate made for this run: whoever may send work to a scheduler may do
    what this user may.
    """
    import dask
    from distributed import LocalCluster
    from distributed.security import Security
    from prefect_dask.task_runners import DaskTaskRunner

    os.environ.update(ENVIRONMENT)
    security = Security.temporary()  # type: ignore[no-untyped-call]
    with (
        dask.config.set(DASK),
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host=LOOPBACK,
            protocol="tls",
            security=security,
            dashboard_address=None,
            memory_limit=None,  # DuckDB bounds its own
        ) as cluster,
    ):
        yield DaskTaskRunner(address=cluster.scheduler_address, client_kwargs={"security": security})
