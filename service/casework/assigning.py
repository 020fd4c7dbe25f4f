"""Who owns which firm, with what they have to do; assigning, handing over and leave, for who may, with a preview."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from service.decisions import assignments
from service.decisions.assignment_rules import Rule, rules_of
from service.decisions.assignments import Officers
from service.decisions.signed import Signed
from service.queries.case_lists import STILL_OPEN, Wanted, listed, open_of
from service.queries.owners import on_leave, owners, without_owner
from service.scope import Scope
from warehouse.errors import BadInput
from warehouse.home import Home

Row = dict[str, Any]
Fields = Mapping[str, str]
Seen = Callable[[list[Row]], list[Row]]


class Assigning:
    """The assignments of a home for who asks; ``seen`` leaves the rows of the scope."""

    def __init__(self, home: Home, scope: Scope, today: date, seen: Seen) -> None:
        self._home, self._scope, self._today, self._seen = home, scope, today, seen

    @property
    def may_assign(self) -> bool:
        """Whether who asks gives firms to others: whoever edits cases of the whole zone."""
        return self._scope.may("edit") and self._scope.kind == "zone"

    def load(self) -> list[Row]:
        """By owner: firms, firms acted for, open things, and how many of those are past their day."""
        owned = self._seen(owners(self._home, self._today))
        firms = Counter(row["owner"] for row in owned)
        acted = Counter(row["acting"] for row in owned if row["acting"])
        things = [row for thing in STILL_OPEN for row in self._seen(listed(self._home, thing, self._today, Wanted()))]
        opened = Counter(row["acting"] for row in things)
        late = Counter(row["acting"] for row in things if (row["days_left"] or 0) < 0)
        names = sorted({*firms, *acted, *filter(None, opened)})
        return [
            {"owner": name, "firms": firms[name], "acting": acted[name], "open": opened[name], "late": late[name]}
            for name in names
        ]

    def unowned(self) -> list[Row]:
        """The firms of the scope that exist and nobody owns."""
        return self._seen(without_owner(self._home))

    def away(self) -> list[Row]:
        """The periods of leave that have not ended."""
        return on_leave(self._home, self._today)

    def rules(self) -> list[Rule]:
        """The rules of the zone; none where it has written none."""
        try:
            return list(rules_of(self._home))
        except BadInput:
            return []

    def preview(self, former: str) -> tuple[list[Row], list[Row]]:
        """What a hand-over would take along: the firms of an owner, and what is open about them."""
        owned = self._seen(owners(self._home, self._today, owner=former.strip()))
        return owned, open_of(self._home, {row["firm_id"] for row in owned}, self._today)

    def do(self, act: str, fields: Fields, signed: Signed) -> int:
        """Assign a firm, all by rule, hand over, or take leave; how many events that made.

        Raises ``BadInput`` for who may not, and as the decisions, ``KeyError`` for an act there is not.
        """
        if not self.may_assign:
            raise BadInput("只有负责全区的人可以分派", "only who works for the whole zone assigns firms")
        return len(_ACTS[act](self._home, fields, signed))


def _assign(home: Home, fields: Fields, signed: Signed) -> list[Any]:
    officers = Officers(fields.get("to", ""), fields.get("deputy"))
    return [assignments.assign(home, _required(fields, "firm"), officers, signed)]


def _hand_over(home: Home, fields: Fields, signed: Signed) -> list[Any]:
    officers = Officers(fields.get("to", ""), fields.get("deputy"))
    return assignments.hand_over(home, _required(fields, "former"), officers, signed)


def _leave(home: Home, fields: Fields, signed: Signed) -> list[Any]:
    first_on, last_on = _day(fields, "first_on"), _day(fields, "last_on")
    officer, deputy = _required(fields, "officer"), fields.get("deputy", "")
    return [assignments.take_leave(home, officer, first_on, last_on, deputy, signed)]


def _required(fields: Fields, name: str) -> str:
    value = fields.get(name, "").strip()
    if not value:
        raise BadInput("请填写全部必填项", "fill in every required field")
    return value


def _day(fields: Fields, name: str) -> date:
    text = _required(fields, name)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"日期应写作 2026-06-30：{text}", f"write a day as 2026-06-30, not {text}") from error


_ACTS: Mapping[str, Callable[[Home, Fields, Signed], list[Any]]] = {
    "assign": _assign,
    "by_rule": lambda home, _, signed: assignments.assign_all_by_rule(home, signed),
    "hand_over": _hand_over,
    "leave": _leave,
}
ACTS = tuple(_ACTS)
