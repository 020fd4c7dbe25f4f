"""Bitmaps over the rows of a list: a bit a row for each value of a facet, so that counting costs the same in any data.

A filter is an AND of bitmaps, a count the number of bits that are left: 500,000 rows are 8,000 words of 64 bits.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]
Bits = NDArray[np.uint64]
"""Rows as bits, 64 in a word; bits after the last row are 0."""
WORD = 64
MOST_BITMAPS = 128
"""Values of a facet with a bitmap each, 16 bytes a row; of more a code a row is kept, 4 bytes."""


def packed(mask: Mask) -> Bits:
    """A bit per row, in words of 64; the last word is filled with zeros."""
    octets = np.zeros(words_of(len(mask)) * 8, dtype=np.uint8)
    octets[: -(-len(mask) // 8)] = np.packbits(mask, bitorder="little")
    return octets.view(np.uint64)


def unpacked(bits: Bits, size: int) -> Mask:
    """The first rows of bits, as many as ``size``, as a mask."""
    mask: Mask = np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(np.bool_)
    return mask


def words_of(size: int) -> int:
    """The words that so many rows take."""
    return -(-size // WORD)


def counted(bits: Bits) -> int:
    """The number of rows."""
    return int(np.bitwise_count(bits).sum(dtype=np.uint32))


def at(rows: Numbers, size: int) -> Bits:
    """Some rows of so many as bits."""
    mask = np.zeros(size, dtype=np.bool_)
    mask[rows] = True
    return packed(mask)


class Facet(Protocol):
    """The values that rows have, one each, some or none."""

    @property
    def names(self) -> Sequence[str]:
        """The values, sorted."""

    def having(self, wanted: Collection[str]) -> Bits:
        """The rows that have one of the values."""

    def counts(self, passes: Bits) -> dict[str, int]:
        """How many rows that pass have each value, those of none with 0."""


@dataclass(frozen=True)
class Bitmaps:
    """A facet with a bitmap for each value."""

    names: Sequence[str]
    bits: Bits

    def having(self, wanted: Collection[str]) -> Bits:
        """See ``Facet``."""
        chosen = [number for number, name in enumerate(self.names) if name in wanted]
        rows: Bits = np.bitwise_or.reduce(self.bits[chosen], axis=0)
        return rows

    def counts(self, passes: Bits) -> dict[str, int]:
        """See ``Facet``."""
        counts = np.bitwise_count(self.bits & passes).sum(axis=1, dtype=np.uint32)
        return dict(zip(self.names, counts.tolist(), strict=True))


@dataclass(frozen=True)
class Codes:
    """A facet of many values: ``codes`` into ``names``, each of the row beside it in ``rows``, of ``size`` in all."""

    names: Sequence[str]
    codes: Numbers
    rows: Numbers
    size: int

    def having(self, wanted: Collection[str]) -> Bits:
        """See ``Facet``."""
        has: Mask = np.array([name in wanted for name in self.names], dtype=np.bool_)[self.codes]
        return at(self.rows[has], self.size)

    def counts(self, passes: Bits) -> dict[str, int]:
        """See ``Facet``."""
        codes = self.codes[unpacked(passes, self.size)[self.rows]]
        return dict(zip(self.names, np.bincount(codes, minlength=len(self.names)).tolist(), strict=True))


@dataclass(frozen=True)
class Pairs:
    """The kinds of signal of the rows with the designation that each is about: a bitmap for each pair there is."""

    bits: Mapping[tuple[str, str], Bits]
    size: int

    def chosen(self, signals: Collection[str] | None, designation: str) -> Bits:
        """The rows with a signal of some kinds about a designation; of all kinds for None, about all for none."""
        rows = np.zeros(words_of(self.size), dtype=np.uint64)
        for (signal, about), bits in self.bits.items():
            if (signals is None or signal in signals) and designation in ("", about):
                rows |= bits
        return rows

    def by_signal(self, designation: str, passes: Bits) -> dict[str, int]:
        """How many rows have each kind of signal about a designation, or about any; kinds of none are left out."""
        names = sorted({signal for signal, _ in self.bits})
        return _some({name: counted(self.chosen({name}, designation) & passes) for name in names})

    def by_designation(self, signals: Collection[str], passes: Bits) -> dict[str, int]:
        """How many rows have one of the signals about each designation; designations of none are left out."""
        names = sorted({about for _, about in self.bits})
        return _some({name: counted(self.chosen(signals, name) & passes) for name in names})


def facet_of(values: pl.Series, rows: pl.Series, size: int) -> Facet:
    """The facet of values as text, each of the row beside it, of so many rows; null is no value."""
    known = values.is_not_null()
    values, rows = values.filter(known), rows.filter(known)
    names = values.unique().sort().to_list()
    codes = values.cast(pl.Enum(names)).to_physical().cast(pl.Int32).to_numpy()
    places = rows.cast(pl.Int32).to_numpy()
    if len(names) > MOST_BITMAPS:
        return Codes(names, codes, places, size)
    bits = [at(places[codes == code], size) for code in range(len(names))]
    return Bitmaps(names, np.array(bits, dtype=np.uint64).reshape(len(names), words_of(size)))


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: rows for name, rows in counts.items() if rows}
