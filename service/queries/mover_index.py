"""The list of movers in memory: a number a row for each facet, in the order of urgency, for one release and scope.

A page of 500,000 firms took 0.6 s of CPU by queries, since each facet reads every row; from these arrays it takes some
milliseconds. What is in them comes from views of the scope, and they answer exactly as ``MoverList`` does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from service.queries.mover_filters import EVERYBODY, NONE, Filters, Rows

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
NONE_HERE = int(np.iinfo(np.int32).max)
"""The kind of signal of a row without one, and the days until the end of a row that has none: after all others."""


@dataclass(frozen=True)
class Values:
    """The values of a facet: ``codes`` into ``names``, one for each row, or for those at ``rows``."""

    codes: Numbers
    names: Sequence[str]
    rows: Numbers | None = None

    @classmethod
    def of(cls, values: pl.Series, rows: pl.Series | None = None) -> "Values":
        """Values as text; those of ``rows`` are left out where they are null."""
        if rows is not None:
            known = values.is_not_null()
            values, rows = values.filter(known), rows.filter(known)
        names = values.unique().sort().to_list()
        codes = values.cast(pl.Enum(names)).to_physical().cast(pl.Int32).to_numpy()
        return cls(codes, names, None if rows is None else rows.cast(pl.Int32).to_numpy())

    def passing(self, wanted: Sequence[str], size: int) -> Mask:
        """The rows that have one of the values, of so many."""
        has: Mask = np.array([name in wanted for name in self.names], dtype=np.bool_)[self.codes]
        return has if self.rows is None else _at(self.rows[has], size)

    def counts(self, passes: Mask) -> dict[str, int]:
        """How many rows that pass have each value, those of none with 0."""
        codes = self.codes[passes if self.rows is None else passes[self.rows]]
        return dict(zip(self.names, np.bincount(codes, minlength=len(self.names)).tolist(), strict=True))


@dataclass(frozen=True)
class Signals:
    """The signals of the rows: which row, which signal, about which designation, in this order, none twice.

    ``row_nos`` are their places in their table, None where a release does not store it.
    """

    rows: Numbers
    signal: Values
    designation: Values
    row_nos: NDArray[np.int64] | None

    def chosen(self, signals: str, designation: str) -> Mask:
        """The signals of some kinds about a designation; of all kinds, about all, where these are empty."""
        chosen = np.ones(len(self.rows), dtype=np.bool_)
        if signals:
            chosen &= self.signal.passing(signals.split(","), len(self.rows))
        if designation:
            chosen &= self.designation.passing([designation], len(self.rows))
        return chosen

    @cached_property
    def firsts(self) -> Mask:
        """The first signal of each row and kind: as many as rows have the kind, about whatever."""
        firsts: Mask = np.diff(self.rows.astype(np.int64) * len(self.signal.names) + self.signal.codes, prepend=-1) != 0
        return firsts

    def places(self, rows: Numbers) -> list[int] | None:
        """Where the signals of some rows lie in their table."""
        if self.row_nos is None:
            return None
        starts, ends = (np.searchsorted(self.rows, rows, side) for side in ("left", "right"))
        return [number for start, end in zip(starts, ends, strict=True) for number in self.row_nos[start:end].tolist()]

    def counts(self, of: Values, chosen: Mask) -> dict[str, int]:
        """How many of the chosen signals have each value; values of none are left out."""
        counted = np.bincount(of.codes[chosen], minlength=len(of.names)).tolist()
        return {name: rows for name, rows in zip(of.names, counted, strict=True) if rows}

    def distinct(self, of: Values, chosen: Mask) -> dict[str, int]:
        """How many rows have each value among the chosen signals, where a row may have it twice."""
        pairs = np.unique(self.rows[chosen].astype(np.int64) * len(of.names) + of.codes[chosen])
        counted = np.bincount(pairs % max(1, len(of.names)), minlength=len(of.names)).tolist()
        return {name: rows for name, rows in zip(of.names, counted, strict=True) if rows}


@dataclass(frozen=True)
class Index:
    """The rows of a list in the order of urgency within their kind of signal, the kinds in order, without one last.

    ``keys`` has the columns of the key and ``row_no``; ``about`` the designations that a row, of firms also one of its
    signals, is about.
    """

    kind: Rows
    keys: pl.DataFrame
    seq: Numbers
    search: pl.Series
    days: Numbers
    facets: Mapping[str, Values]
    signals: Signals
    about: Values
    words: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def _every(self) -> Mask:
        return np.ones(len(self), dtype=np.bool_)

    def passing(self, filters: Filters, text: str, days: int | None) -> Mask:
        """The rows that pass; ``text`` is what is searched for, ``days`` the number of ``due_within``."""
        passes = self._every
        for name, values in self.facets.items():
            if wanted := getattr(filters, name).strip():
                passes = passes & self._having(name, values, wanted)
        if text:
            passes = passes & self.search.str.contains(text, literal=True).to_numpy()
        if filters.due_within.strip():
            passes = passes & (np.zeros_like(passes) if days is None else self._due(days))
        if filters.signal or filters.designation:
            passes = passes & self._about(filters.signal, filters.designation)
        return passes

    def counts(self, facet: str, passes: Mask, others: Filters) -> dict[str, int]:
        """How many of the rows that pass the other filters have each value of a facet that has no number of days."""
        if facet == "signal":
            chosen = self.signals.chosen("", others.designation) if others.designation else self.signals.firsts
            return self.signals.counts(self.signals.signal, chosen & passes[self.signals.rows])
        if facet != "designation":
            return self.facets[facet].counts(passes)
        if self.kind == "firms" and others.signal:
            chosen = self.signals.chosen(others.signal, "")
            return self.signals.distinct(self.signals.designation, chosen & passes[self.signals.rows])
        return {name: rows for name, rows in self.about.counts(passes).items() if rows}

    def due(self, passes: Mask, days: Sequence[int]) -> dict[str, int]:
        """How many of the rows end within each number of days."""
        return {str(number): int(np.count_nonzero(self._due(number) & passes)) for number in days}

    def first(self, passes: Mask, start: int, limit: int) -> Numbers:
        """The rows of a part of the list: of each kind of signal in turn the most urgent, those without one last."""
        rows = np.flatnonzero(passes)
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

    def _having(self, facet: str, values: Values, wanted: str) -> Mask:
        if facet == "owner" and wanted == EVERYBODY:
            return self._every
        if facet == "held" and wanted == "any":
            return values.passing([name for name in values.names if name != NONE], len(self))
        return values.passing(wanted.split(",") if facet == "change" else [wanted], len(self))

    def _due(self, days: int) -> Mask:
        due: Mask = (self.days <= days) & (self.days != NONE_HERE)
        return due

    def _about(self, signals: str, designation: str) -> Mask:
        if self.kind == "titles":
            about = self.about.passing([designation], len(self)) if designation else self._every
            return about & self._with(signals, "") if signals else about
        return self._with(signals, designation) if signals else self.about.passing([designation], len(self))

    def _with(self, signals: str, designation: str) -> Mask:
        return _at(self.signals.rows[self.signals.chosen(signals, designation)], len(self))


def _at(rows: Numbers, size: int) -> Mask:
    mask = np.zeros(size, dtype=np.bool_)
    mask[rows] = True
    return mask
