"""The jobs, as a person or a schedule starts them: what is due, the writer's lock, and the work itself."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import guards
from flows.api.server import during_a_run
from flows.landed_files import left_alone
from flows.plan import new_plan, today
from flows.progress import say
from flows.terminal.language import of_both
from flows.unchanged import held_already, nothing_new
from service import outputs
from service.decisions import releases
from service.decisions.refusals import end_refusals
from service.decisions.releases import tidy, writer
from service.disk import require_space, require_writable
from service.queries.release import run_summary
from warehouse.home import Home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.zones.run_zone import ZoneRun, ZonesPlan
    from service.alerts.outbox import Written
    from service.decisions.releases import Vintage
    from service.outputs import Digest, Report


def refresh(
    home: Home,
    inbox: Path,
    day: date,
    place: str | None = None,
    previous_day: date | None = None,
    even_so: bool = False,
    shares: tuple[int | None, int | None] = (None, None),
) -> dict[str, Any]:
    """Publish a release where there is something new; the summary of the release that is current then.

    Prefect is imported and its server started only where a run is needed. Raises ``Busy`` while another run writes,
    ``BadInput`` for a plan that ``flows.guards`` refuses, ``ReleaseHeld`` where the publish gate holds the release;
    ``even_so`` accepts an unlikely day, another place, and whatever share of the firms changed; ``shares`` are the
    number of buckets of firms and of the processes that share them.
    """
    require_writable(home)
    plan = new_plan(home.root, inbox, day, guards.place_of_run(home, place), datetime.now(UTC), previous_day)
    guards.check_inbox(plan)
    if not even_so:
        guards.check(plan)
    with writer(home):
        tidy(home)
        if nothing_new(plan):
            say(of_both("没有新文件，未作改动", "Nothing new: nothing was changed."))
            left_alone(run_summary.passed_over(plan.inbox))
            end_refusals(home, plan.inbox)
        elif not even_so and (waiting := held_already(plan)) is not None:
            raise waiting
        else:
            require_space(home)
            with during_a_run(home):
                from flows.refresh import refresh_zone

                refresh_zone(plan.inbox, plan.root, plan.place, plan.day, plan.previous_day, even_so, *shares)
    return run_summary.collect(home, plan.inbox)


def refresh_zones(
    home: Home, codes: "Sequence[str]", plan: "ZonesPlan", workers: int | None, scheduler: str | None
) -> "list[ZoneRun]":
    """What the zones of an installation came to, each with a release of its own; Prefect's server is started once.

    Raises ``BadInput`` for codes that ``zones.yml`` does not have, and where a code was changed. What stops a zone is
    in its entry alone.
    """
    from service.queries.installation.zones import chosen, unlisted

    zones = chosen(home, codes)
    if old := unlisted(home):
        words = of_both("zones.yml 未列，不运行也不计入", "not in zones.yml, neither run nor counted")
        say(f"{words}: {', '.join(old)}", "·")
    require_writable(home)
    with during_a_run(home):
        from flows.zones import refresh_zones

        return refresh_zones.refresh_zones(zones, plan, workers, scheduler)


def rebuild_past(
    home: Home, moment_or_run: str, out: Path, place: str | None, days: tuple[date | None, date | None]
) -> Path:
    """Write the warehouse as it was known on a moment or by a run; ``days`` as for ``rebuild``."""
    from flows.rebuild import rebuild

    with writer(home):
        return rebuild(home, moment_or_run, out, place, datetime.now(UTC), days)


def freeze_month(home: Home, month: str | None) -> "tuple[Vintage, bool]":
    """The vintage of a month, by default the last one, and whether it was made now; raises as ``freezing.freeze``."""
    last = today().replace(day=1) - timedelta(days=1)
    return releases.freeze(home, month or f"{last:%Y-%m}", today(), datetime.now(UTC))


def weekly_digest(home: Home, day: date | None, within: int) -> "Digest":
    """The digests of the week of a day, by default today, from the current release."""
    return outputs.write_digest(home, day or today(), within)


def daily_alerts(home: Home, day: date | None = None) -> "list[Written]":
    """The mail files of a day, by default today: see ``outbox.write``."""
    from service.alerts.outbox import write
    from service.people.installation import People

    now = datetime.now(UTC)
    with writer(home):
        return write(home, People(home, lambda: now), day or today(), now)


def reclassification(home: Home, day: date | None, rules_day: date | None) -> "Report":
    """The firms of a day, by default the last of the year before, by the rules of then and of another day, or today."""
    now = today()
    return outputs.reclassify(home, day or date(now.year - 1, 12, 31), rules_day or now)
