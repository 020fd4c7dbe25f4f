"""What is seen above the zones: each with its current release, and counts, rates and flows over all of them.

Small cells are hidden in every table, since it leaves the zones: a count of fewer firms than the limit of disclosure is
None, and with it whatever would give it away.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from service.queries.installation.zones_marts import Within, asked, asked_each
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.disclosure.cells import TOTAL, Cell, coarsened, hidden_cells
from warehouse.rows import Row
from warehouse.zones import states
from warehouse.zones.marts import MartsDamaged, current
from warehouse.zones.registry import Zone, read, read_zones
from warehouse.zones.registry import chosen as chosen
from warehouse.zones.registry import unlisted as unlisted
from warehouse.zones.rollup import fewest_firms

SHARES = ("share", "share_low", "share_high")
COUNTS = ("held_count", "met_count", "judgement_count", "unknown_count", "not_met_count")


def zones(home: Home) -> list[Row]:
    """A row for each zone, in the order of ``zones.yml``.

    Run and day of its marts are None before the first and where they are damaged, state and end of its last run before
    there was any.
    """
    return [_zone(home, zone) for zone in read_zones(home)]


def _zone(home: Home, zone: Zone) -> Row:
    last = states.read(home, zone.code)
    try:
        pointer, is_damaged = current(home, zone.code), False
    except MartsDamaged:  # the other zones are listed, and this one says what it lacks
        pointer, is_damaged = None, True
    return {
        **zone.model_dump(exclude={"inbox"}),
        "inbox": str(zone.inbox),
        "run_id": pointer.run_id if pointer else None,
        "day": pointer.day if pointer else None,
        "state": last.state if last else None,
        "ended_at": last.at if last else None,
        "refused": last.refused if last else 0,
        "is_damaged": is_damaged,
    }


def class_names(home: Home) -> dict[str, dict[str, str]]:
    """The names of the classes of zones that ``zones.yml`` names, by their codes."""
    return {code: dict(name) for code, name in read(home).classes.items()}


def ladder(home: Home, within: Within | None = None) -> list[Row]:
    """Per class of zones and designation, and over all (``peers`` None): how many firms hold it, meet it, and so on."""
    rows = asked(home, "select * from ladder", within=within)
    by_designation: dict[str, list[Row]] = {}
    for row in rows:
        by_designation.setdefault(row["designation"], []).append(row)
    for classes in by_designation.values():
        for name in COUNTS:
            _hide_in_sum(classes, name)
    return rows


def _hide_in_sum(classes: Sequence[Row], name: str) -> None:
    """Hide small counts of classes, and the next smallest until what their total gives away, their sum, is not small.

    Two hidden counts of one firm each would follow from a sum of two.
    """
    total, *parts = sorted(classes, key=lambda row: row["peers"] is not None)
    counted = sorted((row for row in parts if row[name]), key=lambda row: row[name])
    hidden = [row for row in counted if row[name] < fewest_firms()]
    while hidden and not _is_safe(hidden, name) and len(hidden) < len(counted):
        hidden = counted[: len(hidden) + 1]
    if (hidden and not _is_safe(hidden, name)) or 0 < total[name] < fewest_firms():
        hidden = [*hidden, total]
    for row in hidden:
        row[name] = None


def _is_safe(hidden: Sequence[Row], name: str) -> bool:
    return len(hidden) > 1 and sum(row[name] for row in hidden) >= fewest_firms()


def comparison(home: Home, within: Within | None = None) -> list[Row]:
    """Per zone and kind of change: share of its firms with its interval, and the share among the zones of its class."""
    rows = asked(home, COMPARISON, within=within)
    kept: list[Row] = []
    for zones_of_class, hidden in _classes(rows):
        for row in zones_of_class:
            row = _without(row, (row["zone"], row["change"]) in hidden, ("firms", *SHARES))
            row = _without(row, (row["zone"], TOTAL) in hidden, ("of_firms", *SHARES))
            kept.append(_without(row, (TOTAL, row["change"]) in hidden, ("peers_share",)))
    return kept


COMPARISON = "select *, zh as change_zh, en as change_en from comparison"


def _classes(rows: Sequence[Row]) -> Iterator[tuple[list[Row], set[Cell]]]:
    """The rows of each class of zones, in their order, with the cells of zone and change to hide."""
    for _, part in groupby(rows, key=lambda row: row["peers"]):
        of_class = list(part)
        yield of_class, hidden_cells({(row["zone"], row["change"]): row["firms"] for row in of_class}, fewest_firms())


def transitions(home: Home, within: Within | None = None) -> list[Row]:
    """Per class of zones (None: all) and pair of states: firms and their share of those that began there.

    Of all classes a cell is hidden where it is hidden of any: whatever is small there is small in a class, and what is
    shown there is the sum of what is shown of the classes, so that nothing follows from both.
    """
    rows = asked(home, "select * from transitions", within=within)
    parts = {peers: list(part) for peers, part in groupby(rows, key=lambda row: row["peers"])}
    hidden = {peers: _hidden(part) for peers, part in parts.items() if peers is not None}
    hidden[None] = set().union(*hidden.values())
    return [_cell(row, hidden[peers]) for peers, part in parts.items() for row in part]


def _hidden(rows: Sequence[Row]) -> set[tuple[str, str]]:
    return hidden_cells({(row["from_state"], row["to_state"]): row["firms"] for row in rows}, fewest_firms())


def _cell(row: Row, hidden: set[tuple[str, str]]) -> Row:
    state, reached = row["from_state"], row["to_state"]
    row = _without(row, (state, reached) in hidden, ("firms", *SHARES))
    row = _without(row, (state, TOTAL) in hidden, ("from_firms", *SHARES))
    return _without(row, (TOTAL, reached) in hidden, ("to_firms",))


def cohorts(home: Home, within: Within | None = None) -> list[Row]:
    """Per cohort, title and years since: the share that reached it; only years by which a few firms or none changed."""
    rows = asked(home, "select * from cohorts", within=within)
    kept: list[Row] = []
    for _, curve in groupby(rows, key=_curve):
        kept += coarsened(list(curve), ("reached",), fewest_firms())
    return [row for row in kept if _shown(row["firms"]) is not None]


def _curve(row: Row) -> tuple[Any, ...]:
    return row["level"], row["first_designation"], row["cohort_year"], row["designation"]


def changes(home: Home, within: Within | None = None) -> list[Row]:
    """Per kind of change over all zones, in which a firm that moved from zone to zone is neither gone nor new.

    Firms and those that moved are hidden together, since both are the sum of what ``comparison`` shows; so is the sum
    of a change that is hidden of a class there.
    """
    rows, compared = asked_each(home, ("select * from changes", COMPARISON), within)
    by_class = _classes(compared)
    of_classes = {change for _, hidden in by_class for zone, change in hidden if zone == TOTAL}
    return [_without(row, row["change"] in of_classes or _is_small(row), ("firms", "moved")) for row in rows]


def _is_small(row: Row) -> bool:
    return None in (_shown(row["firms"]), _shown(row["moved"]))


def moves(home: Home, within: Within | None = None) -> list[Row]:
    """The firms that moved from zone to zone, where both zones share their firms."""
    return asked(
        home,
        "select moves.* from moves"
        " inner join zone as before on moves.from_zone = before.zone and before.shares_firms"
        " inner join zone as now on moves.to_zone = now.zone and now.shares_firms order by moves.firm_id",
        within=within,
    )


def history(home: Home, firm_id: str, within: Within | None = None) -> list[Row]:
    """The events of a firm by its credit code, in their order, over the zones that share their firms.

    Raises ``BadInput`` for a code that is in none of these zones; whether another zone has it is not shown.
    """
    rows = asked(home, "select * exclude (firm_id) from history where firm_id = $1", [firm_id], within)
    if not rows and not asked(home, KNOWN, [firm_id], within):
        raise BadInput(
            f"共享企业的高新区中没有 {firm_id}；请写统一社会信用代码，共享与否见 zones.yml 的 shares_firms",
            f"no zone that shares its firms has {firm_id}: write its credit code; zones.yml says which do",
        )
    return rows


KNOWN = "select 1 from firm_index inner join zone using (zone) where firm_id = $1 and shares_firms"


def not_comparable(home: Home, within: Within | None = None) -> list[Row]:
    """The zones left out of ``transitions`` and ``cohorts``: they compare other days than most."""
    return asked(
        home,
        "select zone, zh, en, previous_day, day from zone"
        " where (previous_day, day) <> (getvariable('previous_day'), getvariable('day')) order by zone",
        within=within,
    )


VIEWS: dict[str, Callable[[Home], list[Row]]] = {
    "zones": zones,
    "state": zones,
    "ladder": ladder,
    "comparison": comparison,
    "transitions": transitions,
    "cohorts": cohorts,
    "changes": changes,
    "moves": moves,
}
"""What can be asked above the zones, by name."""
FIRM = "firm"
"""Asks for the history of a firm, by its credit code."""
OF_THE_SAME_DAYS = frozenset({"transitions", "cohorts"})


def ask(home: Home, view: str) -> list[Row]:
    """The rows of a view; raises ``BadInput`` for an unknown one, ``NoRelease`` where no zone has published."""
    if view not in VIEWS:
        listed = ", ".join((*VIEWS, FIRM))
        raise BadInput(f"没有 {view}；有 {listed}", f"there is no view {view}; there are {listed}")
    return VIEWS[view](home)


def _shown(firms: int) -> int | None:
    return None if 0 < firms < fewest_firms() else firms


def _without(row: Row, is_hidden: bool, names: Sequence[str]) -> Row:
    return {**row, **dict.fromkeys(names)} if is_hidden else row
