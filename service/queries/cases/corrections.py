"""What became of the correction that an accepted contest made: counted, waiting, for the next run, or not applied."""

from collections.abc import Sequence

from service.queries.files.file_words import field_word, rule_words
from warehouse.casebook.book import Book
from warehouse.casebook.folds import contest
from warehouse.home import Home
from warehouse.quality.quarantine.decisions import CORRECT, address
from warehouse.quality.rules import KEPT_OUT
from warehouse.release.releases import Reader
from warehouse.rows import Row

COUNTED, WAITS, NEXT_RUN, NOT_APPLIED = "counted", "waits", "next_run", "not_applied"
"""Of a correction: in the figures of the release; its row is in quarantine; not read yet; its row was gone."""


def corrections_of(home: Home, release: Reader, contests: Sequence[Row]) -> dict[str, Row]:
    """The correction of each accepted contest, by its number, as this release has it.

    ``correction`` is its number, ``standing`` one of the four above, ``findings`` why its row waits: rule, column by
    its heading, and the sentence of the rule in both languages.
    """
    accepted = [row for row in contests if row["state"] == contest.STATES[contest.ACCEPTED]]
    if not accepted:
        return {}
    numbers = _standing_corrections(home)
    ((read_up_to,),) = [list(row.values()) for row in release.rows("select newest_statement from desk_run__read_up_to")]
    applied = {row["statement_id"] for row in release.rows("select statement_id from desk_contest__corrections")}
    answer = {}
    for row in accepted:
        if (number := numbers.get(row["cell"])) is None:  # withdrawn since
            continue
        findings = _findings(release, row["cell"]) if number in applied else []
        late = NEXT_RUN if number > (read_up_to or 0) else NOT_APPLIED
        standing = (WAITS if findings else COUNTED) if number in applied else late
        answer[row["number"]] = {"correction": number, "standing": standing, "findings": findings}
    return answer


def _standing_corrections(home: Home) -> dict[str, int]:
    """The newest standing correction of each cell, by the cell."""
    events = Book(home).events(kinds=[CORRECT])
    withdrawn = {event.withdraws for event in events}
    standing = [event for event in events if event.withdraws is None and event.seq not in withdrawn]
    return {event.name: event.seq for event in standing}


def _findings(release: Reader, cell: str) -> list[Row]:
    row = address(cell).row
    findings = release.rows(
        "select rule_id, field from desk_contest__findings where address = $1 and decision is null"
        " and list_contains($2::varchar[], severity) order by rule_id, field",
        [str(row), list(KEPT_OUT)],
    )
    return [
        {
            **finding,
            "address": str(row),
            "field_word": field_word(row.feed, finding["field"]),
            "zh": rule_words(finding["rule_id"], "zh"),
            "en": rule_words(finding["rule_id"], "en"),
        }
        for finding in findings
    ]
