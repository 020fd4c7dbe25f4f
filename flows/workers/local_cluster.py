"""A Dask cluster of processes of this machine, which end with the run that started them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from typing import TYPE_CHECKING, Any

from flows.settings import LOOPBACK
from flows.workers.scratch import scratch
from warehouse.home import Home

if TYPE_CHECKING:
    from distributed import Client
    from distributed.security import Security

FORK_SERVER = "flows.workers.fork_server"
OF_ZONES, OF_BUCKETS = "flows.zones.worker_process", "flows.workers.bucket_process"
"""What workers import, once for all in the process they are forked from: for whole zones, for the buckets of one."""
QUIET = "ignore:resource_tracker"
"""What a worker that was killed leaves to the system is cleared away, and no news for who runs zones."""
DASK: dict[str, Any] = {
    "distributed.worker.profile.enabled": False,  # its samples cost a third of the processor and grow with the run
    "distributed.scheduler.allowed-failures": 1,  # a zone that ends its worker twice is not tried a third time
    "distributed.worker.multiprocessing-method": "forkserver",  # imported once, however many workers there are
    "distributed.admin.tick.interval": "1s",  # a worker has minutes of work and nothing to report between
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.worker.memory.monitor-interval": "10s",
}


@contextmanager
def local_workers(workers: int, home: Home) -> "Iterator[Client]":
    """A client of processes of this machine, which take a bucket each at a time and end with the block."""
    from distributed import Client

    with (
        local_cluster(workers, home, OF_BUCKETS) as (address, security),
        Client(address, security=security, set_as_default=False) as client,  # type: ignore[no-untyped-call]
    ):
        yield client


@contextmanager
def local_cluster(workers: int, home: Home, imported: str = OF_ZONES) -> "Iterator[tuple[str, Security]]":
    """The address of the scheduler of such processes, and its TLS settings.

    Scheduler and workers speak TLS with a certificate made for this run: who may send work to a scheduler may do
    what this user may.
    """
    import dask

    os.environ.update(_environment(workers))
    os.environ.setdefault("PYTHONWARNINGS", QUIET)
    forkserver.set_forkserver_preload([FORK_SERVER, imported])
    forkserver.ensure_running()

    from distributed import LocalCluster
    from distributed.security import Security

    security = Security.temporary()  # type: ignore[no-untyped-call]
    with (
        scratch(home) as folder,
        dask.config.set({**DASK, "temporary-directory": str(folder)}),  # of the scheduler too
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host=LOOPBACK,
            protocol="tls",
            security=security,
            dashboard_address=None,
            memory_limit=None,  # DuckDB bounds its own
            local_directory=str(folder),
            preload=[imported, *dask.config.get("distributed.worker.preload")],
        ) as cluster,
    ):
        yield cluster.scheduler_address, security


def _environment(workers: int) -> dict[str, str]:
    """Read by the processes of the workers before they start, which have the cores of the machine between them."""
    threads = max(1, (os.cpu_count() or 1) // workers)
    return {
        **{f"DASK_{name.upper().replace('.', '__').replace('-', '_')}": str(value) for name, value in DASK.items()},
        "OMP_NUM_THREADS": "1",  # threads of BLAS would be lost in the fork
        "OPENBLAS_NUM_THREADS": "1",
        "POLARS_MAX_THREADS": os.environ.get("POLARS_MAX_THREADS", str(threads)),
    }
