"""What the Monday meeting of the director needs: six figures, the targets, ten firms, movement; each with its list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from service.queries.mover_filters import NONE, Filters
from service.queries.mover_list import MoverList
from service.queries.tables import has_view
from warehouse.release.releases import Reader

Row = dict[str, Any]
MOST_FIRMS = 10
FIGURES: Mapping[str, Filters] = {
    "gained": Filters(change="up,back"),
    "lost": Filters(change="down"),
    "renewing": Filters(signal="title_ending"),
    "eligible": Filters(signal="eligible_not_applied"),
    "risk": Filters(signal="name_without_substance,margin_thin"),
}
"""The figures but the firms that hold a title, and the list that each one counts."""
_TEN = f"""
    select mover.firm_id, mover.name, mover.held_zh, mover.held_en, mover.acting, signal.signal_zh, signal.signal_en,
        signal.reason_zh, signal.reason_en, told.do_zh, told.do_en
    from desk_movers__signals as signal
    inner join desk_movers__firms as mover using (firm_id)
    inner join desk_ref_signals as told on signal.signal = told.signal
    left join desk_ref_designations as designation on signal.designation = designation.designation
    qualify row_number() over (
        partition by mover.firm_id order by designation.rank desc nulls last, signal_seq, signal.designation
    ) = 1
    order by designation.rank desc nulls last, signal_seq, mover.revenue_y0_fen desc nulls last, mover.firm_id
    limit {MOST_FIRMS}
"""  # noqa: S608 - a number
"""The highest rung at stake first: those of the lower rungs are the officers'."""
_TARGETS = """
    select measure, zh, en, year, target, low, expected, high, firms, document from desk_zone__bridge
    where bar = 'total' and not is_beyond_horizon order by year, zone, measure
"""


@dataclass(frozen=True)
class Pack:
    """The run; ``figures``: name, value and the address of its list; targets, firms and changes."""

    run: Row
    figures: list[Row]
    targets: list[Row]
    firms: list[Row]
    changes: list[Row]


def pack(release: Reader) -> Pack:
    """The pack of a release within its scope; targets are those of the whole zone, none in a narrower scope."""
    (run,) = release.rows("select run_id, day, previous_day, place, published_at from desk_run__summary")
    movers = MoverList(release, "firms")
    return Pack(
        run=run,
        figures=[_held(movers), *(_figure(movers, name, filters) for name, filters in FIGURES.items())],
        targets=release.rows(_TARGETS) if has_view(release, "desk_zone__bridge") else [],
        firms=release.rows(_TEN) if has_view(release, "desk_movers__signals") else [],
        changes=[
            _change(movers, row) for row in release.rows("select change, zh, en from desk_ref_changes order by seq")
        ],
    )


def _address(filters: Filters) -> str:
    """The address of a list below the path of its page."""
    return f"?{urlencode({name: value for name, value in vars(filters).items() if value})}"


def _figure(movers: MoverList, name: str, filters: Filters) -> Row:
    return {"name": name, "value": movers.count(filters), "address": _address(filters)}


def _change(movers: MoverList, row: Row) -> Row:
    filters = Filters(change=row["change"])
    return {**row, "firms": movers.count(filters), "address": _address(filters)}


def _held(movers: MoverList) -> Row:
    """The firms that hold a title: all but those that hold none."""
    without = Filters(held=NONE)
    value = movers.count(Filters()) - movers.count(without)
    return {"name": "all_held", "value": value, "address": f"? − {_address(without)}"}
