"""Which feeds are late or never came, and what cannot be judged for want of them."""

from tiers.messages.late_feed import with_reasons
from warehouse.home import Home
from warehouse.release.releases import Published, Reader
from warehouse.rows import Row

_FEEDS = """
    select feed, zh, en, publisher_zh, publisher_en, every, covered_until, expected_by, late_after, state, days_late,
        designations, designations_zh, designations_en, firms_undecided
    from mart_run__late_feeds
"""


def late(release: Reader) -> list[Row]:
    """The feeds whose grace had passed on the day of a release, the longest first."""
    return with_reasons(release.rows(f"{_FEEDS} where state = 'late' order by days_late desc, feed"))


def late_of(home: Home) -> list[Row]:
    """The same of the current release; none where that is of before feeds had a cadence."""
    with Published(home).whole() as release:
        return late(release) if release.has_table("mart_run__late_feeds") else []


def every_feed(home: Home) -> list[Row]:
    """All feeds of the current release: the late ones, those in grace, those that never came, then the others."""
    order = (
        "list_position(['late', 'in_grace', 'never', 'on_time', 'on_event'], state), days_late desc nulls last, feed"
    )
    return with_reasons(Published(home).rows(f"{_FEEDS} order by {order}"))
