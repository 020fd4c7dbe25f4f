"""What the Monday meeting of the director needs: six figures, the targets, ten firms, movement; each with its list."""

from dataclasses import dataclass
from urllib.parse import urlencode

from service.queries.movers.mover_filters import Filters
from service.queries.movers.mover_list import MoverList
from service.queries.release.commands import bar_command, movers_command
from service.queries.release.tables import has_view
from service.queries.today.today_zone import FIGURES
from service.queries.zone.entered_targets import enter
from warehouse.errors import CasebookFailed
from warehouse.home import Home
from warehouse.release.releases import Reader
from warehouse.rows import Row

MOST_FIRMS = 10
LIST, BRIDGE = "/movers", "/targets"
"""The pages of the lists."""
_TEN = f"""
    select mover.firm_id, mover.name, mover.held_zh, mover.held_en, mover.acting, signal.signal_zh, signal.signal_en,
        signal.reason_zh, signal.reason_en, defined.do_zh, defined.do_en
    from desk_movers__signals as signal
    inner join desk_movers__firms as mover using (firm_id)
    inner join desk_ref_signals as defined on signal.signal = defined.signal
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
    """The run; figures, targets and changes, each with the ``address`` and the ``command`` of its list; firms.

    ``entered`` counts the targets that were entered since the run, None where the casebook cannot be read.
    """

    run: Row
    figures: list[Row]
    targets: list[Row]
    firms: list[Row]
    changes: list[Row]
    entered: int | None = 0


def pack(release: Reader, home: Home) -> Pack:
    """The pack of a release within its scope; targets are those of the whole zone, none in a narrower scope.

    Those that were entered since the run count as the pages count them.
    """
    entered = _entered(release, home)
    (run,) = release.rows("select run_id, day, previous_day, place, published_at from desk_run__summary")
    movers = MoverList(release, "firms")
    return Pack(
        run=run,
        figures=[_figure(movers, name, Filters(**filters)) for name, filters in FIGURES.items()],
        targets=list(map(_target, release.rows(_TARGETS))) if has_view(release, "desk_zone__bridge") else [],
        firms=release.rows(_TEN) if has_view(release, "desk_movers__signals") else [],
        changes=[
            _change(movers, row) for row in release.rows("select change, zh, en from desk_ref_changes order by seq")
        ],
        entered=entered,
    )


def _entered(release: Reader, home: Home) -> int | None:
    try:
        return len(enter(release, home))
    except CasebookFailed:
        return None


def _listed(filters: Filters) -> Row:
    """Where the list is, and the command that gives it."""
    query = urlencode({name: value for name, value in vars(filters).items() if value})
    return {"address": f"{LIST}?{query}", "command": movers_command(filters)}


def _figure(movers: MoverList, name: str, filters: Filters) -> Row:
    return {"name": name, "value": movers.count(filters), **_listed(filters)}


def _change(movers: MoverList, row: Row) -> Row:
    filters = Filters(change=row["change"])
    return {**row, "firms": movers.count(filters), **_listed(filters)}


def _target(row: Row) -> Row:
    query = urlencode({"measure": row["measure"], "year": row["year"], "bar": "total"})
    command = bar_command(row["measure"], row["year"], "total")
    return {**row, "address": f"{BRIDGE}?{query}", "command": command}
