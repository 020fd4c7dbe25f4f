"""The build of a small zone, open beside its steps: reading and writing its list of tables takes as long as most steps."""

from collections.abc import Iterator
from contextlib import contextmanager

from flows.plan import Plan
from flows.steps import BUILD_STEPS, build_facts, build_staging
from warehouse import recipe
from warehouse.database import Build
from warehouse.release import delta

SMALL = 20_000
"""Rows of a build that stays open: its memory is little, and it has too few firms for buckets."""
_STAGING, _FACTS, _END = BUILD_STEPS.index(build_staging), BUILD_STEPS.index(build_facts), len(BUILD_STEPS)


@contextmanager
def kept_open(plan: Plan) -> Iterator[int]:
    """Open the build once its rows are loaded; gives the number of the step before which it must be closed.

    Publishing moves the file, the facts may replace that of the part of a zone, and the processes of buckets read it.
    """
    with Build.open(plan.build) as build:
        if recipe.rows_loaded(build) > SMALL:
            yield _STAGING
        elif plan.buckets is not None or delta.is_part(build):
            yield _FACTS
        else:
            yield _END
