"""The feeds of a release: who sends them, how often, what came last, and what was refused."""

from collections.abc import Collection

from service.queries.release.release_summary import unreplaced
from tiers.messages.late_feed import with_reasons
from warehouse.release.releases import Reader
from warehouse.rows import Row

STATES = ("late", "in_grace", "never", "on_time", "on_event")
"""In the order in which feeds are listed."""

_FEEDS = """
    with loaded as (
        select
            deliveries.feed, deliveries.delivery_id, max(deliveries.seq) as seq,
            sum(accounts.rows_read)::bigint as rows_read
        from desk_deliveries as deliveries inner join desk_data__accounts as accounts using (delivery_id)
        group by all
    ),

    numbered as (
        select feed, rows_read, row_number() over (partition by feed order by seq desc, delivery_id desc) as nth
        from loaded
    )

    select
        late.feed, late.zh, late.en, late.publisher_zh, late.publisher_en, late.every, late.state, late.days_late,
        late.expected_by, late.late_after, late.covered_until, late.firms_undecided, late.designations,
        late.designations_zh, late.designations_en,
        came.deliveries, came.newest_received_at, came.rows_read, came.rows_waiting, came.rows_quarantined,
        came.rows_not_data,
        newest.rows_read as newest_rows, earlier.rows_read as earlier_rows, ref.use
    from desk_data__late_feeds as late
    inner join desk_ref_feeds as ref on late.feed = ref.feed
    left join desk_run__freshness as came on late.feed = came.feed
    left join numbered as newest on late.feed = newest.feed and newest.nth = 1
    left join numbered as earlier on late.feed = earlier.feed and earlier.nth - 1 = 1
    order by list_position($1, late.state), late.days_late desc nulls last, coalesce(came.deliveries, 0) desc, late.feed
"""


def feeds(release: Reader) -> list[Row]:
    """One row a feed, the late ones first; ``newest_rows`` of its last delivery, ``earlier_rows`` of the one before."""
    return with_reasons(release.rows(_FEEDS, [list(STATES)]))


def refused(release: Reader, left: Collection[str]) -> list[Row]:
    """Refused files with reason and way out, without those that ``left`` the inbox or were replaced."""
    rejected = release.rows(
        "select rejected.delivery_id, rejected.file_name, rejected.feed, rejected.seq,"
        " rejected.message_zh, rejected.message_en,"
        " ref.zh, ref.en,"
        " ref.publisher_zh, ref.publisher_en from desk_data__rejections as rejected"
        " left join desk_ref_feeds as ref on rejected.feed = ref.feed order by rejected.file_name"
    )
    return unreplaced(release, rejected, left)
