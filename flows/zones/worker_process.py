"""What a process of a worker imports and does as it starts: ``dask worker --preload flows.zones.worker_process``.

Local workers are forked from a server that has imported it, so nothing here may start a thread or run a query.
"""

import gc

import prefect.task_engine
import prefect_dask

import flows.zones.run_zone
from warehouse.machine.process import configure
from warehouse.quality import suite

__all__ = ["dask_setup", "flows", "prefect", "prefect_dask"]

suite.preload()
gc.collect()
gc.freeze()  # what is imported stays; looking through it for garbage would also copy its pages


async def dask_setup(_: object) -> None:
    """Called by Dask with its worker."""
    configure()
