"""The runs of many zones as one flow of Prefect: a task a zone, on the engine that is asked for."""

from collections.abc import Sequence
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.run_records import recorded
from flows.zones.engines import engine
from flows.zones.run_zone import ZoneRun, ZonesPlan, run_zone
from warehouse.home import Home
from warehouse.zones.registry import Zone

TASK = task(name="run-zone", task_run_name="run-{zone.code}", cache_policy=NO_CACHE, persist_result=False)(run_zone)
"""Not retried: a cluster repeats a zone whose worker died, and the next run does the rest."""


def refresh_zones(zones: Sequence[Zone], plan: ZonesPlan, workers: int | None, scheduler: str | None) -> list[ZoneRun]:
    """What every zone came to, in the order of ``zones``; a zone that fails stops no other."""
    with engine(workers, scheduler) as runner:
        return _refresh_zones.with_options(task_runner=runner)(list(zones), plan)


@flow(name="refresh-zones", flow_run_name="refresh-zones-{plan.day}", validate_parameters=False)
def _refresh_zones(zones: list[Zone], plan: ZonesPlan) -> list[ZoneRun]:
    with recorded(Home(plan.root)):
        futures = [(zone, TASK.submit(zone, plan)) for zone in zones]
        return [_result(zone, future) for zone, future in futures]


def _result(zone: Zone, future: Any) -> ZoneRun:
    """The result of a zone; one whose workers died as often as is allowed has failed."""
    result = future.result(raise_on_failure=False)
    if isinstance(result, ZoneRun):
        return result
    message = f"{type(result).__name__}: {result}" if isinstance(result, BaseException) else str(result)
    return ZoneRun(zone.code, "failed", None, message, 0.0, 0.0)
