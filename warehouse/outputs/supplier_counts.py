"""What came of the rows of each supplier, by release: rows read, kept out, waiting.

A supplier is the publisher of a feed and, where the rows of a file name the incubator that filed it, that incubator.
A release has the counts of those before it too, so that a trend opens none of them.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from warehouse.database.build import Build, Snapshot
from warehouse.errors import ReleaseUnreadable
from warehouse.rows import Row

RELEASES = 12
"""Releases that a trend looks back over."""
TABLE = "supplier_counts"

SUPPLIER = (
    "with supplier as (select d.delivery_id, d.rows_not_data,"
    " concat_ws(' · ', f.publisher_zh, tenant.incubator) as supplier"
    " from deliveries as d inner join ref_feeds as f on d.feed = f.feed left join (select delivery_id,"
    " case when count(distinct incubator) = 1 then any_value(incubator) end as incubator"
    " from raw_incubator__tenancies group by all) as tenant on d.delivery_id = tenant.delivery_id) "
)
COUNTS = SUPPLIER + (  # noqa: S608 - fixed text
    "select supplier, sum(rows_read)::bigint as rows_read, "
    " sum(rows_read - rows_loaded - supplier.rows_not_data)::bigint as rows_quarantined,"
    " sum(rows_waiting)::bigint as waiting from accounts inner join supplier using (delivery_id)"
    " group by all order by 1"
)

Counts = dict[str, Row]
"""By supplier: rows_read, rows_quarantined, waiting."""


def write(build: Build, before: Path | None, run_id: str) -> None:
    """``supplier_counts``: a row a supplier of this run, ``releases_since`` 0, and of the runs before it.

    A build that was copied from the release before has the rows of that one; else they are read from ``before``.
    """
    if not build.has_table(TABLE):
        build.execute(
            f"create table {TABLE} (run_id varchar, releases_since integer, supplier varchar, rows_read bigint,"
            " rows_quarantined bigint, waiting bigint)"
        )
        if before and (rows := [row for counts in _kept(before).values() for row in counts.values()]):
            build.execute(f"insert into {TABLE} by name select unnest($1, max_depth := 2)", [rows])
    build.execute(f"update {TABLE} set releases_since = releases_since + 1")  # noqa: S608
    build.execute(f"delete from {TABLE} where releases_since >= $1", [RELEASES])  # noqa: S608
    own = f"select $1 as run_id, 0 as releases_since, counts.* from ({COUNTS}) as counts"  # noqa: S608
    build.execute(f"insert into {TABLE} by name {own}", [run_id])


def trends(releases: Sequence[Path]) -> list[tuple[str, Counts]]:
    """Run and counts of the first ``RELEASES`` of releases, newest first; empty for one that cannot be read."""
    kept = _kept(releases[0]) if releases else {}
    return [(path.stem, kept.get(path.stem) or _counted(path)) for path in releases[:RELEASES]]


@lru_cache(maxsize=64)
def _kept(path: Path) -> dict[str, Counts]:
    """The counts that a release has, by run; none of one that is damaged or lacks the table. It never changes."""
    kept: dict[str, Counts] = {}
    try:
        with Snapshot.open(path) as snapshot:
            for row in snapshot.rows(f"from {TABLE} order by releases_since, supplier"):
                kept.setdefault(row["run_id"], {})[row["supplier"]] = row
    except ReleaseUnreadable:
        return {}
    return kept


@lru_cache(maxsize=64)
def _counted(path: Path) -> Counts:
    """The counts of a release that none keeps; empty for one that is damaged or lacks the tables. It never changes."""
    try:
        with Snapshot.open(path) as snapshot:
            return {row["supplier"]: row for row in snapshot.rows(COUNTS)}
    except ReleaseUnreadable:
        return {}
