"""The quarantine of the current release: what waits for a person, and what was decided."""

from collections.abc import Mapping
from typing import Any

from service.queries.file_words import field_word
from warehouse.home import Home
from warehouse.quality.quarantine import listing
from warehouse.release import releases

Row = dict[str, Any]


def waiting(home: Home, filters: Mapping[str, str | None]) -> list[Row]:
    """The findings that wait for a decision; ``filters`` narrow them by feed, rule, supplier, firm.

    ``field_word`` is the column as the supplier's files head it.
    """
    rows = listing.waiting(releases.current(home), filters)
    return [{**row, "field_word": field_word(row["feed"], row["field"])} for row in rows]


def decided(home: Home) -> list[Row]:
    """The decisions the release was made with: what, on which row, by whom, when, why."""
    return listing.decisions(releases.current(home))


def gone(home: Home) -> list[Row]:
    """Decisions that could not be applied, because their row or column is no longer there."""
    return listing.inapplicable(releases.current(home))
