"""The run of one zone: the unit of work of a run of many, the same on every engine.

It acquires the writer's lock of the zone and asks whether anything is new, so that an attempt that is repeated or
doubled does no harm. What stops it stops no other zone: it becomes the state of this one.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from flows import guards, isolation, progress, steps
from flows.plan import Plan, new_plan
from flows.unchanged import held_already, nothing_new
from service.decisions.refusals import end_refusals
from service.decisions.releases import tidy, writer
from service.disk import known, require_space, require_writable
from service.queries.release import run_summary
from tiers.messages.counted import counted
from warehouse.errors import BadInput, Busy, DiskFailed, LimitReached, ReleaseHeld, StepFailed, WarehouseError
from warehouse.home import Home
from warehouse.intake.inbox import shown
from warehouse.ledger import gate
from warehouse.release import held, releases
from warehouse.zones import marts
from warehouse.zones.registry import Zone, home_of

State = Literal["published", "unchanged", "held", "busy", "refused", "missing", "failed"]
DONE: frozenset[State] = frozenset({"published", "unchanged"})
FAILED: frozenset[State] = frozenset({"refused", "missing", "failed"})
"""The states in which something is to be mended before the zone has a release of the day."""


@dataclass(frozen=True)
class ZonesPlan:
    """What is asked of every zone: the home of the installation, the days, and whether limits are skipped."""

    root: Path
    day: date
    previous_day: date | None = None
    even_so: bool = False
    buckets: int | None = None
    """In how many buckets of firms a zone is classified whose entry does not state it; None by its size."""

    def home_of(self, code: str) -> Home:
        """``zones/CODE`` below ``root``."""
        return home_of(Home(self.root), code)


@dataclass(frozen=True)
class ZoneRun:
    """What a run of a zone came to; ``run_id`` is the current release, None where there is none.

    published: a new release · unchanged: nothing new · held: waits at the publish gate · busy: another run writes ·
    refused: a message states what to mend · missing: the inbox is not there · failed: unforeseen, a full disk or
    memory, or its worker died.
    """

    zone: str
    state: State
    run_id: str | None
    message_zh: str
    message_en: str
    seconds: float
    cpu_seconds: float
    refused: Sequence[Mapping[str, Any]] = ()
    """The files that are refused and wait for a person, as in the summary of a run: file, feed, message."""


def run_zone(zone: Zone, plan: ZonesPlan) -> ZoneRun:
    """Publish a release of a zone where there is something new, and export its marts; raises nothing."""
    began, cpu_before = time.perf_counter(), progress.cpu_seconds()
    state, message_zh, message_en = _outcome(zone, plan)
    run = ZoneRun(
        zone.code,
        state,
        current_run(zone, plan),
        message_zh,
        message_en,
        time.perf_counter() - began,
        progress.cpu_seconds() - cpu_before,
    )
    return replace(run, refused=_refused(zone, plan)) if state in DONE else run


def _refused(zone: Zone, plan: ZonesPlan) -> list[dict[str, Any]]:
    """The refused files of a zone that has a release, whether this run read them or one before."""
    try:
        return run_summary.refused_files(plan.home_of(zone.code), zone.inbox)
    except (WarehouseError, OSError) as error:  # what went away since the run; which the zone's next run states
        return [_not_listed(zone, error)]


def _not_listed(zone: Zone, error: WarehouseError | OSError) -> dict[str, Any]:
    """The entry of a zone whose refused files are not known: it names the file or folder that could not be read."""
    name = shown(str((error.filename if isinstance(error, OSError) else None) or zone.inbox))
    if isinstance(error, WarehouseError):
        zh, en = error.zh, error.en
    else:
        zh = en = f"{name}: {error.strerror or error}"
    return {
        "file_name": name,
        "feed": "",
        "delivery_id": "",
        "message_zh": f"拒收的文件无法列出：{zh}",
        "message_en": f"the refused files cannot be listed: {en}",
    }


def require_done(runs: Sequence[ZoneRun]) -> None:
    """Raise ``BadInput`` that names the zones in which something is to be mended, a refused file among them."""
    messages = [*_undone(runs), *_with_refusals(runs)]
    if messages:
        raise BadInput("；".join(error.zh for error in messages), "; ".join(error.en for error in messages))


def _undone(runs: Sequence[ZoneRun]) -> Iterator[BadInput]:
    if failed := [run.zone for run in runs if run.state in FAILED]:
        yield BadInput(
            f"{len(failed)} 个区未办成：{'、'.join(failed)}；其余不受影响",
            f"without a release: {len(failed)} ({', '.join(failed)}); the rest is not touched",
        )


def _with_refusals(runs: Sequence[ZoneRun]) -> Iterator[BadInput]:
    if zones := [run.zone for run in runs if run.refused]:
        count = sum(len(run.refused) for run in runs)
        yield BadInput(
            f"{'、'.join(zones)} 共 {count} 个文件被拒收，其余已计入",
            f"{counted(count, 'file was', 'files were')} refused ({', '.join(zones)}), the rest is counted",
        )


def _outcome(zone: Zone, plan: ZonesPlan) -> tuple[State, str, str]:
    if not zone.inbox.is_dir():
        return "missing", f"{zone.inbox}: 来件目录不存在", f"{zone.inbox}: there is no such inbox"
    try:
        return _refresh(zone, plan), "", ""
    except ReleaseHeld as error:
        return "held", error.zh, error.en
    except Busy as error:
        return "busy", error.zh, error.en
    except (DiskFailed, LimitReached, StepFailed) as error:
        return "failed", error.zh, error.en
    except WarehouseError as error:
        return "refused", error.zh, error.en
    except Exception as error:
        if (refused := known(plan.home_of(zone.code).root, error)) is not None:
            return "failed", refused.zh, refused.en
        unforeseen = f"{type(error).__name__}: {error}"
        return "failed", unforeseen, unforeseen


def _refresh(zone: Zone, plan: ZonesPlan) -> State:
    home = plan.home_of(zone.code)
    require_writable(home)
    own = _plan(zone, home, plan)
    guards.check_inbox(own)
    if not plan.even_so:
        guards.check(own)
    with writer(home), progress.quiet():
        tidy(home)
        # After a run that was killed between its release and its marts nothing is new, and the marts are missing.
        with _marts_follow(zone, home, plan):
            if nothing_new(own):
                end_refusals(home, zone.inbox)
                return "unchanged"
            if not plan.even_so and (waiting := held_already(own)) is not None:
                raise waiting
            require_space(home)
            _run(own)
            end_refusals(home, zone.inbox)
    return "published"


def _plan(zone: Zone, home: Home, plan: ZonesPlan) -> Plan:
    own = new_plan(home.root, zone.inbox, plan.day, zone.place, datetime.now(UTC), plan.previous_day)
    return replace(own, even_so=plan.even_so, buckets=zone.buckets or plan.buckets)


def _run(plan: Plan) -> None:
    """The steps of a run; Prefect sees the zone as a whole."""
    steps.land_files(plan)
    isolation.run_isolated(plan, (*steps.BUILD_STEPS, steps.publish_release))
    if held.is_held(plan.home, plan.run_id):
        raise gate.held_error(plan.run_id, gate.exceeded(held.path_of(plan.home, plan.run_id)))


@contextmanager
def _marts_follow(zone: Zone, home: Home, plan: ZonesPlan) -> Iterator[None]:
    try:
        yield
    finally:
        marts.newest_exported(Home(plan.root), zone, home)


def current_run(zone: Zone, plan: ZonesPlan) -> str | None:
    """The run of the current release of a zone; None where there is none, or its home cannot be used."""
    try:
        newest = releases.newest(plan.home_of(zone.code))
    except WarehouseError:  # a home that cannot be used; which the state of the zone shows
        return None
    return None if newest is None else newest.stem
