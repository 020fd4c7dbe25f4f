"""The cells of a matrix of flows: shares with their intervals, and the small cells that do not leave the zone."""

from collections.abc import Iterable, Sequence
from math import sqrt

from warehouse.release.disclosure.cells import TOTAL, hidden_cells
from warehouse.rows import Row

COUNTS = ("firms", "share", "share_low", "share_high")
"""The columns of a cell that are hidden with it; ``from_firms`` and ``to_firms`` are totals of their own."""


def with_shares(cells: Iterable[Row], z: float) -> list[Row]:
    """The cells with their share of the row and its interval (Wilson, each share for itself); None of an empty row."""
    return [{**cell, **_share(cell["firms"], cell["from_firms"], z)} for cell in cells]


def _share(firms: int, of: int, z: float) -> Row:
    if not of:
        return dict.fromkeys(COUNTS[1:])
    share, width = firms / of, z * z / of
    middle, spread = share + width / 2, z * sqrt(share * (1 - share) / of + width / of / 4)
    low, high = ((middle + sign * spread) / (1 + width) for sign in (-1, 1))
    return {"share": share, "share_low": max(low, 0.0), "share_high": min(high, 1.0)}


def without_small(rows: Sequence[Row], fewest: int) -> list[Row]:
    """The cells as they may leave the zone: those of fewer firms, and others that give them away, are None."""
    hidden = hidden_cells({(row["from_state"], row["to_state"]): row["firms"] for row in rows}, fewest)
    return [_without(row, hidden) for row in rows]


def _without(row: Row, hidden: set[tuple[str, str]]) -> Row:
    """The row without its cell and totals as far as these are hidden; a share would give them away."""
    state, reached = row["from_state"], row["to_state"]
    gone = [
        *(COUNTS if (state, reached) in hidden else ()),
        *(("from_firms", *COUNTS[1:]) if (state, TOTAL) in hidden else ()),
        *(("to_firms",) if (TOTAL, reached) in hidden else ()),
    ]
    return {**row, **dict.fromkeys(gone)}
