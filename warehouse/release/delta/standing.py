"""Tables of the zone that stand as the release has them, since a part changes nothing of what they are built from.

A report of figures changes no title and no registration, so tables about titles over all firms need not be built
again. Only where the days are those of the release, since on them every table rests.
"""

from functools import cache

from warehouse.database.build import Build
from warehouse.models import graph

_STANDING = "standing_table"
_OF_ALL_RUNS = ("evaluation_day", "parameter")
"""Tables that are the same in two runs of the same days, but for the number of the run."""


@cache
def rests_on(table: str) -> frozenset[str] | None:
    """The tables of firms and rows below a table of the zone; None where it rests on what every run writes anew."""
    if graph.moved_by(table) or "run_id" in graph.sql_of(table):
        return None
    below: set[str] = set()
    for name in graph.stored_reads(table):
        if name.startswith("ref_") or name in _OF_ALL_RUNS:
            continue
        if not name.startswith("raw_") and not graph.is_model(name):
            return None
        if name.startswith("raw_") or not graph.is_built_whole(name):
            below.add(name)
        elif (deeper := rests_on(name)) is None:
            return None
        else:
            below |= deeper
    return frozenset(below)


@cache
def watched() -> frozenset[str]:
    """The tables of firms and rows of which it matters whether a part changes them."""
    return frozenset().union(*(below for table in _whole() if (below := rests_on(table))))


def _whole() -> list[str]:
    tables = [table for layer in graph.LAYERS for table in graph.tables(layer)]
    return [table for table in tables if graph.is_built_whole(table)]


def differs(build: Build, table: str, replaced: str) -> bool:
    """Whether a part has other rows than its release; ``replaced`` is SQL of what the row ``old`` is replaced by."""
    return bool(
        build.tuples(
            "select 1 from ("  # noqa: S608 - our own names
            f"select hash(old) as value, 1 as copies from {table} as old where exists (from {replaced})"
            f" union all select hash(own) as value, -1 as copies from part.{table} as own)"
            " group by value having sum(copies) <> 0 limit 1"
        )
    )


def has_same_settings(build: Build) -> bool:
    """Whether a part is of the days and the place of its release, and so has the same reference tables."""
    settings = "select day, previous_day, place from"
    return build.tuples(f"{settings} parameter") == build.tuples(f"{settings} part.parameter")


def write_standing(build: Build, changed: set[str]) -> None:
    """Remember which tables stand where a part has changed these, as long as the build is open."""
    whole = _whole() if has_same_settings(build) else []
    resting = {table: rests_on(table) for table in whole}
    names = [table for table, below in resting.items() if below is not None and below.isdisjoint(changed)]
    build.execute(f"create or replace temp table {_STANDING} as select unnest($1::varchar[]) as name", [names])


def standing(build: Build) -> set[str]:
    """The tables that stand in a merged build."""
    return set(build.column(f"select name from {_STANDING}"))  # noqa: S608 - our own name
