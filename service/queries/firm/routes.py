"""The conditions of a verdict by route: those that all ways share, the route that decides, the other ways."""

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.rows import AnyRow


@dataclass(frozen=True)
class Routes:
    """``shared`` by all ways; ``deciding``, the way that is met or nearest; ``others`` by name, in their order."""

    shared: list[AnyRow]
    deciding: list[AnyRow]
    others: dict[str, list[AnyRow]]


def routes_of(verdict: AnyRow, conditions: Sequence[AnyRow]) -> Routes:
    """The conditions of a verdict, in each group first the deciding one, then those that fail."""
    by_route: dict[str | None, list[AnyRow]] = {}
    for row in sorted(conditions, key=_order):
        by_route.setdefault(row["route"], []).append(row)
    shared, deciding = by_route.pop(None, []), by_route.pop(verdict["route"], []) if verdict["route"] else []
    in_text = sorted(by_route.items(), key=lambda way: min(row["seq"] for row in way[1]))
    return Routes(shared, deciding, {str(name): rows for name, rows in in_text})


def _order(row: AnyRow) -> tuple[bool, bool, int]:
    return not row["is_deciding"], row["outcome"] == "met", row["seq"]


def closed_of(rows: Sequence[AnyRow]) -> AnyRow | None:
    """The condition for which a way is no longer possible; None where it is."""
    return next((row for row in rows if row["is_closed"]), None)
