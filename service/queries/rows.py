"""Whether a release holds a row."""

from pathlib import Path

from warehouse.database import Snapshot
from warehouse.intake.feed import load_feeds
from warehouse.quality.quarantine.decisions import Address


def is_loaded(release: Path, row: Address) -> bool:
    """True where the release has loaded this row of this delivery."""
    if row.feed not in load_feeds():
        return False
    sql = f"select 1 from raw_{row.feed} where delivery_id = $1 and coalesce(sheet, '') = $2 and row_no = $3"  # noqa: S608 - the name of a feed
    with Snapshot.open(release) as snapshot:
        return bool(snapshot.rows(sql, [row.delivery_id, row.sheet, row.row_no]))
