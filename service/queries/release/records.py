"""Lists of a release page by page, in a stable order and with the total, as the HTTP interface hands them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.queries.movers.mover_filters import Filters
from service.queries.movers.movers import SORTABLE
from service.queries.release.tables import require
from warehouse.errors import BadInput
from warehouse.release.releases import Reader
from warehouse.rows import Row

FIRM = (
    "firm_id", "name", "division_code", "industry_code", "incubator", "founded_on", "titles", "held", "met", "change",
    "from_held", "from_met", "next_action", "next_designation", "next_condition", "next_gap", "next_gap_unit",
    "missing_fact", "next_by", "next_zh", "next_en", "due_on", "due_designation", "revenue_y0_fen",
    "revenue_growth_1y_pct", "rd_share_y0_pct", "staff_end_y0", "officer", "acting",
)  # fmt: skip
SIGNAL = (
    "firm_id", "signal", "signal_zh", "signal_en", "designation", "edition_id", "condition_id", "value", "required",
    "gap", "unit", "gap_unit", "due_on", "since", "missing_fact", "reason_zh", "reason_en",
)  # fmt: skip
VERDICT = (
    "firm_id", "edition_id", "designation", "is_selected", "outcome", "previous_outcome", "route",
    "deciding_condition", "deciding_gap", "gap_unit", "missing_fact", "is_closed", "opens_on",
)  # fmt: skip
TENANT = (
    "firm_id", "name", "entered_on", "titles_zh", "met_zh", "change_zh", "signals_zh", "reasons_zh", "next_zh",
    "due_zh", "due_on", "revenue_wan", "rd_share_pct", "staff_end_y0",
)  # fmt: skip
OUTCOMES = ("met", "not_met", "unknown", "judgement")
_DEFAULT_ORDER = "change_seq, held_rank desc, firm_id"


@dataclass(frozen=True)
class Slice:
    """Which rows of a list: at most ``limit`` from the one numbered ``offset``, counted from 0."""

    limit: int
    offset: int


@dataclass(frozen=True)
class Listed:
    """Some rows of a list, and how many it has."""

    rows: list[Row]
    total: int


def firms(release: Reader, filters: Filters, sort: str, part: Slice) -> Listed:
    """Firms that pass the filters; ``sort`` is a column of ``SORTABLE``, with - before it for falling values.

    Raises ``BadInput`` for another column.
    """
    where, values = filters.where()
    return _listed(release, FIRM, f"desk_movers__firms where {where}", values, _order(sort), part)


def signals(release: Reader, signal: str, designation: str, part: Slice) -> Listed:
    """Signals of firms with their reasons, of one kind or about one designation where named."""
    require(release, "desk_movers__signals")
    where = "($1 = '' or signal = $1) and ($2 = '' or designation = $2)"
    order = "firm_id, signal_seq, designation"
    return _listed(release, SIGNAL, f"desk_movers__signals where {where}", [signal, designation], order, part)


def verdicts(release: Reader, designation: str, outcome: str, is_every_edition: bool, part: Slice) -> Listed:
    """Verdicts of the editions that decide a designation, or of every edition; raises ``BadInput``."""
    if outcome and outcome not in OUTCOMES:
        raise BadInput(f"结论应为 {'、'.join(OUTCOMES)} 之一：{outcome}", f"an outcome is one of {', '.join(OUTCOMES)}")
    where = "($1 = '' or designation = $1) and ($2 = '' or outcome = $2) and ($3 or is_selected)"
    values = [designation, outcome, is_every_edition]
    return _listed(
        release, VERDICT, f"desk_firm__verdicts where {where}", values, "firm_id, rank nulls last, edition_id", part
    )


def incubators(release: Reader, part: Slice) -> Listed:
    """The incubators with tenants, and how many rows the extract of each has."""
    source = (
        "(select tenancy.incubator, count(mover.firm_id)::integer as firms from desk_incubator__tenancies as tenancy"
        " left join desk_movers__firms as mover using (firm_id)"
        " where tenancy.incubator is not null and is_current group by tenancy.incubator)"
    )
    return _listed(release, ("incubator", "firms"), source, [], "incubator", part)


def tenants(release: Reader, incubator: str, part: Slice) -> Listed | None:
    """The rows of the extract of an incubator; None for one of which the scope has no firm."""
    known = "select 1 from desk_incubator__tenancies where incubator = $1 limit 1"
    if not release.rows(known, [incubator]):
        return None
    return _listed(
        release, TENANT, "desk_incubator__tenants where incubator = $1", [incubator], "firm_id, entered_on", part
    )


def _listed(
    release: Reader, columns: Sequence[str], source: str, values: Sequence[Any], order: str, part: Slice
) -> Listed:
    (counted,) = release.rows(f"select count(*) as total from {source}", values)  # noqa: S608 - our names
    after = len(values)
    rows = release.rows(
        f"select {', '.join(columns)} from {source} order by {order} limit ${after + 1} offset ${after + 2}",  # noqa: S608
        [*values, part.limit, part.offset],
    )
    return Listed(rows, int(counted["total"]))


def _order(sort: str) -> str:
    if not sort:
        return _DEFAULT_ORDER
    column = SORTABLE.get(sort.removeprefix("-"))
    if column is None:
        raise BadInput(f"不能按 {sort} 排序；可选 {'、'.join(SORTABLE)}", f"no order by {sort}: {', '.join(SORTABLE)}")
    return f"{column} {'desc' if sort.startswith('-') else 'asc'} nulls last, firm_id"
