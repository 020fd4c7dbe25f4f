"""The queries of the movers page: filters from the address, column names from a list, values always bound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from warehouse.home import Home
from warehouse.release.releases import Published, Reader

PAGE_ROWS = 200
"""No request gets more rows than this, whatever it asks for."""

SORTABLE = {
    "name": "name",
    "movement": "movement_seq",
    "held": "held_rank",
    "met": "met_rank",
    "eligible": "eligible_rank",
    "due_on": "due_on",
    "revenue": "revenue_y0_fen",
    "growth": "revenue_growth_1y_pct",
    "rd_share": "rd_share_y0_pct",
    "staff": "staff_end_y0",
    "incubator": "incubator",
}
"""The columns of the grid that can be sorted, and what they are sorted by."""


@dataclass(frozen=True)
class Filters:
    """The filters of the movers; an empty field does not filter."""

    movement: str = ""
    held: str = ""
    incubator: str = ""
    q: str = ""
    gap: str = ""

    @classmethod
    def of(cls, address: Mapping[str, Any]) -> "Filters":
        """The filters among the parameters of an address; other parameters are ignored, values cut at 100 signs."""
        names = cls.__dataclass_fields__
        return cls(**{name: str(address[name])[:100] for name in names if address.get(name)})

    def with_(self, **changes: str) -> "Filters":
        """These filters with some replaced."""
        return replace(self, **changes)

    def address(self, lang: str) -> str:
        """The address that shows these filters."""
        parameters = {name: value for name, value in vars(self).items() if value}
        if lang != "zh":
            parameters["lang"] = lang
        return f"?{urlencode(parameters)}" if parameters else "?"

    def where(self) -> tuple[str, list[Any]]:
        """The condition and its bound values."""
        parts: list[str] = []
        values: list[Any] = []
        for column, value in (("movement", self.movement), ("incubator", self.incubator)):
            if value:
                values.append(value)
                parts.append(f"{column} = ${len(values)}")
        if self.held:
            values.append(self.held)
            parts.append(f"coalesce(held, 'none') = ${len(values)}")
        if self.q:
            values.append(self.q.strip().lower())
            parts.append(f"contains(search, ${len(values)})")
        if self.gap:
            parts.append("is_applied_gap")
        return " and ".join(parts) or "true", values


LISTED = (
    "firm_id", "name", "held", "met", "eligible", "movement", "reason_zh", "reason_en", "next_designation",
    "next_condition_zh", "next_condition_en", "next_gap", "next_gap_unit", "due_on",
)  # fmt: skip
"""The columns of the list that a pipeline gets."""


def with_movement(home: Home, movements: Sequence[str]) -> list[dict[str, Any]]:
    """The firms of the current release with one of these movements, or all where none is named."""
    return Published(home).rows(
        f"select {', '.join(LISTED)} from mart_movers__firms"  # noqa: S608 - our names
        " where len($1) = 0 or list_contains($1, movement) order by movement, held_rank desc, firm_id",
        [list(movements)],
    )


def count(release: Reader, filters: Filters) -> int:
    """The number of firms that pass the filters."""
    where, values = filters.where()
    row = release.rows(f"select count(*) as firms from mart_movers__firms where {where}", values)  # noqa: S608
    return int(row[0]["firms"])


def page(
    release: Reader, filters: Filters, start: int, end: int, sort: Sequence[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """The rows ``start … end`` in an order that is always complete, so that no firm is shown twice."""
    where, values = filters.where()
    rows = max(0, min(end - start, PAGE_ROWS))
    return release.rows(
        f"select * from mart_movers__firms where {where} order by {_order(sort)}"  # noqa: S608 - names from SORTABLE
        f" limit ${len(values) + 1} offset ${len(values) + 2}",
        [*values, rows, max(0, start)],
    )


def _order(sort: Sequence[Mapping[str, str]]) -> str:
    columns = [
        f"{SORTABLE[key['colId']]} {'desc' if key.get('sort') == 'desc' else 'asc'} nulls last"
        for key in sort
        if key.get("colId") in SORTABLE
    ]
    return ", ".join([*(columns or ["movement_seq", "held_rank desc"]), "firm_id"])


@dataclass(frozen=True)
class Choices:
    """What can be filtered by: rungs with ``designation``, ``zh``, ``en``, lowest first; incubators by name."""

    rungs: list[dict[str, Any]]
    incubators: list[str]


def choices(release: Reader) -> Choices:
    """The rungs of the ladder and the incubators that firms of the release are in."""
    rungs = release.rows("select designation, zh, en from ref_designations where rank > 0 order by rank")
    incubators = release.rows(
        "select distinct incubator from mart_movers__firms where incubator is not null order by 1"
    )
    return Choices(rungs, [row["incubator"] for row in incubators])


def totals(release: Reader, filters: Filters) -> list[dict[str, Any]]:
    """Firms by movement under the other filters, so that each number is what its link will show."""
    where, values = filters.with_(movement="").where()
    return release.rows(
        "select total.movement, total.zh, total.en, count(mover.firm_id) as firms from mart_movers__totals as total"  # noqa: S608
        f" left join (select firm_id, movement from mart_movers__firms where {where}) as mover"
        " on total.movement = mover.movement group by total.movement, total.zh, total.en, total.seq order by total.seq",
        values,
    )
