"""Certified, computed and claimed side by side, by firm and rung, within a scope."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.queries.release.records import Listed, Slice
from service.queries.release.release_summary import rungs
from service.queries.release.tables import require
from service.queries.zone.ledger_bridge import Bridge, EarlierReleases, Ends, bridge
from warehouse.errors import BadInput
from warehouse.release.desk.desk import Kind
from warehouse.release.releases import Reader
from warehouse.rows import Row

STATUSES = (
    "eligible_not_applied", "title_ending", "name_without_substance", "awaiting", "unknown", "agrees_held",
    "agrees_none",
)  # fmt: skip
"""The states of the three together, those that need action first; each firm and rung has one."""
CERTIFIED = ("held", "ending", "none")
CLAIMED = ("applied", "not_applied", "unknown")
COMPUTED = ("met", "judgement", "unknown", "not_met", "people")
SORTABLE = {
    "status": f"list_position({list(STATUSES)}, status.status)",
    "name": "firm.name",
    "valid_to": "status.valid_to",
    "applied_on": "status.applied_on",
    "gap": "status.gap",
}


@dataclass(frozen=True)
class Cell:
    """Which rows are asked for: a rung, and a value of each of the four where not empty."""

    designation: str = ""
    status: str = ""
    certified: str = ""
    claimed: str = ""
    computed: str = ""

    def __post_init__(self) -> None:
        for name, known in _KNOWN.items():
            value = getattr(self, name)
            if value and value not in known:
                listed = "、".join(known)
                raise BadInput(f"没有 {name} {value}；已知：{listed}", f"there is no {name} {value}: {listed}")

    def where(self) -> tuple[str, list[str]]:
        """The condition of these rows, and its values."""
        names = ("designation", *_KNOWN)
        terms = [f"(${at} = '' or status.{name} = ${at})" for at, name in enumerate(names, 1)]
        return " and ".join(terms), [getattr(self, name) for name in names]


_KNOWN = {"status": STATUSES, "certified": CERTIFIED, "claimed": CLAIMED, "computed": COMPUTED}


class Reconciliation:
    """The questions of the page of reconciliation; each is about the firms of the scope of its reader."""

    def __init__(self, release: Reader, earlier: EarlierReleases, reach: tuple[Kind, Sequence[str]]) -> None:
        self._release, self._earlier, self._reach = release, earlier, reach

    def counts(self) -> list[Row]:
        """See ``counts``."""
        return counts(self._release)

    def rungs(self) -> list[Row]:
        """The rungs of the ladder, the lowest first: ``designation``, ``zh``, ``en``."""
        return rungs(self._release)

    def firms(self, cell: Cell, sort: str, part: Slice) -> Listed:
        """See ``firms``."""
        return firms(self._release, cell, sort, part)

    def runs(self) -> list[Row]:
        """Every release, the newest first: ``run_id``, ``day``, ``published_at``."""
        return self._earlier.runs()

    def bridge(self, ends: Ends) -> Bridge:
        """See ``ledger_bridge.bridge``."""
        return bridge(self._release, self._earlier, self._reach, ends)


def counts(release: Reader) -> list[Row]:
    """Firms by rung and the three sides with the status they give; rows of a rung add up to its living firms."""
    require(release, "desk_reconciliation__statuses")
    return release.rows(
        "select status.designation, any_value(status.rank) as rank, certified, claimed, computed, status,"
        " count(*) as firms from desk_reconciliation__statuses as status group by all order by rank, status"
    )


def firms(release: Reader, cell: Cell, sort: str, part: Slice) -> Listed:
    """The firms of a cell; ``sort`` is a column of ``SORTABLE``, with - before it for falling values.

    Each has the answers of the sides and the words of the deciding condition. Raises ``BadInput`` for another column.
    """
    where, values = cell.where()
    rows = release.rows(
        f"{_FIRMS} where {where} order by {_order(sort)} limit ${len(values) + 1} offset ${len(values) + 2}",
        [*values, part.limit, part.offset],
    )
    count = f"select count(*) as firms from desk_reconciliation__statuses as status where {where}"  # noqa: S608
    return Listed(rows, int(release.rows(count, values)[0]["firms"]))


_FIRMS = """
select status.* exclude (firm_key), firm.name, title.zh, title.en,
    condition.zh as condition_zh, condition.en as condition_en, condition.clause
from desk_reconciliation__statuses as status
inner join desk_firm as firm using (firm_id)
inner join desk_ref_designations as title on status.designation = title.designation
left join desk_ref_conditions as condition
    on status.edition_id = condition.edition_id and status.condition_id = condition.condition_id
"""


def _order(sort: str) -> str:
    column = sort.removeprefix("-") or "status"
    if column not in SORTABLE:
        listed = "、".join(SORTABLE)
        raise BadInput(f"不能按 {column} 排序；可选 {listed}", f"cannot sort by {column}: {listed}")
    direction = "desc" if sort.startswith("-") else "asc"
    return f"{SORTABLE[column]} {direction} nulls last, firm.name, status.firm_id, status.rank"
