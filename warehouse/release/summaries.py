"""What a release came to, in a row; a release never changes, so a row is read once."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from warehouse.database.build import Snapshot
from warehouse.errors import ReleaseUnreadable
from warehouse.rows import Row

_RUN = (
    "select run_id, day, previous_day, place, published_at, rows_read, follows,"
    " not_data.rows as rows_not_data, rows_read - rows_loaded - not_data.rows as rows_quarantined,"
    " (select count(*) from core_firm) as firms from run,"
    " (select coalesce(sum(rows_not_data), 0)::bigint as rows from deliveries) as not_data"
)
_MOVES = (
    "select step, sum(gained)::bigint as gained, sum(lost)::bigint as lost, sum(moved)::bigint as moved"
    " from mart_zone__ledger where comparison = 'releases' and measure = 'held' group by step"
)


@lru_cache(maxsize=256)
def summary(path: Path) -> Row | None:
    """Run, days, rows and firms of a release, with ``moves``: how titles held changed since the one before, by cause.

    None for a file that cannot be read; ``moves`` is empty where there is no earlier release to compare with.
    """
    try:
        with Snapshot.open(path) as snapshot:
            (run,) = snapshot.rows(_RUN)
            moves = snapshot.rows(_MOVES) if snapshot.has_table("mart_zone__ledger") else []
    except ReleaseUnreadable:
        return None
    by_step: dict[str, Any] = {row["step"]: row for row in moves}
    return {**run, "moves": by_step}
