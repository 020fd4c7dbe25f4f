"""What two states of a zone have in common and not: totals of both, and the positions of the firms that changed."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

import polars as pl

from warehouse.buckets import slices_of
from warehouse.database import Build
from warehouse.ledger import positions

FIRMS = 50_000
"""Firms that are read at once, so that memory does not grow with the zone."""

Stored = Callable[[tuple[int, int]], pl.DataFrame]
"""The positions of the firms of some slices in a state of the zone."""


@dataclass(frozen=True)
class Ends:
    """Both ends of a comparison: positions of the firms of ``changed``, totals and numbers of all living firms.

    Changed firms whose keys are near lie together, so that what is read of some of them is in few row groups.
    """

    changed: list[str]
    then: pl.DataFrame
    now: pl.DataFrame
    totals: pl.DataFrame
    firms_from: int
    firms_to: int

    def among(self, firms: Collection[str]) -> "Ends":
        """The same totals, with those of the changed firms that are among ``firms``."""
        chosen = set(firms)
        return replace(self, changed=[firm for firm in self.changed if firm in chosen])


def compared(build: Build, then: Stored, now: Stored) -> Ends:
    """Compare two states of a zone, some firms at a time."""
    number = -(-int(build.value("select count(*) from core_firm")) // FIRMS) or 1
    parts = [_part(then(slices), now(slices)) for slices in (slices_of(at, number) for at in range(number))]
    return Ends(
        [firm for part in parts for firm in part.changed],
        pl.concat(part.then for part in parts),
        pl.concat(part.now for part in parts),
        _sum(part.totals for part in parts),
        sum(part.firms_from for part in parts),
        sum(part.firms_to for part in parts),
    )


def _part(then: pl.DataFrame, now: pl.DataFrame) -> Ends:
    changed = positions.changed(then, now)
    of_changed = pl.col("firm_id").is_in(changed)
    totals = _totals(then, "total_from").hstack(_totals(now, "total_to").select("total_to"))
    return Ends(changed, then.filter(of_changed), now.filter(of_changed), totals, then.height, now.height)


def _totals(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """How many firms hold and meet each title: measure, designation, and the number under ``name``."""
    sums = frame.select(pl.col(column).sum() for column in positions.columns())
    counts = [sums[column].item() for column in positions.columns()]
    words = [column.split(" ") for column in positions.columns()]
    return pl.DataFrame(
        {"measure": [w[0] for w in words], "designation": [w[1] for w in words], name: counts},
        schema_overrides={name: pl.Int64},
    )


def _sum(totals: Iterable[pl.DataFrame]) -> pl.DataFrame:
    by_title = pl.concat(totals).group_by("measure", "designation", maintain_order=True)
    return by_title.agg(pl.col("total_from", "total_to").sum())
