"""The movement of a release against another earlier day than its own: as a run with that ``--previous-day`` has it.

The models above the core and the rules are evaluated anew, in memory; the release is attached and not touched.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from warehouse.database.build import Build
from warehouse.release.desk.desk import Desk, Views

MARTS = ("mart_movers__firms", "mart_movers__titles", "mart_movers__signals", "mart_movers__totals")
REBUILT = ("facts", "ladder", "movement", "marts")
"""The layers that rest on the two days; what is below is the same for any day."""


@contextmanager
def desk_against(release: Path, day_before: date) -> Iterator[Desk]:
    """A desk on ``against``, in the scope of the zone."""
    with against(release, day_before) as build:
        yield Desk(build, Views(), "zone", ())


@contextmanager
def against(release: Path, day_before: date) -> Iterator[Build]:
    """A database with ``MARTS`` of the release's day compared with ``day_before``, by the present rules and models."""
    from tiers import load_rulebook  # what evaluates the rules, which a release's own days do without
    from tiers.cultivation.tables import pool_tables
    from tiers.movement import time_in_rung
    from tiers.movement.tables import due_tables
    from warehouse import recipe
    from warehouse.models import building
    from warehouse.models.working_days import working_days
    from warehouse.rule_exchange import exchange

    with Build.in_memory(release=release) as build:
        ((day, place, run_id),) = build.tuples("select day, place, run_id from release.parameter")
        tables = load_rulebook().tables() | time_in_rung.tables() | due_tables() | pool_tables(place, day)
        exchange.write_reference(build, {**tables, "ref_working_days": working_days(place, day)})
        building.set_parameters(build, day=day, previous_day=day_before, place=place, run_id=run_id)
        for layer, models in _models().items():
            _take_over(build, models)
            building.build_tables(build, models)
            if layer == "facts":
                recipe.classify_firms(build)
        yield build


def _models() -> dict[str, list[str]]:
    """By layer the tables that ``MARTS`` rest on, in the order in which they are built."""
    from warehouse.models import graph

    needed = set(MARTS).union(*map(graph.depends_on, MARTS))
    return {layer: [table for table in graph.in_order(layer) if table in needed] for layer in REBUILT}


def _take_over(build: Build, models: list[str]) -> None:
    """Let these models read the tables of the release that are not made anew."""
    from warehouse.models import graph

    read = {source for table in models for source in graph.reads(table)} - {*models}
    here = set(build.column("select table_name from information_schema.tables where table_catalog = 'memory'"))
    for table in sorted(read & build.tables("release") - here):
        build.execute(f"create view {table} as from release.{table}")
