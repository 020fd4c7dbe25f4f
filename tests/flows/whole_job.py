"""The whole job without Prefect, as the tests of the flows run it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from flows import steps
from flows.plan import Plan, new_plan
from warehouse.database.kept_open import kept_open

DAY = date(2026, 6, 30)
PLACE = "CN-3301"
STEPS = (steps.land_files, *steps.BUILD_STEPS, steps.publish_release)


def plan_of(root: Path, inbox: Path, day: date = DAY, place: str = PLACE) -> Plan:
    """A plan for the test day."""
    return new_plan(root, inbox, day, place, datetime.now(UTC))


def run_steps(root: Path, inbox: Path, day: date = DAY, place: str = PLACE, buckets: int | None = None) -> Plan:
    """Every step in its order; the plan that was run."""
    plan = replace(plan_of(root, inbox, day, place), buckets=buckets)
    take(plan, STEPS)
    return plan


def take(plan: Plan, some: Iterable[Callable[[Plan], object]]) -> None:
    """One step after another, the build open between them as in a run."""
    with kept_open(plan.build):
        for step in some:
            step(plan)
