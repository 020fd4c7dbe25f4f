"""Frames as DuckDB reads them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa


def in_arrow(frame: "pl.DataFrame | pa.Table") -> "pa.Table":
    """The frame with its texts as they lie, which DuckDB would have copied; raises ``TypeError`` for Python objects."""
    import polars as pl

    if not isinstance(frame, pl.DataFrame):
        return frame
    if pl.Object in frame.dtypes:
        raise TypeError(f"Python objects have no values in Arrow: {frame.schema}")
    return frame.to_arrow(compat_level=pl.CompatLevel.newest())
