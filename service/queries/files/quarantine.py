"""The quarantine of the current release: what waits for a person, and what was decided."""

from collections.abc import Collection, Mapping

from service.queries.files.file_words import field_word
from service.queries.files.rows import firms_of
from warehouse.home import Home
from warehouse.quality.quarantine import listing
from warehouse.quality.quarantine.decisions import ACCEPT, CORRECT, REJECT, address
from warehouse.release import releases
from warehouse.rows import Row

WORDS = {ACCEPT: "accepted", CORRECT: "corrected", REJECT: "rejected"}
"""A decision as the table ``decision`` of a release names it, by its kind."""


def waiting(home: Home, filters: Mapping[str, str | None]) -> list[Row]:
    """The findings that wait for a decision; ``filters`` narrow them by feed, rule, supplier, firm.

    ``field_word`` is the column as the supplier's files head it.
    """
    rows = listing.waiting(releases.current(home), filters)
    return [{**row, "field_word": field_word(row["feed"], row["field"])} for row in rows]


def decided(home: Home) -> list[Row]:
    """The decisions the release was made with, and those since: what, on which row and firm, by whom, when, why.

    ``state``: ``counted``, ``gone`` where its row is no longer there, ``pending`` where no run has read it yet.
    """
    release = releases.current(home)
    read = [{**row, "state": "gone" if row["is_gone"] else "counted"} for row in listing.decisions(release)]
    rows = [*read, *_pending(home, {row["statement_id"] for row in read})]
    firms = firms_of(release, (address(row["subject"]).row for row in rows))
    return [{**row, "firm": firms.get(str(address(row["subject"]).row), "")} for row in rows]


def _pending(home: Home, read: Collection[int]) -> list[Row]:
    from service.queries.data import decided as since  # the page of data, which needs Polars

    (run,) = releases.Published(home).rows("select newest_statement from desk_run__read_up_to")
    return [
        {
            "statement_id": entry["number"],
            "decision": WORDS[entry["kind"]],
            "subject": entry["subject"],
            "value": entry["content"].get("value"),
            "stated_by": entry["by"],
            "stated_at": entry["at"],
            "why": entry["why"],
            "is_gone": False,
            "state": "pending",
        }
        for entry in since.decided(home, run["newest_statement"] or 0)
        if entry["kind"] in WORDS and entry["waits"] and entry["withdraws"] is None and entry["number"] not in read
    ]


def gone(home: Home) -> list[Row]:
    """Decisions that could not be applied, because their row or column is no longer there."""
    return listing.inapplicable(releases.current(home))
