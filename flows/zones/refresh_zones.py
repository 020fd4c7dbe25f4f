"""The runs of many zones as one flow of Prefect: a task a zone, on the engine that is asked for."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.plan import today
from flows.run_records import recorded
from flows.zones.engines import engine
from flows.zones.run_zone import ZoneRun, ZonesPlan, current_run, require_done, run_zone
from service.queries.installation.zones import chosen
from warehouse.home import Home
from warehouse.zones import states
from warehouse.zones.registry import ALL, Zone

TASK = task(name="run-zone", task_run_name="run-{zone.code}", cache_policy=NO_CACHE, persist_result=False)(run_zone)
"""Not retried by Prefect: a cluster repeats a zone whose worker died, and the next run does the rest."""

LOST = ("FutureCancelledError", "CancelledError")
"""What becomes of the tasks of a cluster whose scheduler is gone; Dask is imported only where it is the engine."""


def refresh_zones(zones: Sequence[Zone], plan: ZonesPlan, workers: int | None, scheduler: str | None) -> list[ZoneRun]:
    """What every zone came to, in the order of ``zones``; a zone that fails stops no other."""
    with engine(workers, scheduler, Home(plan.root)) as runner:
        return _refresh_zones.with_options(task_runner=runner)(list(zones), plan)


@flow(name="refresh-installation", flow_run_name="refresh-installation-{day}")
def refresh_installation(
    home: Path,
    codes: list[str] | None = None,
    day: date | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
) -> list[str]:
    """The nightly job of an installation of many zones: each zone with its state, as ``hz published``.

    Raises ``BadInput`` where a zone was refused, is missing or failed; the others have their releases.
    """
    opened = Home(home.absolute())
    plan = ZonesPlan(opened.root, day or today())
    runs = refresh_zones(chosen(opened, codes or [ALL]), plan, workers, scheduler)
    require_done(runs)
    return [f"{run.zone} {run.state}" for run in runs]


@flow(name="refresh-zones", flow_run_name="refresh-zones-{plan.day}", validate_parameters=False)
def _refresh_zones(zones: list[Zone], plan: ZonesPlan) -> list[ZoneRun]:
    with recorded(Home(plan.root)):
        before = [current_run(zone, plan) for zone in zones]
        outcomes = [_outcome(future) for future in [TASK.submit(zone, plan) for zone in zones]]
        # A zone that waited at a worker is counted among those that ended it: each of them is tried once more, alone.
        for at, zone in enumerate(zones):
            if _is_killed(outcomes[at]):
                outcomes[at] = _outcome(TASK.submit(zone, plan))
        runs = [_run_of(zone, outcome) for zone, outcome in zip(zones, outcomes, strict=True)]
        runs = [with_release(run, last) for run, last in zip(runs, before, strict=True)]
        keep_states(runs, Home(plan.root))
        return runs


def keep_states(runs: Sequence[ZoneRun], home: Home) -> None:
    """Keep the result of each zone for readers of the zones; a zone that another run writes is reported by that run."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    for run in runs:
        if run.state != "busy":
            with suppress(OSError):  # a full disk: the run reports it, the page shows the end of the run before
                states.write(home, states.LastRun(run.zone, run.state, at, len(run.refused)))


def with_release(run: ZoneRun, before: str | None) -> ZoneRun:
    """``unchanged`` is ``published`` where the release is not that of before.

    A cluster repeats a zone whose worker died after it had published, and the repeated attempt has nothing new.
    """
    is_new = run.state == "unchanged" and run.run_id not in (None, before)
    return replace(run, state="published") if is_new else run


def _outcome(future: Any) -> Any:
    """The run of a zone, or the error by which it has none."""
    try:
        return future.result(raise_on_failure=False)
    except Exception as error:  # the client of Dask raises what became of a task whatever it is asked
        return error


def _is_killed(outcome: Any) -> bool:
    return type(outcome).__name__ == "KilledWorker"


def _run_of(zone: Zone, outcome: Any) -> ZoneRun:
    if isinstance(outcome, ZoneRun):
        return outcome
    return ZoneRun(zone.code, "failed", None, *_message(outcome), 0.0, 0.0)


def _message(outcome: Any) -> tuple[str, str]:
    """What became of a task without a result: where its worker or the scheduler died, the way out; else the error."""
    if _is_killed(outcome):
        return (
            "执行该区的进程屡次中断（内存不足或被终止），上一期仍然有效；请看该机的日志与内存，再单独运行该区",
            "the process of this zone ended again and again (out of memory, or killed); its last release stands: look"
            " at the log and the memory of that machine, then run this zone alone",
        )
    if type(outcome).__name__ in LOST:
        return (
            "与 Dask 调度服务的连接中断，该区可能还在办理，也可能已发布；请看调度服务的日志，再运行一次，"
            "已办的不会重办",
            "the connection to the Dask scheduler was lost; this zone may still be computed, or be published already:"
            " look at the log of the scheduler, then run again, nothing is done twice",
        )
    unforeseen = f"{type(outcome).__name__}: {outcome}" if isinstance(outcome, BaseException) else str(outcome)
    return unforeseen, unforeseen
