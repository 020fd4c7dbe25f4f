"""Integer literals of a type, made once: Polars makes a series for each, and the rule book has thousands."""

from functools import lru_cache

import polars as pl


@lru_cache(maxsize=4096)
def integer(value: int, dtype: type[pl.DataType]) -> pl.Expr:
    """The same integer for every firm."""
    return pl.lit(value, dtype=dtype)
