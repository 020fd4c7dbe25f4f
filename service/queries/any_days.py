"""Where firms stood on any two days, from the lists that a release knows: its models on other days, in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from warehouse.database import Build

MODELS = (
    "core_title__validity", "core_title__granted", "core_firm__held", "core_title__stated", "core_rung__lists",
    "core_firm__rung_on",
)  # fmt: skip
TRANSITIONS = "mart_zone__transitions"
REFERENCE = ("ref_list_events", "ref_editions", "ref_designations")
"""What the models read of a release; the limits are those of today, which older releases lack."""


@contextmanager
def standing(release: Path, first: date, second: date) -> Iterator[Build]:
    """A database with the tables of ``MODELS`` and ``TRANSITIONS`` for these days; the release is not touched."""
    from tiers.movement import time_in_rung  # what builds tables, which a release's own days do without
    from warehouse.models import building
    from warehouse.rule_exchange import exchange

    with Build.in_memory(release=release) as build:
        for table in ("core_firm", "core_title", "deliveries", *REFERENCE):
            build.execute(f"create view {table} as from release.{table}")
        exchange.write_reference(build, time_in_rung.tables())
        place = build.value("select place from release.parameter")
        building.set_parameters(build, day=second, previous_day=first, place=place, run_id="")
        building.build_tables(build, [*MODELS, TRANSITIONS])
        yield build
