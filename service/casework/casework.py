"""Reads and writes cases within a scope: a firm out of it is as one that there is not."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from service.case_rules import case_rules
from service.casework.acts import ACTS
from service.casework.assigning import Assigning
from service.casework.board import Board
from service.casework.contest_acts import claim_of
from service.casework.contesting import Contesting
from service.casework.day import Day
from service.casework.form import Act, Fields, SentForm
from service.casework.last_seen import mark_seen
from service.casework.month import Month
from service.casework.study import Study
from service.casework.undo_act import with_withdrawal
from service.decisions.case_events import row_of
from service.decisions.contests import preview
from service.decisions.firms import is_seen, require_seen
from service.decisions.pool import Refused, Steps
from service.decisions.signed import Signed
from service.queries.cases import pool
from service.queries.cases.case import case, history, visits
from service.queries.cases.case_lists import STILL_OPEN, CaseFilters, listed
from service.queries.cases.memberships import membership_of
from service.queries.cases.pool_situations import Act as PoolAct
from service.queries.firm.firm_lookup import find_firm
from service.scope import Scope
from service.wording.shown_moments import local_day
from tiers.cultivation.schema import OUTSIDE
from tiers.schema.ladder import ladder
from warehouse.casebook.book import Book
from warehouse.casebook.events import Event, as_json
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.machine.clock import Clock
from warehouse.release.releases import DeskHome, Reader
from warehouse.rows import Row

LONGEST = 4000
"""Signs of a field: two pages of notes of a visit; a longer text is refused, never cut."""
_SEEN = "select firm_id from desk_firm where list_contains($1::varchar[], firm_id)"


@dataclass(frozen=True)
class CaseForm:
    """A form that is sent: the act, its fields, the number the form was drawn with, and the versions it showed."""

    act: str
    fields: Fields
    request: str
    versions: Mapping[str, int] = field(default_factory=dict)
    """By the number of a thing; that of the membership is under ``pool``, that of the assignment under ``owner``."""
    files: Sequence[Path] = ()
    """Proofs that came with it."""


@dataclass(frozen=True)
class Done:
    """What became of a form: its events, whether the same form had been sent before, and firms that were refused."""

    events: list[Event]
    is_repeat: bool = False
    refused: Sequence[Refused] = ()

    @classmethod
    def of(cls, result: Event | list[Event] | Steps) -> "Done":
        """What an act gave."""
        if isinstance(result, Steps):
            return cls(result.events, refused=result.refused)
        return cls(result if isinstance(result, list) else [result])


class UsedBefore(BadInput):
    """The number of a form was used for another one."""


class NotAllowed(BadInput):
    """The role of the user does not do this."""


class Casework:
    """The cases of a home, for the user, through a reader of the same scope."""

    def __init__(self, home: Home, scope: Scope, reader: Reader, clock: Clock) -> None:
        self._home, self._scope, self._reader, self._clock = DeskHome(home.root, reader), scope, reader, clock

    @property
    def today(self) -> date:
        """The day by which days left are counted, in local time."""
        return local_day(self._clock())

    @property
    def may_edit(self) -> bool:
        """Whether forms are drawn, and taken."""
        return self._scope.may("edit")

    def case(self, firm_id: str) -> Row | None:
        """Everything of a firm with its history; None where there is no such firm in the scope."""
        if not is_seen(self._home, firm_id):
            return None
        everything = case(self._home, firm_id, self.today)
        member = pool.member(self._home, firm_id, self.today)
        version = membership_of(self._home, firm_id).version
        events = with_withdrawal(history(self._home, firm_id), self._scope)
        return {**everything, "pool": member, "pool_version": version, "history": events}

    def study(self, firm_id: str) -> Study | None:
        """What is worked out about a firm; None where there is no such firm in the scope."""
        return Study(self._home, firm_id, self.today) if is_seen(self._home, firm_id) else None

    def titles(self) -> list[Row]:
        """The titles of the ladder, by ``designation``, in both languages."""
        return [{"designation": name, "zh": title.zh, "en": title.en} for name, title in ladder().items()]

    def steps(self, firm_id: str, member: Row | None) -> list[Row]:
        """Each step of a member of the pool, whether it may be taken now by the user, and why not.

        For a firm outside the steps from there, which depend on the title it is to be cultivated for.
        """
        if member is None:
            return [row for row in pool.definition(self._home, self.today) if OUTSIDE in row["from"]]
        return pool.answers(self._home, firm_id, None, member["designation"], PoolAct(self._scope.role, self.today))

    def things(self, thing: str, officer: str | None = None, with_ended: bool = False) -> list[Row]:
        """The rows of a thing of ``STILL_OPEN`` in the scope, of one officer where named, first what is due first."""
        return self._seen(listed(self._home, thing, self.today, CaseFilters(officer=officer, with_ended=with_ended)))

    def visits(self) -> list[Row]:
        """The visits to the firms of the scope, the newest first."""
        return self._seen(visits(self._home))

    def open(self, officer: str | None = None) -> dict[str, list[Row]]:
        """Tasks, requests, applications and contests that are open and in the scope, of one officer where named."""
        return {thing: self.things(thing, officer) for thing in STILL_OPEN}

    def members(self) -> list[Row]:
        """The members of the pool in the scope, first what is due first."""
        return self._seen(pool.members(self._home, self.today))

    def preview(self, firm_id: str, fields: Fields) -> Row:
        """What a contest would change, see ``contests.preview``; raises ``BadInput`` as ``do``."""
        require_seen(self._home, firm_id)
        return preview(self._home, claim_of(SentForm(self._home, firm_id, self._scope, fields, self._unsigned())))

    def day(self) -> Day:
        """What waits for the user today."""
        return Day(self._home, self._reader, self.today, self._scope.who)

    def board(self) -> Board:
        """Members of the pool by state, with the steps that the role may take."""
        return Board(self._home, self._reader, self._scope.role, self.today)

    def assigning(self) -> Assigning:
        """Who owns which firm."""
        return Assigning(self._home, self._scope, self.today, self._seen)

    def contesting(self) -> Contesting:
        """The contests, for those who decide them."""
        return Contesting(self._home, self._reader, self._scope, self.things)

    def month(self) -> Month:
        """What lies on which day."""
        return Month(self._reader, self.day())

    def mark_seen(self, request: str) -> None:
        """Keep that the user has seen what is new up to now."""
        run_id = str(self._reader.rows("select run_id from desk_run__summary")[0]["run_id"])
        mark_seen(self._home, self._scope.who, run_id, self._clock(), request)

    def firm_named(self, words: str) -> Row:
        """The firm of the scope that these words name, by ``firm_id`` and ``name``; raises ``BadInput``."""
        return find_firm(self._reader, words)

    def do(self, firm_id: str, typed: CaseForm) -> Done:
        """Do what a form asks about a firm, empty for an act about several; the same form twice is done once.

        Raises ``BadInput`` for who may not edit, a firm out of the scope, a thing of another firm and as the decision
        itself, ``BothVersions`` where somebody else was faster, ``KeyError`` for an act there is not.
        """
        act = ACTS[typed.act]
        self._require_may(act)
        if not act.is_of_firms:
            require_seen(self._home, firm_id)
        _require_short(typed.fields)
        signed = self._signed(typed, act)
        if earlier := Book(self._home).requested(signed.request or ""):
            return Done(earlier, is_repeat=True)
        self._require_own(firm_id, act, typed.fields)
        return Done.of(act.run(SentForm(self._home, firm_id, self._scope, typed.fields, signed, typed.files)))

    def require_new(self, typed: CaseForm) -> None:
        """Raise ``UsedBefore`` where the number of the form was used for another act or other fields."""
        request, book = self._signed(typed, ACTS[typed.act]).request or "", Book(self._home)
        if book.requested(f"{typed.request}:") and not book.requested(request):
            raise UsedBefore(
                "该编号已用于另一次提交；请换一个", "this number was used for another form: take a new one"
            )

    def _require_may(self, act: Act) -> None:
        if not self.may_edit:
            raise NotAllowed("您的角色不能办理，只能查看", "your role does not edit, it only sees")
        may = case_rules().may[act.right] if act.right else None
        if may and self._scope.role not in may.roles:
            raise NotAllowed(f"您的角色不能办理此项：{may.because_zh}", f"your role does not do this: {may.because_en}")

    def _require_own(self, firm_id: str, act: Act, fields: Fields) -> None:
        """What a form changes must be of the firm on the page, else the scope could be left by a number."""
        if act.fold is None:
            return
        number = str(fields.get("number") or "")
        if not number or row_of(self._home, act.fold, number)["firm_id"] != firm_id:
            raise BadInput("请选择要办理的一项", "choose what is to be done")

    def _unsigned(self) -> Signed:
        return Signed(self._scope.who, "", self._clock())

    def _signed(self, typed: CaseForm, act: Act) -> Signed:
        why, version = str(typed.fields.get("why") or ""), typed.versions.get(act.seen_as(typed.fields))
        # a form that is sent again with other words is another one: nothing typed is taken for what was saved before
        typing = hashlib.sha256(as_json(typed.fields).encode()).hexdigest()[:16]
        return Signed(self._scope.who, why, self._clock(), version, f"{typed.request}:{typed.act}:{typing}")

    def _seen(self, rows: list[Row]) -> list[Row]:
        firms = sorted({row["firm_id"] for row in rows})
        seen = {row["firm_id"] for row in self._reader.rows(_SEEN, [firms])} if firms else set()
        return [row for row in rows if row["firm_id"] in seen]


def _require_short(fields: Any) -> None:
    """Raise ``BadInput`` for a text that is too long, or that a database refuses; in whatever it is contained."""
    if isinstance(fields, Mapping):
        fields = list(fields.values())
    if isinstance(fields, list | tuple):
        for value in fields:
            _require_short(value)
    if not isinstance(fields, str):
        return
    if len(fields) > LONGEST:
        raise BadInput(
            f"每项最多 {LONGEST} 字，有一项 {len(fields)} 字：{fields[:20]}…",
            f"a field takes {LONGEST} signs, this has {len(fields)}: {fields[:20]}…",
        )
    if "\0" in fields:
        raise BadInput("有一项含不能保存的字符，请重新输入", "a field has a sign that cannot be stored: type it again")
