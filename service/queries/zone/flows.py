"""Flows between rungs from one day to another: how many firms moved from where to where, and which."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from service.queries.zone.any_days import TRANSITIONS, require_known, standing
from service.queries.zone.flow_cells import without_small
from warehouse.database.build import Database, Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases
from warehouse.rows import Row


@dataclass(frozen=True)
class Days:
    """The two days, each that of the release where it is left out, and the run whose knowledge answers."""

    since: date | None = None
    until: date | None = None
    run_id: str | None = None


def matrix(home: Home, days: Days, *, outside: bool = False) -> list[Row]:
    """One row a pair of states, zero included, as in ``mart_zone__transitions``; with ``outside`` small cells are None.

    Raises ``BadInput`` for days of which no list is known.
    """
    with _asked(home, days) as database:
        rows = database.rows(f"from {TRANSITIONS} order by from_seq, to_seq")
    if outside:
        return without_small(rows, _fewest(home, days))
    return rows


def firms_between(home: Home, days: Days, from_state: str, to_state: str) -> list[Row]:
    """The firms of one cell by name: firm_id, name, from_state, to_state; raises ``BadInput`` for an unknown state."""
    with _asked(home, days) as database:
        states = database.column("select state from ref_states order by seq")
        for state in (from_state, to_state):
            if state not in states:
                listed = ", ".join(states)
                raise BadInput(f"没有状态 {state}；有 {listed}", f"there is no state {state}; there are {listed}")
        has_firms = f"select firms > 0 from {TRANSITIONS} where from_state = $1 and to_state = $2"  # noqa: S608
        return (
            database.rows(_FIRMS, [from_state, to_state]) if database.value(has_firms, [from_state, to_state]) else []
        )


_FIRMS = """
select firm.firm_id, firm.name, before.state as from_state, now.state as to_state
from core_firm__rung_on as now
inner join core_firm__rung_on as before using (firm_id)
inner join parameter on now.day = parameter.day and before.day = parameter.previous_day
inner join core_firm as firm using (firm_id)
where before.state = case when $1 = 'unknown' then 'none' else $1 end
    and now.state = case when $2 = 'unknown' then 'none' else $2 end
order by firm.name, firm.firm_id
"""
"""Of firms that no list names it is unknown on a day for all or for none whether they hold a rung."""


@contextmanager
def _asked(home: Home, days: Days) -> Iterator[Database]:
    """The tables for the days: of the release where it has them, else built in memory from its lists."""
    release = _release(home, days)
    with Snapshot.open(release) as snapshot:
        ((day, previous_day),) = snapshot.tuples("select day, previous_day from parameter")
        since, until = days.since or previous_day, days.until or day
        require_known(snapshot, since, until, day)
        if (since, until) == (previous_day, day) and snapshot.has_table(TRANSITIONS):
            yield snapshot
            return
    with standing(release, since, until) as build:
        yield build


def _release(home: Home, days: Days) -> Path:
    return releases.of_run(home, days.run_id) if days.run_id else releases.current(home)


def _fewest(home: Home, days: Days) -> int:
    with Snapshot.open(_release(home, days)) as snapshot:
        return int(snapshot.value("select fewest_firms from ref_disclosure"))
