"""What a run came to: the ladder, the movement, the accounts of every feed, and where everything lies."""

from pathlib import Path
from typing import Any

from warehouse.casebook import set_aside
from warehouse.casebook.statements import Casebook
from warehouse.home import Home
from warehouse.intake import landing
from warehouse.intake.feed import load_feeds
from warehouse.intake.inbox import shown
from warehouse.intake.unrecognised import unrecognised
from warehouse.release import releases


def collect(home: Home, inbox: Path) -> dict[str, Any]:
    """What the screen after a run says, as data: the same for people and for ``--json``.

    Refused are files that lie in the inbox still, and deliveries whose side file is damaged.
    """
    published = releases.Published(home)
    run = published.rows("select * from mart_run__summary")[0]
    rejected = published.rows("select * from rejection order by file_name")
    in_inbox = landing.contents(inbox, {row["file_name"] for row in rejected})
    return {
        "run": run,
        "passed_over": [vars(entry) for entry in passed_over(inbox)],
        "ladder": published.rows("select * from mart_zone__ladder where rank is not null order by rank"),
        "movement": published.rows("select * from mart_movers__totals order by seq"),
        "feeds": published.rows("select * from mart_run__freshness where deliveries > 0 order by feed"),
        "titles": published.rows(
            "select designation, count(*) as titles, count(*) filter (firm_id is not null) as matched"
            " from core_title group by all order by designation"
        ),
        "refused": [
            *(row for row in rejected if (row["file_name"], row["sha256"]) in in_inbox),
            *_damaged(home),
        ],
        "release": str(releases.current(home)),
        "extracts": str(home.extracts / run["run_id"]),
        "report_cards": str(home.report_cards / run["run_id"]),
        "quarantine": str(home.quarantine / f"{run['run_id']}.csv"),
    }


def passed_over(inbox: Path) -> list[landing.PassedOver]:
    """Entries of the inbox that are no deliveries, and why."""
    return landing.passed_over(inbox, load_feeds())


def _damaged(home: Home) -> list[dict[str, Any]]:
    """Deliveries in use of which landing no longer tells what they are."""
    out_of_use = set_aside.standing(Casebook(home).statements(set_aside.KIND))
    return [
        {
            "delivery_id": shown(entry.path.stem),
            "file_name": shown(entry.path.name),
            "feed": shown(entry.path.parent.name),
            "message_zh": entry.error.zh,
            "message_en": entry.error.en,
        }
        for entry in unrecognised(home)
        if entry.is_side_file and entry.path.stem not in out_of_use
    ]
