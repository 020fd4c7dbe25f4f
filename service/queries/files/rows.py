"""Rows as they were delivered, by their addresses, which come from a firm that the user may see."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from warehouse.database.build import Snapshot
from warehouse.intake.feed import load_feeds
from warehouse.quality.quarantine.decisions import Address


def is_loaded(release: Path, row: Address) -> bool:
    """True where the release has loaded this row of this delivery."""
    if row.feed not in load_feeds():
        return False
    sql = f"select 1 from raw_{row.feed} where delivery_id = $1 and coalesce(sheet, '') = $2 and row_no = $3"  # noqa: S608 - the name of a feed
    with Snapshot.open(release) as snapshot:
        return bool(snapshot.rows(sql, [row.delivery_id, row.sheet, row.row_no]))


def firms_of(release: Path, rows: Iterable[Address]) -> dict[str, str]:
    """The name, else the credit code, that each delivered row states, by the address of the row."""
    named: dict[str, str] = {}
    feeds = load_feeds()
    with Snapshot.open(release) as snapshot:
        for row in {str(row): row for row in rows if row.feed in feeds}.values():
            names = [f'"{column}"' for column in ("name", "uscc") if column in feeds[row.feed].columns]
            sql = f"select coalesce({', '.join([*names, 'null'])}) as firm from raw_{row.feed}"  # noqa: S608 - names of a feed
            where = " where delivery_id = $1 and coalesce(sheet, '') = $2 and row_no = $3"
            for stated in snapshot.rows(sql + where, [row.delivery_id, row.sheet, row.row_no]):
                named[str(row)] = str(stated["firm"] or "")
    return named


def value_in(release: Path, row: Address, field: str) -> dict[str, Any] | None:
    """The value of a field of a delivered row and the unit its file states; None where the row is not loaded.

    ``field`` is a column of the row's feed.
    """
    sql = f'select "{field}" as value, money_unit from raw_{row.feed}'  # noqa: S608 - names of a feed
    where = " where delivery_id = $1 and coalesce(sheet, '') = $2 and row_no = $3"
    with Snapshot.open(release) as snapshot:
        return next(iter(snapshot.rows(sql + where, [row.delivery_id, row.sheet, row.row_no])), None)


def delivered(release: Path, row: Address) -> dict[str, Any] | None:
    """A row as it was delivered or corrected, by column; None where the release has not loaded it."""
    if row.feed not in load_feeds():
        return None
    sql = f"select * from raw_{row.feed} where delivery_id = $1 and coalesce(sheet, '') = $2 and row_no = $3"  # noqa: S608 - the name of a feed
    with Snapshot.open(release) as snapshot:
        return next(iter(snapshot.rows(sql, [row.delivery_id, row.sheet, row.row_no])), None)
