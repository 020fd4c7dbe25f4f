"""Memory that DuckDB gives back where data frames of many rows need it, so that a process stays as large as it was."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from warehouse.database.build import Build
from warehouse.database.kept_open import MOST_BYTES
from warehouse.database.settings import HALF, MEMORY_LIMIT


@contextmanager
def beside_frames(build: Build) -> Iterator[None]:
    """Half of the memory for the length of the block, as far as statements that are under way can do with it.

    A small build has nothing to give back.
    """
    if build.path is not None and build.path.stat().st_size <= MOST_BYTES:
        yield
        return
    with suppress(duckdb.OutOfMemoryException):
        build.execute(f"set memory_limit = '{HALF}'")
    try:
        yield
    finally:
        build.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
