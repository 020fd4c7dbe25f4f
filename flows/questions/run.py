"""What a run came to: the ladder, the movement, the accounts of every feed, and where everything lies."""

from pathlib import Path
from typing import Any

from warehouse import landing, release
from warehouse.home import Home


def collect(home: Home, inbox: Path) -> dict[str, Any]:
    """What the screen after a run says, as data: the same for people and for ``--json``.

    Refused are files that lie in the inbox still.
    """
    published = release.Published(home)
    run = published.query("select * from mart_run__summary")[0]
    return {
        "run": run,
        "ladder": published.query("select * from mart_zone__ladder where rank is not null order by rank"),
        "movement": published.query("select * from mart_movers__totals order by seq"),
        "feeds": published.query("select * from mart_run__freshness where deliveries > 0 order by feed"),
        "titles": published.query(
            "select designation, count(*) as titles, count(*) filter (firm_id is not null) as matched"
            " from core_title group by all order by designation"
        ),
        "refused": [
            row
            for row in published.query("select * from rejection order by file_name")
            if row["file_name"] in landing.names_in(inbox)
        ],
        "release": str(release.current(home)),
        "extracts": str(home.extracts / run["run_id"]),
        "report_cards": str(home.report_cards / run["run_id"]),
        "quarantine": str(home.quarantine / f"{run['run_id']}.csv"),
    }
