"""Queries over the marts of zones: of every zone of an installation, or of those that somebody may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.home import Home
from warehouse.rows import Row
from warehouse.zones.marts import Pointer, current
from warehouse.zones.registry import Zone, read_zones
from warehouse.zones.rollup import above


@dataclass(frozen=True)
class Within:
    """The zones that are asked about, with the pointers of those that have marts."""

    zones: Sequence[Zone]
    pointers: Mapping[str, Pointer]


def asked(home: Home, sql: str, parameters: Sequence[Any] = (), within: Within | None = None) -> list[Row]:
    """The rows of SQL over the marts of the zones of ``within``, of all of the home unless given."""
    return asked_each(home, (sql,), within, parameters)[0]


def asked_each(
    home: Home, queries: Sequence[str], within: Within | None, parameters: Sequence[Any] = ()
) -> list[list[Row]]:
    """The rows of each query, all by one database; see ``asked``."""
    within = within or _of_all(home)
    with above(home, within.zones, queries, within.pointers) as database:
        return [database.rows(sql, parameters) for sql in queries]


def _of_all(home: Home) -> Within:
    zones = read_zones(home)
    return Within(zones, {zone.code: pointer for zone in zones if (pointer := current(home, zone.code))})
