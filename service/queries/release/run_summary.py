"""What a run came to: the ladder, the movement, the accounts of every feed, and where everything lies."""

from pathlib import Path
from typing import Any

from service.queries.files.late_feeds import late
from service.queries.files.refused_files import refused
from warehouse.home import Home
from warehouse.intake import landing
from warehouse.intake.feed import load_feeds
from warehouse.release import releases


def collect(home: Home, inbox: Path) -> dict[str, Any]:
    """The summary shown after a run, as data: the same for people and for ``--json``."""
    published = releases.Published(home)
    run = published.rows("select * from mart_run__summary")[0]
    with published.whole() as release:
        files = refused(release, home, inbox)
        late_feeds = late(release)
    return {
        "run": run,
        "passed_over": [vars(entry) for entry in passed_over(inbox)],
        "ladder": published.rows("select * from mart_zone__ladder where rank is not null order by rank"),
        "movement": published.rows("select * from mart_movers__totals order by total, seq"),
        "feeds": published.rows("select * from mart_run__freshness where deliveries > 0 order by feed"),
        "late_feeds": late_feeds,
        "titles": published.rows(
            "select title.designation, coalesce(ref.zh, title.designation) as zh,"
            " coalesce(ref.en, title.designation) as en,"
            " count(*) as titles, count(*) filter (title.firm_id is not null) as matched from core_title as title"
            " left join ref_designations as ref on title.designation = ref.designation"
            " group by all order by title.designation"
        ),
        "refused": files,
        "release": str(releases.current(home)),
        "extracts": str(home.extracts / run["run_id"]),
        "report_cards": str(home.report_cards / run["run_id"]),
        "quarantine": str(home.quarantine / f"{run['run_id']}.csv"),
    }


def refused_files(home: Home, inbox: Path) -> list[dict[str, Any]]:
    """The refused files of a home that wait for a person, by its current release (see ``refused_files.refused``)."""
    with releases.Published(home).whole() as release:
        return refused(release, home, inbox)


def passed_over(inbox: Path) -> list[landing.PassedOver]:
    """Entries of the inbox that are no deliveries, and why."""
    return landing.passed_over(inbox, load_feeds())
