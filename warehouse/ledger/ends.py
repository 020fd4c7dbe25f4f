"""What two states of a zone have in common and not: totals of both, and the positions of the firms that changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from warehouse.buckets import slices_of
from warehouse.database.build import Build
from warehouse.ledger import positions

FIRMS = 50_000
"""Firms that are read at once, so that memory does not grow with the zone."""

BEFORE = "earlier"
"""The name under which the release before is attached."""


@dataclass(frozen=True)
class State:
    """A zone on a day, as the build has it, or the release attached under the name ``release``."""

    day: date
    release: str = ""

    def positions(self, build: Build, slices: tuple[int, int], firms: str | None = None) -> pl.DataFrame:
        """The positions of the firms of some slices, or of those that are in the table ``firms`` too."""
        return positions.stored(build, self.day, self.release, slices, firms)


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


def compared(build: Build, then: State, now: State) -> Ends:
    """Compare two states of a zone, some firms at a time."""
    number = -(-int(build.value("select count(*) from core_firm")) // FIRMS) or 1
    parts = [
        _part(then.positions(build, slices), now.positions(build, slices))
        for slices in (slices_of(at, number) for at in range(number))
    ]
    return Ends(
        [firm for part in parts for firm in part.changed],
        pl.concat(part.then for part in parts),
        pl.concat(part.now for part in parts),
        _sum(part.totals for part in parts),
        sum(part.firms_from for part in parts),
        sum(part.firms_to for part in parts),
    )


class Among:
    """Comparisons where only ``firms``, a table, differ from the release before, which has the totals of both days."""

    def __init__(self, build: Build, firms: str) -> None:
        self._build, self._firms = build, firms
        self._read: dict[State, pl.DataFrame] = {}
        of_days = f"{BEFORE}.position_comparison where comparison = 'days'"
        ((self._from_day, *self._living),) = build.tuples(f"select from_day, firms_from, firms_to from {of_days}")  # noqa: S608
        self._totals = build.frame(f"from {BEFORE}.position_total where comparison = 'days'")

    def compared(self, then: State, now: State) -> Ends:
        """The same as ``compared``, by the positions of these firms alone."""
        part = _part(self._positions(then), self._positions(now))
        (firms_from, total_from), (firms_to, total_to) = self._of_all(then), self._of_all(now)
        totals = total_from.rename({"total": "total_from"}).hstack(total_to.select(total_to="total"))
        return replace(part, totals=totals, firms_from=firms_from, firms_to=firms_to)

    def _positions(self, state: State) -> pl.DataFrame:
        if state not in self._read:
            self._read[state] = state.positions(self._build, slices_of(0, 1), self._firms)
        return self._read[state]

    def _of_all(self, state: State) -> tuple[int, pl.DataFrame]:
        """The number of living firms in a state, and their totals."""
        end = ("total_from", "total_to")[state.day != self._from_day]
        own, then = self._positions(state), self._positions(State(state.day, BEFORE))
        before = self._totals.select("measure", "designation", total=end)
        moved = [_totals(own, "total"), _totals(then, "total").with_columns(-pl.col("total")), before]
        by_title = pl.concat(moved).group_by("measure", "designation", maintain_order=True)
        living = self._living[state.day != self._from_day] + own.height - then.height
        return living, by_title.agg(pl.col("total").sum())


def _part(then: pl.DataFrame, now: pl.DataFrame) -> Ends:
    changed = positions.changed(then, now)
    of_changed = pl.col("firm_id").is_in(changed)
    totals = _totals(then, "total_from").hstack(_totals(now, "total_to").select("total_to"))
    return Ends(changed, then.filter(of_changed), now.filter(of_changed), totals, then.height, now.height)


def _totals(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """How many firms hold and meet each title: measure, designation, and the number under ``name``."""
    columns = positions.columns()
    sums = frame.select(pl.col(column).sum() for column in columns)
    counts = [(*title, sums[column].item()) for column, title in columns.items()]
    schema = {"measure": pl.String, "designation": pl.String, name: pl.Int64}
    return pl.DataFrame(counts, schema=schema, orient="row")


def _sum(totals: Iterable[pl.DataFrame]) -> pl.DataFrame:
    by_title = pl.concat(totals).group_by("measure", "designation", maintain_order=True)
    return by_title.agg(pl.col("total_from", "total_to").sum())
