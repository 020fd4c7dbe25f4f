"""What the movers page asks of the release: filters from the address, names from a list, values always bound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from warehouse.home import Home
from warehouse.release.releases import Published

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
    """What is looked for; an empty field does not filter."""

    movement: str = ""
    held: str = ""
    incubator: str = ""
    q: str = ""
    gap: str = ""

    @classmethod
    def of(cls, address: Mapping[str, Any]) -> "Filters":
        """The filters an address names; anything else in it is left alone."""
        names = cls.__dataclass_fields__
        return cls(**{name: str(address[name])[:100] for name in names if address.get(name)})

    def with_(self, **changes: str) -> "Filters":
        """These filters with some replaced."""
        return replace(self, **changes)

    def address(self, lang: str) -> str:
        """The address that shows these filters."""
        said = {name: value for name, value in vars(self).items() if value}
        if lang != "zh":
            said["lang"] = lang
        return f"?{urlencode(said)}" if said else "?"

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


def count(published: Published, filters: Filters) -> int:
    """How many firms the filters let through."""
    where, values = filters.where()
    row = published.rows(f"select count(*) as firms from mart_movers__firms where {where}", values)  # noqa: S608
    return int(row[0]["firms"])


def page(
    published: Published, filters: Filters, start: int, end: int, sort: Sequence[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """The rows ``start … end`` in an order that is always complete, so that no firm is shown twice."""
    where, values = filters.where()
    rows = max(0, min(end - start, PAGE_ROWS))
    return published.rows(
        f"select * from mart_movers__firms where {where} order by {_order(sort)}"  # noqa: S608 - names from SORTABLE
        f" limit ${len(values) + 1} offset ${len(values) + 2}",
        [*values, rows, max(0, start)],
    )


def _order(sort: Sequence[Mapping[str, str]]) -> str:
    asked = [
        f"{SORTABLE[one['colId']]} {'desc' if one.get('sort') == 'desc' else 'asc'} nulls last"
        for one in sort
        if one.get("colId") in SORTABLE
    ]
    return ", ".join([*(asked or ["movement_seq", "held_rank desc"]), "firm_id"])


def totals(published: Published, filters: Filters) -> list[dict[str, Any]]:
    """Firms by movement under the other filters, so that each number is what its link will show."""
    where, values = filters.with_(movement="").where()
    return published.rows(
        "select said.movement, said.zh, said.en, count(mover.firm_id) as firms from mart_movers__totals as said"  # noqa: S608
        f" left join (select firm_id, movement from mart_movers__firms where {where}) as mover"
        " on said.movement = mover.movement group by said.movement, said.zh, said.en, said.seq order by said.seq",
        values,
    )
