"""Where firms stood on any two days, from the lists that a release knows: its models on other days, in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from warehouse.database.build import Build, Snapshot
from warehouse.errors import BadInput

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


def require_known(snapshot: Snapshot, since: date, until: date, day: date) -> None:
    """Raise ``BadInput`` unless lists are known of both days and ``since`` is earlier; ``day`` is the release's."""
    if since >= until:
        raise BadInput(f"{since} 不早于 {until}", f"{since} is not before {until}")
    if until > day:
        raise BadInput(
            f"本期评价日为 {day}，此后的名单尚不知道；请给出不晚于它的日子",
            f"the day of this release is {day}, later lists are not known: name a day that is not after it",
        )
    first = snapshot.value(
        "select min(coalesce(issued_on, valid_from)) from core_title where event in ('granted', 'renewed')"
    )
    if first is None or since < first:
        raise BadInput(
            f"{since} 之前没有任何名单；最早的名单为 {first or '（无）'}",
            f"no list is known of {since} or before; the first one is of {first or '(none)'}",
        )
