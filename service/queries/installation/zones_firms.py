"""Firms over several zones: a list in the order of the zones, and a firm by its credit code, by the indexes of zones.

A page of the list reads the index of the zones it lies in and no other: how many rows each has is known beforehand from
their totals. The caller decides of which zones firms are named, by ``within``.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from service.queries.installation.zones_marts import Within, asked
from service.queries.release.records import Listed, Slice
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.rows import Row
from warehouse.zones.marts import Pointer
from warehouse.zones.registry import read_zones

TOTALS = (
    "select zone, kind as change, seq, zh, en, firms from mart_movers__totals where total = 'change' order by seq, zone"
)
PAGE = (
    "with keys as materialized (select firm_id from firm_index where $1 in ('', change)"
    " order by firm_id limit $2 offset $3)"
    " select zone, firm_id, name, titles, held, met, change, from_held, from_met"
    " from firm_index inner join keys using (firm_id) order by firm_id"
)
"""Keys first: the columns of a row are read of the rows of the page alone."""
FIRM = "select zone, name, titles, held, met, change from firm_index where firm_id = $1 order by zone"


def kinds(home: Home, within: Within) -> list[Row]:
    """The kinds of change with the number of firms of each, over all these zones."""
    counted: dict[str, Row] = {}
    for row in _totals(home, tuple(within.pointers.values())):
        kind = counted.setdefault(row["change"], {**row, "firms": 0})
        kind["firms"] += row["firms"]
    return list(counted.values())


def firms(home: Home, within: Within, change: str, part: Slice) -> Listed:
    """The firms with a kind of change, all for none, zone by zone; raises ``BadInput`` for an unknown kind."""
    known = [row["change"] for row in kinds(home, within)]
    if known and change and change not in known:
        listed = ", ".join(known)
        raise BadInput(f"没有动向 {change}；有 {listed}", f"there is no change {change}; there are {listed}")
    totals = dict.fromkeys((zone.code for zone in within.zones), 0)
    for row in _totals(home, tuple(within.pointers.values())):
        totals[row["zone"]] += row["firms"] if change in ("", row["change"]) else 0
    rows = [
        row
        for code, own in _parts(totals, part)
        for row in asked(home, PAGE, [change, own.limit, own.offset], _of(within, code))
    ]
    return Listed(rows, sum(totals.values()))


def _parts(totals: dict[str, int], part: Slice) -> Iterator[tuple[str, Slice]]:
    """The zones in which a part of the list lies, each with the part of its own rows."""
    first, end, before = part.offset, part.offset + part.limit, 0
    for code, total in totals.items():
        start, stop = max(first - before, 0), min(end - before, total)
        if start < stop:
            yield code, Slice(stop - start, start)
        before += total


def _of(within: Within, code: str) -> Within:
    return Within([zone for zone in within.zones if zone.code == code], within.pointers)


def firm(home: Home, within: Within, firm_id: str) -> list[Row]:
    """The zones that have a firm, each with what it holds and meets there; none for a code that is in none of them."""
    return asked(home, FIRM, [firm_id], within)


@lru_cache(maxsize=32)
def _totals(home: Home, pointers: Sequence[Pointer]) -> list[Row]:
    """The precomputed totals of the zones, read once for each set of their runs; none of no zone."""
    if not pointers:
        return []
    by_code = {pointer.zone: pointer for pointer in pointers}
    return asked(home, TOTALS, (), Within([zone for zone in read_zones(home) if zone.code in by_code], by_code))
