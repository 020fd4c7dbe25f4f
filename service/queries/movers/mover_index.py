"""The list of movers in memory: bitmaps of the facets and the columns that are shown, for one release and scope.

A page of 500,000 firms took 0.6 s of CPU by queries, since each facet reads every row; from these arrays it takes some
milliseconds. What is in them comes from views of the scope, and they answer exactly as ``MoverList`` does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from service.queries.movers.mover_bitmaps import Bits, Facet, Mask, Numbers, Pairs, packed, unpacked
from service.queries.movers.mover_filters import EVERYBODY, NONE, Filters, Rows
from warehouse.rows import Row

NONE_HERE = int(np.iinfo(np.int32).max)
"""The kind of signal of a row without one, and the days until the end of a row that has none: after all others."""


@dataclass(frozen=True)
class Signals:
    """The signals of the rows in the order of display: ``rows`` rise, ``kinds`` point into ``words``.

    ``row_nos`` are their places in their table, None where a release does not store it; ``reasons`` are None where they
    are too long to be kept.
    """

    rows: Numbers
    kinds: Numbers
    words: Sequence[Row]
    row_nos: NDArray[np.int64] | None
    reasons: pl.DataFrame | None

    def parts(self, rows: Numbers) -> list[slice]:
        """Which of the signals are those of each of some rows."""
        starts, ends = (np.searchsorted(self.rows, rows, side).tolist() for side in ("left", "right"))
        return [slice(start, end) for start, end in zip(starts, ends, strict=True)]


@dataclass(frozen=True)
class Index:
    """The rows of a list in the order of urgency within their kind of signal, the kinds in order, without one last.

    ``columns`` has the columns of the key, ``row_no``, and of firms those that are shown or sorted by, but for texts
    that are too long to be kept; ``about`` the designations that a row, of firms also one of its signals, is about.
    """

    kind: Rows
    columns: pl.DataFrame
    seq: Numbers
    search: pl.Series
    days: Numbers
    facets: Mapping[str, Facet]
    pairs: Pairs
    signals: Signals
    about: Facet
    words: dict[str, list[Row]] = field(default_factory=dict)
    _ranks: dict[str, Numbers] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.columns)

    def containing(self, text: str) -> Bits:
        """The rows whose name or code contains a text."""
        return packed(self.search.str.contains(text, literal=True).to_numpy())

    def every(self) -> Bits:
        """A set bit per row."""
        return packed(np.ones(len(self), dtype=np.bool_))

    def passing(self, filters: Filters, begun: Bits, days: int | None) -> Bits:
        """The rows of ``begun`` that pass; ``days`` is the number of ``due_within``, and text is not searched for."""
        passes = begun
        for name, values in self.facets.items():
            wanted = getattr(filters, name).strip()
            if wanted and not (name == "owner" and wanted == EVERYBODY):
                passes = passes & values.having(_wanted(name, wanted, values.names))
        if filters.due_within.strip():
            passes = passes & (np.zeros_like(passes) if days is None else self._due(days))
        if filters.signal or filters.designation:
            passes = passes & self._about(filters.signal, filters.designation)
        return passes

    def counts(self, facet: str, passes: Bits, others: Filters) -> dict[str, int]:
        """How many of the rows that pass the other filters have each value of a facet that has no number of days."""
        if facet == "signal":
            return self.pairs.by_signal(others.designation, passes)
        if facet != "designation":
            return self.facets[facet].counts(passes)
        if self.kind == "firms" and others.signal:
            return self.pairs.by_designation(others.signal.split(","), passes)
        return {name: rows for name, rows in self.about.counts(passes).items() if rows}

    def due(self, passes: Bits, days: Sequence[int]) -> dict[str, int]:
        """How many of the rows end within each number of days."""
        ends = np.sort(self.days[unpacked(passes, len(self)) & (self.days != NONE_HERE)])
        return {str(number): int(np.searchsorted(ends, number, "right")) for number in days}

    def first(self, passes: Bits, start: int, limit: int) -> Numbers:
        """The rows of a part of the list: of each kind of signal in turn the most urgent, those without one last."""
        rows = np.flatnonzero(unpacked(passes, len(self)))
        seq = self.seq[rows]
        signalled = int(np.searchsorted(seq, NONE_HERE))
        starts = np.flatnonzero(np.diff(seq[:signalled], prepend=-1))
        turn = np.arange(signalled) - np.repeat(starts, np.diff(starts, append=signalled))
        early = np.flatnonzero(turn < start + limit)  # a row comes after as many as have had their turn before it
        ordered = early[np.lexsort((seq[early], turn[early]))]
        if len(early) < signalled:
            ordered = ordered[: start + limit]
        listed = np.concatenate([rows[ordered], rows[signalled:]])[start : start + limit]
        return listed.astype(np.int32)

    def in_order_of(self, column: str, is_falling: bool, passes: Bits, part: slice) -> Numbers:
        """The rows of a part of the list in the order of a column of firms, those without a value last, then by key."""
        rows = np.flatnonzero(unpacked(passes, len(self)))
        rank = self._rank(column)[rows].astype(np.int64)
        if is_falling:
            rank[rank != NONE_HERE] *= -1
        place = rank * len(self) + self._rank("firm_id")[rows]
        if part.stop < len(rows):
            early = np.argpartition(place, part.stop - 1)[: part.stop]
            rows, place = rows[early], place[early]
        listed: Numbers = rows[np.argsort(place)][part].astype(np.int32)
        return listed

    def _rank(self, column: str) -> Numbers:
        """The place of each row by a column, the same for the same value; worked out when it is first sorted by."""
        if column not in self._ranks:
            values = self.columns[column]
            values = values.cast(pl.String) if values.dtype == pl.Enum else values
            self._ranks[column] = filled(values.rank("dense"))
        return self._ranks[column]

    def _due(self, days: int) -> Bits:
        due: Mask = (self.days <= days) & (self.days != NONE_HERE)
        return packed(due)

    def _about(self, signals: str, designation: str) -> Bits:
        kinds = signals.split(",") if signals else None
        if self.kind == "firms":
            return self.pairs.chosen(kinds, designation) if kinds else self.about.having([designation])
        about = self.about.having([designation]) if designation else self.every()
        return about & self.pairs.chosen(kinds, "") if kinds else about


def filled(numbers: pl.Series) -> Numbers:
    """Whole numbers, those that are null after all others."""
    return numbers.fill_null(NONE_HERE).cast(pl.Int32).to_numpy().astype(np.int32)


def _wanted(facet: str, wanted: str, names: Sequence[str]) -> Sequence[str]:
    """The values that a filter names."""
    if facet == "held" and wanted == "any":
        return [name for name in names if name != NONE]
    return wanted.split(",") if facet == "change" else [wanted]
