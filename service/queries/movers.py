"""The list of movers: filters, column names from a list, values always bound; signals and titles of its firms."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.queries.mover_filters import Filters as Filters
from service.queries.tables import require
from warehouse.errors import BadInput
from warehouse.release.releases import Reader

Row = dict[str, Any]
PAGE_ROWS = 200
"""No request gets more rows than this, whatever it asks for."""
FILE_ROWS = 5_000
"""A file is read in parts of so many rows, so that memory stays flat."""

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
    "owner": "coalesce(acting, officer)",
}
"""The columns of the grid that can be sorted, and what they are sorted by."""

SIGNALS = (
    "signal, signal_seq, signal_zh, signal_en, designation, edition_id, condition_id, value, required, gap, unit,"
    " gap_unit, due_on, since, missing_fact, reason_zh, reason_en"
)
KNOWN = {
    "change": "select change as name from desk_ref_changes order by seq",
    "signal": "select signal as name from desk_ref_signals order by seq",
    "designation": "select designation as name from desk_ref_designations order by rank nulls last, designation",
}
"""The values that filters may have, by field."""


def count(release: Reader, filters: Filters) -> int:
    """The number of firms that pass the filters."""
    where, values = filters.where()
    row = release.rows(f"select count(*) as firms from desk_movers__firms where {where}", values)  # noqa: S608
    return int(row[0]["firms"])


def page(
    release: Reader, filters: Filters, start: int, end: int, sort: Sequence[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """The rows ``start … end`` in an order that is always complete, so that no firm is shown twice.

    Each row has its ``signals``, those of the filter first.
    """
    return _part(release, filters, max(0, min(end - start, PAGE_ROWS)), max(0, start), sort)


def every(release: Reader, filters: Filters, sort: Sequence[Mapping[str, str]]) -> Iterator[Row]:
    """Every row that passes the filters, as ``page`` has them: the list as a file."""
    start = 0
    while rows := _part(release, filters, FILE_ROWS, start, sort):
        yield from rows
        start += FILE_ROWS


def _part(release: Reader, filters: Filters, rows: int, start: int, sort: Sequence[Mapping[str, str]]) -> list[Row]:
    where, values = filters.where()
    firms = release.rows(
        f"select * from desk_movers__firms where {where} order by {_order(sort)}"  # noqa: S608 - names from SORTABLE
        f" limit ${len(values) + 1} offset ${len(values) + 2}",
        [*values, rows, start],
    )
    signals = signals_of(release, [firm["firm_id"] for firm in firms])
    wanted = filters.signal.split(",")
    for firm in firms:
        own = signals.get(firm["firm_id"], [])
        firm["signals"] = sorted(own, key=lambda signal: signal["signal"] not in wanted)
    return firms


def order_of(words: str) -> list[dict[str, str]]:
    """The order that an address states: columns joined by commas, each with - before it for falling values."""
    names = [word for word in words.split(",") if word.removeprefix("-") in SORTABLE]
    return [{"colId": name.removeprefix("-"), "sort": "desc" if name.startswith("-") else "asc"} for name in names]


def _order(sort: Sequence[Mapping[str, str]]) -> str:
    columns = [
        f"{SORTABLE[key['colId']]} {'desc' if key.get('sort') == 'desc' else 'asc'} nulls last"
        for key in sort
        if key.get("colId") in SORTABLE
    ]
    return ", ".join([*(columns or ["change_seq", "held_rank desc"]), "firm_id"])


def signals_of(release: Reader, firms: Sequence[str] | None) -> dict[str, list[Row]]:
    """The signals by firm in the order of display, with their reasons; of every firm where ``firms`` is None."""
    if firms == []:
        return {}
    rows = release.rows(
        f"select firm_id, {SIGNALS} from desk_movers__signals"  # noqa: S608 - our names
        " where $1::varchar[] is null or list_contains($1::varchar[], firm_id)"
        " order by firm_id, signal_seq, designation",
        [firms],
    )
    return _by_firm(rows)


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


@dataclass(frozen=True)
class Choices:
    """What can be filtered by: titles with ``designation``, ``zh``, ``en``, lowest rung first; incubators by name."""

    titles: list[dict[str, Any]]
    incubators: list[str]


def choices(release: Reader) -> Choices:
    """The rungs of the ladder, other titles that a firm of the release holds, and the incubators its firms are in."""
    titles = release.rows(
        "select designation, zh, en from desk_ref_designations where rank > 0"
        " or designation in (select designation from desk_movers__titles where is_held)"
        " order by rank nulls last, designation"
    )
    incubators = release.rows(
        "select distinct incubator from desk_movers__firms where incubator is not null order by 1"
    )
    return Choices(titles, [row["incubator"] for row in incubators])


def totals(release: Reader, filters: Filters) -> list[dict[str, Any]]:
    """Firms by kind of change and by signal, each under the other filters: each number is what its link will show.

    Changes add up to the firms; signals overlap.
    """
    require(release, "desk_movers__signals", "desk_movers__kinds")
    where, values = filters.with_(change="").where()
    changes = release.rows(
        "select total.total, total.kind, total.zh, total.en, count(mover.firm_id) as firms"  # noqa: S608
        " from desk_movers__kinds as total"
        f" left join (select firm_id, change from desk_movers__firms where {where}) as mover"
        " on total.kind = mover.change where total.total = 'change' group by all order by any_value(total.seq)",
        values,
    )
    where, values = filters.with_(signal="").where()
    about = f" and (${len(values) + 1} = '' or designation = ${len(values) + 1})"
    signals = release.rows(
        "select total.total, total.kind, total.zh, total.en, count(distinct given.firm_id) as firms"  # noqa: S608
        " from desk_movers__kinds as total left join (select firm_id, signal from desk_movers__signals"
        f" where firm_id in (select firm_id from desk_movers__firms where {where}){about}) as given"
        " on total.kind = given.signal where total.total = 'signal' group by all order by any_value(total.seq)",
        [*values, filters.designation],
    )
    return [*changes, *signals]


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
