"""What every page states of its release: when it was made, of which place, from how new files; and its ladder."""

from collections import Counter
from collections.abc import Collection, Iterable

from service.queries.files.file_names import list_name
from service.queries.release.tables import has_view
from warehouse.release.releases import Reader
from warehouse.rows import Row


def freshness(release: Reader) -> Row:
    """Day, previous day, place, run and publication, ``newest_received_at`` of files, and two counts of all rows.

    ``rows_quarantined`` and ``rows_not_data`` are None in a scope narrower than the zone.
    """
    (summary,) = release.rows(
        "select summary.day, summary.previous_day, summary.place, summary.run_id, summary.published_at,"
        " (select max(newest_received_at) from desk_run__files) as newest_received_at,"
        " (select sum(rows_quarantined)::bigint from desk_run__freshness) as rows_quarantined,"
        " (select sum(rows_not_data)::bigint from desk_run__freshness) as rows_not_data"
        " from desk_run__summary as summary"
    )
    return summary


def trust(release: Reader, left: Collection[str] = ()) -> Row:
    """What stands against relying on a release, but for the releases that are held now.

    ``late``: feeds whose grace had passed on its day, the longest first, with the designations that rest on them;
    ``refused``: feeds with ``files`` that the run refused and nothing has replaced, but for deliveries that have
    ``left`` the inbox; ``rows_waiting`` for a decision, None in a scope narrower than the zone.
    """
    late = []
    if has_view(release, "desk_run__late_feeds"):
        late = release.rows("select * from desk_run__late_feeds where state = 'late' order by days_late desc, feed")
    (row,) = release.rows("select sum(rows_waiting)::bigint as rows_waiting from desk_run__freshness")
    return {**row, "late": late, "refused": _refused(release, left)}


def _refused(release: Reader, left: Collection[str]) -> list[Row]:
    if not has_view(release, "desk_run__refused"):
        return []
    rows = unreplaced(
        release,
        release.rows(
            "select refused.delivery_id, refused.feed, refused.file_name, refused.seq,"
            " coalesce(ref.zh, refused.feed) as zh,"
            " coalesce(ref.en, refused.feed) as en from desk_run__refused as refused"
            " left join desk_ref_feeds as ref on refused.feed = ref.feed order by refused.feed"
        ),
        left,
    )
    counted = Counter((row["feed"], row["zh"], row["en"]) for row in rows)
    return [{"feed": feed, "zh": zh, "en": en, "files": files} for (feed, zh, en), files in counted.items()]


def unreplaced(release: Reader, refused: Iterable[Row], left: Collection[str]) -> list[Row]:
    """Of refused files those that have not ``left`` the inbox and of which no later file has been loaded.

    A later file has the same name but for a mark such as 更正: a correction that is refused itself stands.
    """
    newest: dict[tuple[str, str], int] = {}
    for row in release.rows("select feed, file_name, max(seq) as seq from desk_deliveries group by all order by seq"):
        newest[row["feed"], list_name(row["file_name"])] = row["seq"]
    standing = [row for row in refused if row["delivery_id"] not in left]
    return [row for row in standing if newest.get((row["feed"], list_name(row["file_name"])), -1) <= (row["seq"] or 0)]


def run(release: Reader) -> Row:
    """Run and day, which every answer of the HTTP interface states."""
    (row,) = release.rows("select run_id, day from desk_run__summary")
    return row


def ladder(release: Reader) -> list[Row]:
    """The rungs from the lowest up, with how many firms hold each and what the others are judged to be."""
    return release.rows("select * from desk_zone__ladder where rank > 0 order by rank")


def rungs(release: Reader) -> list[Row]:
    """The rungs of the ladder, the lowest first: ``designation``, ``zh``, ``en``."""
    return release.rows("select designation, zh, en from desk_ref_designations where rank > 0 order by rank")
