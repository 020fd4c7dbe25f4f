"""What a process of a run that builds buckets imports; Prefect and the checks of files are of no use to it."""

import gc

import warehouse.buckets.bucket
import warehouse.database.macros.money_function
import warehouse.database.macros.name_patterns
import warehouse.rule_exchange.classification
from warehouse.machine.process import configure

__all__ = ["dask_setup", "warehouse"]

gc.collect()
gc.freeze()  # as in ``flows.zones.worker_process``


async def dask_setup(_: object) -> None:
    """Called by Dask with its worker."""
    configure()
