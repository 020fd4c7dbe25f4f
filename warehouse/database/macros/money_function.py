"""The SQL function ``amount(text, unit)``: the grammar of ``tiers.amounts`` on distinct texts, in hundredths.

Plain figures with a unit never come here; see ``fen`` in macros.sql.
"""

from contextlib import suppress
from fractions import Fraction
from functools import lru_cache

import duckdb
import pyarrow as pa
from duckdb.func import ARROW

from tiers.amounts import read_amount

LARGEST = 10**16
"""Hundredths of a currency; ``largest_amount()`` in macros.sql."""

_TYPE = pa.struct([("kind", pa.string()), ("low", pa.int64()), ("high", pa.int64()), ("currency", pa.string())])


def register_amount(con: duckdb.DuckDBPyConnection) -> None:
    """Register ``amount(text, unit)`` where a connection lacks it; ``unit`` is that of the column, empty without one.

    Returns kind, low, high and currency; ends that are open are null. The kind is exact, range, undisclosed, unread,
    beyond (the largest amount) or fine (less than a hundredth).
    """
    fields = {"kind": "VARCHAR", "low": "BIGINT", "high": "BIGINT", "currency": "VARCHAR"}
    with suppress(duckdb.NotImplementedException):  # it is there; see ``name_patterns.register_nfkc``
        con.create_function("amount", _amounts, ["VARCHAR", "VARCHAR"], duckdb.struct_type(fields), type=ARROW)


def _amounts(texts: pa.ChunkedArray, units: pa.ChunkedArray) -> pa.Array:
    return pa.array(list(map(_in_hundredths, texts.to_pylist(), units.to_pylist())), type=_TYPE)


HUNDREDTHS = 100


@lru_cache(maxsize=100_000)
def _in_hundredths(text: str, unit: str) -> tuple[str, int | None, int | None, str | None]:
    """Kind, ends and currency; texts repeat, so most are read once."""
    amount = read_amount(text, unit)
    exact = [None if end is None else end * HUNDREDTHS for end in (amount.low, amount.high)]
    if amount.kind == "exact" and exact[0] is not None and exact[0].denominator > 1:
        return "fine", None, None, amount.currency
    low, high = (None if end is None else _whole(end) for end in exact)
    if max(abs(low or 0), abs(high or 0)) > LARGEST:
        return "beyond", None, None, amount.currency
    return amount.kind, low, high, amount.currency


def _whole(value: Fraction) -> int:
    """Hundredths; of a fraction one beside it that is no whole unit, so that it stays on its side of any threshold."""
    if value.denominator == 1:
        return value.numerator
    below = int(abs(value))
    beside = below + (below % HUNDREDTHS == 0)
    return beside if value >= 0 else -beside
