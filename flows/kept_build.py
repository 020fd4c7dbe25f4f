"""The build of a small zone, open beside its steps: to read and write its list of tables takes as long as a step."""

from collections.abc import Iterator
from contextlib import contextmanager

from flows.plan import Plan
from flows.steps import BUILD_STEPS
from warehouse import recipe
from warehouse.database import Build
from warehouse.release import delta

SMALL = 20_000
"""Rows of a build that stays open: its memory is little, and it has too few firms for buckets."""
_NAMES = [step.__name__ for step in BUILD_STEPS]


@contextmanager
def kept_open(plan: Plan) -> Iterator[int]:
    """Open the build once its rows are loaded; gives the number of the step before which it must be closed.

    Publishing moves the file, the facts may replace that of the part of a zone, and the processes of buckets read it.
    """
    with Build.open(plan.build) as build:
        if recipe.rows_loaded(build) > SMALL:
            yield _NAMES.index("build_staging")
        elif plan.buckets is not None or delta.is_part(build):
            yield _NAMES.index("build_facts")
        else:
            yield len(_NAMES)
