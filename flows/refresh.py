"""Rebuild the warehouse from everything landed, classify every firm, publish: the nightly job."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow

from flows import guards, isolation, tasks
from flows.plan import new_plan, today
from flows.run_records import recorded
from service.decisions.refusals import end_refusals
from warehouse.home import Home
from warehouse.ledger import gate
from warehouse.release import held
from warehouse.release.access import require_space, require_writable
from warehouse.release.lock import writer


@flow(name="refresh-zone", flow_run_name="refresh-{day}-{place}")
def refresh_zone(
    inbox: Path,
    home: Path,
    place: str,
    day: date | None = None,
    previous_day: date | None = None,
    even_so: bool = False,
    buckets: int | None = None,
    workers: int | None = None,
) -> str:
    """Return the number of the release; a failed run changes nothing that is published.

    Raises ``Busy`` while another run writes this home, and ``ReleaseHeld`` where the publish gate holds the release,
    which ``even_so`` skips.

    ``day`` is the day of evaluation; the schedule leaves it out and means today. A large zone is
    classified in ``buckets`` (by default as its size asks), which ``workers`` share.
    """
    opened, now = Home(home.absolute()), datetime.now(UTC)
    require_writable(opened)
    require_space(opened)
    with writer(opened), recorded(opened):
        plan = new_plan(home, inbox, day or today(), guards.place_of_run(opened, place), now, previous_day)
        plan = replace(plan, even_so=even_so, buckets=buckets, workers=workers)
        guards.check_inbox(plan)

        tasks.land_files(plan)
        isolation.run_isolated(plan, tasks.ISOLATED)
        if not held.is_held(opened, plan.run_id):
            end_refusals(opened, inbox)
    if held.is_held(opened, plan.run_id):
        raise gate.held_error(plan.run_id, gate.exceeded(held.path_of(opened, plan.run_id)))
    return plan.run_id
