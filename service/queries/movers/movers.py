"""What lists of movers share: the columns they are sorted by, signals and titles by firm, and filters that exist."""

from collections import defaultdict
from collections.abc import Sequence

from service.queries.movers.mover_filters import Filters as Filters
from service.queries.release.tables import require
from warehouse.errors import BadInput
from warehouse.release.releases import Reader
from warehouse.rows import Row

SORTABLE = {
    "name": "name",
    "held": "held_rank",
    "met": "met_rank",
    "change": "change_seq",
    "due_on": "due_on",
    "revenue": "revenue_y0_fen",
    "growth": "revenue_growth_1y_pct",
    "rd_share": "rd_share_y0_pct",
    "staff": "staff_end_y0",
    "incubator": "incubator",
    "owner": "acting",
}
"""The columns of the grid that can be sorted, and what they are sorted by."""

SIGNALS = (
    "signal, signal_seq, signal_zh, signal_en, designation, designation_zh, designation_en,"
    " edition_id, condition_id, value, required, gap, unit, gap_unit, due_on, since, missing_fact, reason_zh, reason_en"
)
KNOWN = {
    "change": "select change as name from desk_ref_changes order by seq",
    "signal": "select signal as name from desk_ref_signals order by seq",
    "designation": "select designation as name from desk_ref_designations order by rank nulls last, designation",
    "held": "select designation as name from desk_ref_designations union all select unnest(['any', 'none'])",
}
"""The values that filters may have, by field."""


def signals_of(release: Reader, firms: Sequence[str] | None) -> dict[str, list[Row]]:
    """The signals by firm in the order of display, with their reasons; of every firm where ``firms`` is None."""
    if firms == []:
        return {}
    rows = release.rows(
        f"select firm_id, {SIGNALS} from desk_movers__signals"  # noqa: S608 - our names
        " where $1::varchar[] is null or firm_id in (select unnest($1::varchar[]))"
        " order by firm_id, signal_seq, designation",
        [firms],
    )
    return _by_firm(rows)


def reasons_at(release: Reader, row_nos: Sequence[int]) -> dict[int, Row]:
    """The reasons, in both languages, of the signals in these places of their table, by place."""
    rows = release.rows(
        "select row_no, reason_zh, reason_en from desk_movers__signal_rows"
        " where row_no in (select unnest($1::bigint[]))",
        [row_nos],
    )
    return {row.pop("row_no"): row for row in rows}


def titles_of(release: Reader) -> dict[str, list[Row]]:
    """The titles by firm, the highest rung first: held, met or applied for."""
    return _by_firm(
        release.rows("select * from desk_movers__titles order by firm_id, rank desc nulls last, designation")
    )


def _by_firm(rows: Sequence[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.pop("firm_id")].append(row)
    return grouped


def check_in(release: Reader, filters: Filters) -> None:
    """Raise ``BadInput`` for a kind of change, signal or designation that there is not; the known ones are named."""
    require(release, "desk_movers__kinds")
    for field, query in KNOWN.items():
        known = [row["name"] for row in release.rows(query)]
        unknown = sorted({name for name in getattr(filters, field).split(",") if name} - set(known))
        if unknown:
            raise BadInput(
                f"没有 {field} {'、'.join(unknown)}；已知：{'、'.join(known)}",
                f"there is no {field} {', '.join(unknown)}; known: {', '.join(known)}",
            )
