"""Reads and writes cases within a scope: a firm out of it is as one that there is not."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.casework.acts import ACTS, Act, Sheet
from service.casework.assigning import Assigning
from service.casework.board import Board
from service.casework.calendar import AT_MOST as CALENDAR_ROWS
from service.casework.calendar import counts, listing
from service.casework.contesting import Contesting
from service.casework.day import Day
from service.casework.looks import Look, last_look, look
from service.casework.since import since
from service.decisions.case_events import row_of
from service.decisions.signed import Signed
from service.people.moments import Clock
from service.queries import pool
from service.queries.case import case, history
from service.queries.case_lists import STILL_OPEN, Wanted, listed
from service.queries.due import Asked, dated
from service.queries.memberships import membership_of
from service.queries.pool_situations import Act as PoolAct
from service.queries.units import suspected_reports
from service.scope import Scope
from tiers.cultivation.schema import OUTSIDE
from tiers.schema.ladder import ladder
from warehouse.casebook.book import Book
from warehouse.casebook.events import as_json
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality.unit_guard.factors import PROPOSED
from warehouse.release.held import held
from warehouse.release.releases import Reader

Row = dict[str, Any]
CALENDAR_DAYS = 400
"""How far ahead a calendar file looks: a year of duties, and the month after it."""
LONGEST = 4000
"""Signs of a field: two pages of notes of a visit; a longer text is refused, never cut."""
_FIRM = "select firm_id from desk_firm where firm_id = $1"
_NAME = "select name from desk_firm where firm_id = $1"
_SEEN = "select firm_id from desk_firm where list_contains($1::varchar[], firm_id)"


@dataclass(frozen=True)
class Typed:
    """A form that is sent: the act, its fields, the number the form was drawn with, and the versions it showed."""

    act: str
    fields: Mapping[str, str]
    request: str
    versions: Mapping[str, int] = field(default_factory=dict)
    """By the number of a thing; that of the membership is under ``pool``."""


class Casework:
    """The cases of a home, for who asks, through a reader of the same scope."""

    def __init__(self, home: Home, scope: Scope, reader: Reader, clock: Clock) -> None:
        self._home, self._scope, self._reader, self._clock = home, scope, reader, clock

    @property
    def today(self) -> date:
        """The day by which days left are counted, in local time."""
        return self._clock().astimezone().date()

    @property
    def may_edit(self) -> bool:
        """Whether forms are drawn, and taken."""
        return self._scope.may("edit")

    def require_edit(self) -> None:
        """Raise ``BadInput`` for who may not edit."""
        if not self.may_edit:
            raise BadInput("您的角色不能办理，只能查看", "your role does not edit, it only sees")

    def case(self, firm_id: str) -> Row | None:
        """Everything of a firm with its history; None where there is no such firm in the scope."""
        if not self._reader.rows(_FIRM, [firm_id]):
            return None
        everything = case(self._home, firm_id, self.today)
        member = pool.member(self._home, firm_id, self.today)
        version = membership_of(self._home, firm_id).version
        return {**everything, "pool": member, "pool_version": version, "history": history(self._home, firm_id)}

    def name_of(self, firm_id: str) -> str | None:
        """The name of a firm; None where there is no such firm in the scope."""
        return next((str(row["name"]) for row in self._reader.rows(_NAME, [firm_id])), None)

    def titles(self) -> list[Row]:
        """The titles of the ladder, by ``designation``, in both languages."""
        return [{"designation": name, "zh": title.zh, "en": title.en} for name, title in ladder().items()]

    def steps(self, firm_id: str, member: Row | None) -> list[Row]:
        """Each step of a member of the pool, whether it may be taken now by who asks, and why not.

        For a firm outside the steps from there, which depend on the title it is to be cultivated for.
        """
        if member is None:
            return [row for row in pool.definition(self._home, self.today) if OUTSIDE in row["from"]]
        return pool.answers(self._home, firm_id, None, member["designation"], PoolAct(self._scope.role, self.today))

    def open(self, officer: str | None = None) -> dict[str, list[Row]]:
        """Tasks, requests, applications and contests that are open and in the scope, of one officer where named."""
        wanted = Wanted(officer=officer)
        return {thing: self._seen(listed(self._home, thing, self.today, wanted)) for thing in STILL_OPEN}

    def members(self) -> list[Row]:
        """The members of the pool in the scope, first what is due first."""
        return self._seen(pool.members(self._home, self.today))

    def day(self) -> Day:
        """What waits for who asks today."""
        return Day(self._home, self._reader, self.today, self._scope.who)

    def board(self) -> Board:
        """The pool as a board."""
        return Board(self._home, self._reader, self._scope.role, self.today, self._seen)

    def assigning(self) -> Assigning:
        """Who owns which firm."""
        return Assigning(self._home, self._scope, self.today, self._seen)

    def contesting(self) -> Contesting:
        """The contests, for who decides them."""
        return Contesting(self._home, self._scope, self.today, self._seen)

    def calendar(self, first: date, firms: list[str] | None) -> dict[date, Counter[str]]:
        """A month by day and kind: see ``calendar.counts``."""
        return counts(self._reader, self.day(), first, firms)

    def calendar_rows(
        self, span: tuple[date, date], firms: list[str] | None, at_most: int = CALENDAR_ROWS
    ) -> list[Row]:
        """What lies on the days of a span: see ``calendar.listing``."""
        return listing(self._reader, self.day(), span, firms, at_most)

    def calendar_file(self, firms: list[str] | None) -> bytes:
        """What is due of firms and what people planned for them, as an iCalendar file with alarms."""
        from warehouse.outputs.calendar_file import calendar_bytes  # of which no other question has need

        rows = dated(self._reader, Asked(CALENDAR_DAYS))
        published_at = self._reader.rows("select published_at from desk_run__summary")[0]["published_at"]
        plans = [
            {
                "uid": f"{row['thing']}-{row['firm_id']}-{row.get('number') or row['by_on']}-{row.get('place') or 0}",
                "on": date.fromisoformat(row["by_on"]),
                "name": row["name"],
                "what": row["what"],
            }
            for row in self.day().planned(firms)
            if row["by_on"]
        ]
        chosen = [row for row in rows if firms is None or row["firm_id"] in firms]
        return calendar_bytes(chosen, published_at, plans)

    def signed(self, request: str, why: str, version: int | None = None) -> Signed:
        """A form of who asks, sent now; ``request`` is the number it was drawn with."""
        return Signed(self._scope.who, why, self._clock(), version, request)

    def last_look(self) -> Look | None:
        """When who asks last said to have seen today; None before the first time."""
        return last_look(self._home, self._scope.who)

    def look(self, request: str) -> None:
        """Keep that who asks has seen what is new up to now."""
        run_id = str(self._reader.rows("select run_id from desk_run__summary")[0]["run_id"])
        look(self._home, self._scope.who, run_id, self._clock(), request)

    def since(self, seen: Look, firms: list[str] | None) -> list[Row] | None:
        """What changed of firms since a look: see ``since.since``."""
        return since(self._home, seen.run_id, self._reader, self._scope.sees, firms)

    def unit_suspects(self) -> int:
        """How many reports wait for a decision on their unit."""
        return sum(row.get("state") == PROPOSED for row in suspected_reports(self._home))

    def held_runs(self) -> list[str]:
        """The runs whose releases the publish gate holds."""
        return [release.run_id for release in held(self._home)]

    def do(self, firm_id: str, typed: Typed) -> None:
        """Do what a form says about a firm; the same form twice is done once.

        Raises ``BadInput`` for who may not edit, a firm out of the scope, a thing of another firm and as the decision
        itself, ``BothVersions`` where somebody else was faster, ``KeyError`` for an act there is not.
        """
        self.require_edit()
        if not self._reader.rows(_FIRM, [firm_id]):
            raise BadInput(f"没有这家企业：{firm_id}", f"there is no firm {firm_id}")
        act = ACTS[typed.act]
        _require_short(typed.fields)
        self._require_own(firm_id, act, typed.fields)
        act.run(Sheet(self._home, firm_id, self._scope, typed.fields, self._signed(typed)))

    def _require_own(self, firm_id: str, act: Act, fields: Mapping[str, str]) -> None:
        """What a form changes must be of the firm on the page, else the scope could be left by a number."""
        if act.fold is None:
            return
        number = fields.get("number", "")
        if not number or row_of(Book(self._home), act.fold, number)["firm_id"] != firm_id:
            raise BadInput("请选择要办理的一项", "choose what is to be done")

    def _signed(self, typed: Typed) -> Signed:
        why = typed.fields.get("why", "")
        thing = "pool" if typed.act == "step" else typed.fields.get("number", "")
        # a form that is sent again with other words is another one: nothing typed is taken for what was saved before
        typing = hashlib.sha256(as_json(typed.fields).encode()).hexdigest()[:16]
        request = f"{typed.request}:{typed.act}:{typing}"
        return Signed(self._scope.who, why, self._clock(), typed.versions.get(thing), request)

    def _seen(self, rows: list[Row]) -> list[Row]:
        firms = sorted({row["firm_id"] for row in rows})
        seen = {row["firm_id"] for row in self._reader.rows(_SEEN, [firms])} if firms else set()
        return [row for row in rows if row["firm_id"] in seen]


def _require_short(fields: Mapping[str, str]) -> None:
    for value in fields.values():
        if len(value) > LONGEST:
            raise BadInput(
                f"每项最多 {LONGEST} 字，有一项 {len(value)} 字：{value[:20]}…",
                f"a field takes {LONGEST} signs, this has {len(value)}: {value[:20]}…",
            )
