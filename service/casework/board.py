"""The pool as a board: members by state with the steps each may take now, why not another, and a list that enters."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.display import Ahead, display
from service.queries.cases import pool
from service.queries.cases.memberships import memberships
from service.queries.cases.owners import owners
from service.queries.cases.pool_situations import Act, pool_here, reasons, situations
from tiers.cultivation.schema import Step
from warehouse.home import Home
from warehouse.release.releases import Published, Reader
from warehouse.rows import Row

_SEEN = "select firm_id from desk_firm where list_contains($1::varchar[], firm_id)"
_GIVING = (
    "select given.firm_id, firm.name, firm.acting, given.reason_zh, given.reason_en, given.designation"
    " from desk_movers__signals as given inner join desk_movers__firms as firm on given.firm_id = firm.firm_id"
    " where given.signal = $1 and given.designation = $2"
    " order by given.gap nulls last, firm.held_rank desc nulls last, given.firm_id"
)
_CHOICES = (
    "select given.signal, given.designation, kind.zh as signal_zh, kind.en as signal_en,"
    " title.zh as title_zh, title.en as title_en, count(*) as firms"
    " from desk_movers__signals as given inner join desk_ref_signals as kind on given.signal = kind.signal"
    " inner join desk_ref_designations as title on given.designation = title.designation"
    " where list_contains($1::varchar[], given.signal)"
    " group by all order by any_value(kind.seq), any_value(title.rank) nulls last, given.designation"
)
ENTRANCES = ("near_miss", "newly_eligible", "blocked", "near_miss_for_years", "eligible_not_applied")
"""The signals whose firms there is something to cultivate in."""


@dataclass(frozen=True)
class MemberFilters:
    """Which members: in a state, for a title, of who acts, due before today or within so many days."""

    state: str = ""
    designation: str = ""
    owner: str = ""
    due: str = ""


DUE: tuple[Ahead, ...] = ("late", "month", "quarter")
"""The choices of the filter ``due``."""


class Board:
    """The pool of a home, for the user, through a reader of the same scope."""

    def __init__(self, home: Home, reader: Reader, role: str, today: date) -> None:
        self._home, self._reader, self._role, self._today = home, reader, role, today

    def states(self) -> list[Row]:
        """The states of a member in their order, with words; those that end a stay are left out."""
        with Published(self._home).at_once() as release:
            definition = pool_here(release, self._today)
        return [
            {"state": name, "phase": state.phase, "zh": state.zh, "en": state.en}
            for name, state in definition.states.items()
            if not state.ends
        ]

    def members(self) -> list[Row]:
        """The members in the scope, first what is due first, each with who acts for it and the version it has."""
        acting = {row["firm_id"]: row["acting"] for row in owners(self._home, self._today)}
        rows = self._inside()
        return [{**row, "acting": acting.get(row["firm_id"])} for row in rows]

    def _inside(self) -> list[Row]:
        rows = pool.members(self._home, self._today)
        named = {row["firm_id"] for row in self._reader.rows(_SEEN, [[row["firm_id"] for row in rows]])}
        return [row for row in rows if row["firm_id"] in named]

    def chosen(self, members: Sequence[Mapping[str, Any]], wanted: MemberFilters) -> list[Mapping[str, Any]]:
        """The members that the filters leave."""
        return [row for row in members if self._passes(row, wanted)]

    def _passes(self, row: Mapping[str, Any], wanted: MemberFilters) -> bool:
        is_named = all(
            not value or row[name] == value
            for name, value in (
                ("state", wanted.state), ("designation", wanted.designation), ("acting", wanted.owner),
            )
        )  # fmt: skip
        within = next((name for name in DUE if name == wanted.due), None)
        if not is_named or within is None:
            return is_named
        days = None if row["due_on"] is None else (row["due_on"] - self._today).days
        return days is not None and (days < 0 if within == "late" else days <= display().ahead_days[within])

    def steps(self, members: Sequence[Mapping[str, Any]]) -> dict[str, list[Row]]:
        """By firm, the steps that lead on from its state, each with the papers it needs and why it may not be taken."""
        known = memberships(self._home)
        groups: dict[str, list[Any]] = defaultdict(list)
        for row in members:
            groups[row["designation"]].append(known[row["firm_id"]])
        matching: dict[str, list[Row]] = {}
        with Published(self._home).at_once() as release:
            definition = pool_here(release, self._today)
            for designation, group in groups.items():
                act = Act(self._role, self._today)
                worded = situations(release, definition, group, designation, act)
                for firm_id, situation in worded.items():
                    matching[firm_id] = [
                        {
                            "step": name, "zh": step.zh, "en": step.en, "asks_ground": step.asks_ground,
                            "version": known[firm_id].version,
                            "papers": [need.paper for need in step.needs if need.paper],
                            "reasons": (against := [vars(reason) for reason in reasons(definition, name, situation)]),
                            "can_be_given": _can_be_given(step, against),
                        }
                        for name, step in definition.steps.items()
                        if situation.state in step.from_
                    ]  # fmt: skip
        return matching

    def papers(self) -> Mapping[str, Row]:
        """The words of every paper and ground of the pool: ``papers`` and ``grounds`` by id."""
        with Published(self._home).at_once() as release:
            definition = pool_here(release, self._today)
        parts = {"papers": definition.papers, "grounds": definition.grounds}
        return {
            name: {key: {"zh": words.zh, "en": words.en} for key, words in part.items()} for name, part in parts.items()
        }

    def entrances(self) -> list[Row]:
        """The signals and titles by which firms of the scope could enter, with how many give each."""
        return self._reader.rows(_CHOICES, [list(ENTRANCES)])

    def giving(self, signal: str, designation: str) -> list[Row]:
        """The firms of the scope that give a signal about a title and are not in the pool, the nearest first."""
        inside = {row["firm_id"] for row in self._inside()}
        return [row for row in self._reader.rows(_GIVING, [signal, designation]) if row["firm_id"] not in inside]


def _can_be_given(step: Step, against: Sequence[Row]) -> bool:
    """Whether nothing stands against a step but what its form asks for: papers, and the ground for leaving."""
    asked = {"ground", *(need.id for need in step.needs if need.paper)}
    return all(reason["need"] in asked for reason in against)
