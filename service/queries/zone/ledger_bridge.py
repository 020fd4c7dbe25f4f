"""Why a number of holders is not that of an earlier release: a waterfall by cause that adds up, within a scope.

The number at the end is counted in the later release, the parts are those of the ledgers between, and the number at the
start is what is left: so the bars add up for any two releases, in a park as in the zone.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from service.queries.release.records import Listed, Slice
from service.queries.release.tables import require
from warehouse.errors import BadInput
from warehouse.release.desk.desk import Kind
from warehouse.release.releases import Reader
from warehouse.rows import Row

DAYS, RELEASES = "days", "releases"
STEPS = ("identity", "data", "new", "firm", "rule")
"""The causes of the ledger in their order; what a firm founded since brings is kept apart as ``new``."""
MEASURES = ("held", "met")


class EarlierReleases(Protocol):
    """Gives the other releases of a home, within a scope."""

    def runs(self) -> list[Row]:
        """``run_id`` and ``day`` of each, newest first."""

    def desk(self, run_id: str, kind: Kind, keys: Sequence[str]) -> Any:
        """A context with the reader of a release."""


@dataclass(frozen=True)
class Ends:
    """The later run, the current one where empty, and since when: a run, or ``days`` for the two days of the later.

    Empty, since the release before; of a first release, between its two days.
    """

    until: str = ""
    since: str = ""


@dataclass(frozen=True)
class Bridge:
    """From where to where, and the rows of firms and titles that changed, the oldest first."""

    since: str
    until: str
    from_day: date
    to_day: date
    totals: dict[tuple[str, str], int]
    moved: list[Row] = field(default_factory=list)

    def waterfall(self, measure: str, designation: str) -> list[Row]:
        """The start, the causes, the end: ``step``, ``firms_from``, ``firms_to``, ``moved``, ``gained``, ``lost``."""
        parts = [row for row in self.moved if (row["measure"], row["designation"]) == (measure, designation)]
        end = self.totals.get((measure, designation), 0)
        at = start = end - sum(row["moved"] for row in parts)
        steps: list[Row] = [{"step": "start", "firms_from": 0, "firms_to": start, "moved": None}]
        for step in STEPS:
            changes = [row["moved"] for row in parts if row["step"] == step]
            gained, lost = (
                sum(change for change in changes if change > 0),
                -sum(change for change in changes if change < 0),
            )
            steps.append(
                {"step": step, "firms_from": at, "firms_to": at + gained - lost, "moved": gained - lost,
                 "gained": gained, "lost": lost}
            )  # fmt: skip
            at += gained - lost
        return [*steps, {"step": "end", "firms_from": 0, "firms_to": end, "moved": None}]

    def firms(self, measure: str, designation: str, step: str, part: Slice) -> Listed:
        """The firms that a cause moved: ``firm_id``, ``name``, ``moved``, ``step``; of every cause where empty."""
        rows = [
            row
            for row in self.moved
            if (row["measure"], row["designation"]) == (measure, designation) and step in ("", row["step"])
        ]
        rows.sort(key=lambda row: (-row["moved"], row["name"] or row["firm_id"], row["firm_id"]))
        return Listed(rows[part.offset : part.offset + part.limit], len(rows))


def bridge(release: Reader, earlier: EarlierReleases, reach: tuple[Kind, Sequence[str]], ends: Ends) -> Bridge:
    """The bridge between two releases, or the two days of one; raises ``BadInput`` where there is none, and why."""
    require(release, "desk_firm__ledger")
    current = str(release.rows("select run_id from desk_run__summary")[0]["run_id"])
    until = ends.until or current
    moved: list[Row] = []
    totals: dict[tuple[str, str], int] = {}
    newest: Row = {}
    run_id: str | None = until
    kind = ""
    while run_id is not None:
        scope = reach if run_id == until or reach[0] == "zone" else ("own", _firms(release))
        with _reader(release, earlier, run_id, current, scope) as reader:
            kind = kind or _kind(reader, ends.since)
            link = _comparison(reader, kind, run_id)
            moved = [*_moved(reader, kind, link["from_day"]), *moved]
            if not newest:
                newest, totals = link, _totals(reader)
        run_id = _before(link["against_run"], kind, ends.since, earlier)
    since = DAYS if kind == DAYS else str(link["against_run"])
    return Bridge(since, until, link["from_day"], newest["to_day"], totals, moved)


def _kind(reader: Reader, since: str) -> str:
    """What is compared: the two days where they are asked for, or where there is no release before."""
    if since:
        return DAYS if since == DAYS else RELEASES
    rows = reader.rows(
        "select 1 from desk_run__comparisons where comparison = $1 and missing is null and against_run is not null",
        [RELEASES],
    )
    return RELEASES if rows else DAYS


def _before(against: str | None, kind: str, since: str, earlier: EarlierReleases) -> str | None:
    """The release whose ledger comes before; None where the bridge has reached its beginning."""
    if kind == DAYS or not since or against == since:
        return None
    if against not in [run["run_id"] for run in earlier.runs()]:
        raise BadInput(
            f"第 {since} 期不在此前各期之中，或其间有缺期，不能逐期相加",
            f"run {since} is not among the releases before, or one between is missing, so they cannot be added up",
        )
    return against


@contextmanager
def _reader(
    release: Reader, earlier: EarlierReleases, run_id: str, current: str, scope: tuple[Kind, Sequence[str]]
) -> Iterator[Reader]:
    if run_id == current:
        yield release
        return
    with earlier.desk(run_id, *scope) as reader:
        yield reader


def _firms(release: Reader) -> list[str]:
    """The firms of the scope today: their history is shown, without firms that were in the scope then."""
    return [row["firm_id"] for row in release.rows("select firm_id from desk_firm")]


def _comparison(reader: Reader, kind: str, run_id: str) -> Row:
    (row,) = reader.rows("from desk_run__comparisons where comparison = $1", [kind])
    if row["missing"] is not None or (kind == RELEASES and row["against_run"] is None):
        raise BadInput(
            f"第 {run_id} 期之前没有可比的一期，不能说明变动；可看同一期两个评价日之间的变动",
            f"there is no release before run {run_id} to compare with; its two days can be compared",
        )
    return row


def _moved(reader: Reader, kind: str, since: date) -> list[Row]:
    """The parts of the changes, one row a firm, title and cause that moved it."""
    rows = reader.rows(_MOVED, [kind, since])
    return [
        {**{name: row[name] for name in ("firm_id", "name", "measure", "designation")}, "step": step, "moved": moved}
        for row in rows
        for step, moved in _steps(row)
        if moved
    ]


def _steps(row: Row) -> Iterator[tuple[str, int]]:
    for cause in ("identity", "data", "rule"):
        yield cause, row[f"moved_{cause}"]
    yield ("new" if row["is_new"] else "firm"), row["moved_firm"]


_MOVED = """
select ledger.*, firm.name, coalesce(firm.founded_on > $2, false) as is_new
from desk_firm__ledger as ledger
left join desk_firm as firm using (firm_id)
where ledger.comparison = $1
"""


def _totals(reader: Reader) -> dict[tuple[str, str], int]:
    """The firms that hold and that meet each title in the later release."""
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for row in reader.rows("select designation, held_count, met_count from desk_zone__ladder"):
        totals["held", row["designation"]] = row["held_count"]
        totals["met", row["designation"]] = row["met_count"]
    return totals
