"""What differs between two releases, and why."""

from dataclasses import dataclass

from service.queries.release.provenance import Source, as_row
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import changes, releases
from warehouse.rows import Row


@dataclass(frozen=True)
class Changes:
    """The differences between two runs; ``first`` and ``second`` are their numbers, the earlier first."""

    first: str
    second: str
    rows: list[Row]


def changes_between(home: Home, first: str | None, second: str | None, kind: str | None = None) -> Changes:
    """One row a change, of one kind where it is given; left out, the runs are the last two.

    Raises ``BadInput`` where there is only one release, or none of a number given.
    """
    run_ids = [release.run_id for release in releases.releases(home)]
    if first is None and len(run_ids[:2]) <= 1:
        raise BadInput("只有一期，无可比较", "there is only one release, nothing to compare with")
    before, after = first or run_ids[1], second or run_ids[0]
    rows = changes.changes(releases.of_run(home, before), releases.of_run(home, after))
    return Changes(before, after, [_worded(row) for row in rows if kind in (None, row["kind"])])


def _worded(row: Row) -> Row:
    """A change with its ``sources`` worded, and ``source``: their Chinese; of a verdict without any its edition."""
    sources = [as_row(Source(**place)) for place in row["sources"]]
    return {**row, "sources": sources, "source": "; ".join(place["zh"] for place in sources) or row["edition_id"]}
