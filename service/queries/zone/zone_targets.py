"""What the page of targets asks of a release: bridges, firms of their bars, monitoring, and where numbers are from."""

from collections import defaultdict
from collections.abc import Sequence

from service.queries.release.provenance import with_sources
from service.queries.release.records import Listed, Slice
from service.queries.zone.targets import bridge_in, firms_in, monitored_firms_in, monitoring_in
from warehouse.errors import BadInput
from warehouse.release.releases import Reader
from warehouse.rows import Row


class ZoneTargets:
    """The questions of the page of targets. Totals are of the zone: in a narrower scope there are none."""

    def __init__(self, release: Reader, entered: Sequence[Row] = ()) -> None:
        self._release, self.entered = release, entered
        """``entered``: the targets that were entered since the run."""

    def bridges(self) -> list[Row]:
        """See ``targets.bridge_in``."""
        return bridge_in(self._release)

    def plan(self) -> list[Row]:
        """The targets with measure, document and the row that states each: ``file_name``, ``sheet``, ``row_no``."""
        return self._release.rows(
            "select target.*, measure.zh, measure.en, measure.kind, deliveries.file_name"
            " from desk_zone__targets as target inner join desk_ref_measures as measure using (measure)"
            " left join desk_deliveries as deliveries using (delivery_id)"
            " order by target.due_on, target.zone, measure.seq"
        )

    def listed(self, measure: str, year: int | None, part: Slice) -> Listed:
        """The targets of a measure and year, of all where empty, each with what states it, its value and its bars.

        Value and bars are the zone's: in a narrower scope a target has none. Raises ``BadInput`` for no such measure.
        """
        plan = self.plan()
        known = {row["measure"] for row in self._release.rows("select measure from desk_ref_measures")}
        if measure and measure not in known:
            listed = ", ".join(sorted(known))
            raise BadInput(f"没有指标 {measure}；有 {listed}", f"there is no measure {measure}: {listed}")
        rows = [row for row in plan if measure in ("", row["measure"]) and year in (None, row["year"])]
        bars, values = _by_target(self.bridges()), _by_target(self.monitoring())
        page = rows[part.offset : part.offset + part.limit]
        return Listed([_target(row, bars[_key(row)], values[_key(row)]) for row in page], len(rows))

    def bar_firms(self, measure: str, year: int, bar: str, part: Slice) -> Listed:
        """The firms of a bar in the scope, those most likely to count first; all that can close the gap where empty.

        Each has the clause of its deciding condition. Raises ``BadInput`` for an unknown bar.
        """
        rows = firms_in(self._release, bar or None, measure, year)
        page = rows[part.offset : part.offset + part.limit]
        clauses = self._release.rows(
            "select edition_id, condition_id, clause from desk_ref_conditions"
            " where list_contains($1::varchar[], edition_id)",
            [sorted({row["edition_id"] for row in page if row["edition_id"]})],
        )
        known = {(row["edition_id"], row["condition_id"]): row["clause"] for row in clauses}
        return Listed(
            [{**row, "clause": known.get((row["edition_id"], row["deciding_condition"]))} for row in page], len(rows)
        )

    def monitoring(self) -> list[Row]:
        """See ``targets.monitoring_in``."""
        return monitoring_in(self._release)

    def monitored_firms(self, measure: str, year: int, part: Slice) -> Listed:
        """The firms behind a number in the scope, each with the row of the list or the files that it rests on."""
        rows = monitored_firms_in(self._release, measure, year)
        page = rows[part.offset : part.offset + part.limit]
        sources = self._release.rows(_SOURCES, [measure, year, [row["firm_id"] for row in page]])
        known = {row["firm_id"]: row for row in with_sources(self._release, sources)}
        return Listed([{**row, **_source(known.get(row["firm_id"]))} for row in page], len(rows))


_STATED = (
    "zone",
    "measure",
    "zh",
    "en",
    "year",
    "due_on",
    "target",
    "unit",
    "document",
    "file_name",
    "sheet",
    "row_no",
)
_BAR = ("bar", "bar_zh", "bar_en", "firms", "without_odds", "low", "expected", "high")


def _key(row: Row) -> tuple[str, str, int]:
    return row["zone"], row["measure"], row["year"]


def _by_target(rows: Sequence[Row]) -> dict[tuple[str, str, int], list[Row]]:
    grouped: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
    for row in rows:
        grouped[_key(row)].append(row)
    return grouped


def _target(row: Row, bars: Sequence[Row], values: Sequence[Row]) -> Row:
    return {
        **{name: row[name] for name in _STATED},
        "entered_as": row.get("entered_as"),
        "value": values[0]["value"] if values else None,
        "bars": [{name: bar[name] for name in _BAR} for bar in bars],
    }


_SOURCES = """
select distinct on (title.firm_id) title.*
from desk_firm__titles as title
inner join desk_ref_measures as measure on title.designation = measure.designation
where measure.measure = $1 and year(title.valid_from) <= $2 and list_contains($3::varchar[], title.firm_id)
    and title.event in ('granted', 'renewed')
order by title.firm_id, title.valid_from desc, title.title_id
"""


def _source(row: Row | None) -> Row:
    """The row of the list that a firm rests on, and its day; neither where it rests on its files."""
    known = row or {"source": None, "sources": [], "valid_from": None}
    return {"source": known["source"], "sources": known["sources"], "granted_on": known["valid_from"]}
