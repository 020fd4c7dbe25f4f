"""Where zones are run: one after another in this process, on workers of this machine, or on a cluster.

The unit of work and its result are the same on each.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flows.local_workers import local_cluster
from flows.scratch import scratch
from warehouse.home import Home

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner


@contextmanager
def engine(workers: int | None, scheduler: str | None, home: Home) -> "Iterator[TaskRunner[Any]]":
    """The task runner of Prefect: of a cluster that somebody operates, of local workers, or of this process alone.

    Raises ``NoCluster`` where that cluster cannot run zones of this home.
    """
    if scheduler is not None:
        from prefect_dask.task_runners import DaskTaskRunner

        from flows.zones.cluster import require_usable

        require_usable(scheduler, home)
        yield DaskTaskRunner(address=scheduler)
    elif workers is not None:
        from prefect_dask.task_runners import DaskTaskRunner

        with scratch(home) as folder, local_cluster(workers, str(folder)) as (address, security):
            yield DaskTaskRunner(address=address, client_kwargs={"security": security})
    else:
        from prefect.task_runners import ThreadPoolTaskRunner

        yield ThreadPoolTaskRunner(max_workers=1)
