"""Rebuild the warehouse from everything landed, classify every firm, publish: the nightly job."""

from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow

from flows import guards, isolation, tasks
from flows.plan import new_plan, today
from warehouse.home import Home


@flow(name="refresh-zone", flow_run_name="refresh-{day}-{place}")
def refresh_zone(
    inbox: Path,
    home: Path,
    place: str,
    day: date | None = None,
    previous_day: date | None = None,
) -> str:
    """Return the number of the release; a failed run changes nothing that is published.

    ``day`` is the day of evaluation; the schedule leaves it out and means today.
    """
    now = datetime.now(UTC)
    plan = new_plan(home, inbox, day or today(), guards.place_of_run(Home(home.absolute()), place), now, previous_day)
    guards.check_inbox(plan)

    tasks.land_files(plan)
    isolation.run_isolated(plan, tasks.ISOLATED)
    return plan.run_id
