"""Who owns which firm and what they have to do; what a hand-over would take along."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from service.decisions.assignment_rules import Rule, rules_of
from service.queries.cases.case_lists import STILL_OPEN, CaseFilters, listed, open_of
from service.queries.cases.owners import on_leave, owners, without_owner
from service.scope import Scope
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.rows import Row

Seen = Callable[[list[Row]], list[Row]]


class Assigning:
    """The assignments of a home for the user; ``seen`` leaves the rows of the scope."""

    def __init__(self, home: Home, scope: Scope, today: date, seen: Seen) -> None:
        self._home, self._scope, self._today, self._seen = home, scope, today, seen

    @property
    def may_assign(self) -> bool:
        """Whether the user may assign firms to others: with the right to edit cases of the whole zone."""
        return self._scope.may("edit") and self._scope.kind == "zone"

    def load(self) -> list[Row]:
        """By owner: firms, firms acted for, open things, and how many of those are past their day."""
        owned = self._seen(owners(self._home, self._today))
        firms = Counter(row["owner"] for row in owned)
        acted = Counter(row["acting"] for row in owned if row["acting"])
        things = [
            row for thing in STILL_OPEN for row in self._seen(listed(self._home, thing, self._today, CaseFilters()))
        ]
        opened = Counter(row["acting"] for row in things)
        late = Counter(row["acting"] for row in things if (row["days_left"] or 0) < 0)
        names = sorted({*firms, *acted, *filter(None, opened)})
        return [
            {"owner": name, "firms": firms[name], "acting": acted[name], "open": opened[name], "late": late[name]}
            for name in names
        ]

    def unowned(self) -> list[Row]:
        """Living firms of the scope without an owner."""
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
