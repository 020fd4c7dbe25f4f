"""Contests of the scope for who decides them: what each claims, what would change, and the decision with its reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

from service.case_rules import case_rules
from service.decisions import contests
from service.decisions.signed import Signed
from service.queries.case_lists import Wanted, listed
from service.scope import Scope
from tiers.schema.facts import label
from warehouse.errors import BadInput
from warehouse.home import Home

Row = dict[str, Any]
DECISIONS = {"accept": contests.accept, "decline": contests.decline}


class Contesting:
    """The contests of a home for who asks; ``seen`` leaves the rows of the scope."""

    def __init__(self, home: Home, scope: Scope, today: date, seen: Callable[[list[Row]], list[Row]]) -> None:
        self._home, self._scope, self._today, self._seen = home, scope, today, seen

    @property
    def may_decide(self) -> bool:
        """Whether the role of who asks decides contests."""
        return self._scope.may("edit") and self._scope.role in case_rules().decide_contests.roles

    def rows(self, with_ended: bool = False) -> list[Row]:
        """The contests with their fact in words, first what is due first."""
        rows = self._seen(listed(self._home, "contest", self._today, Wanted(with_ended=with_ended)))
        return [{**row, **{f"fact_{lang}": label(row["fact"], lang) for lang in ("zh", "en")}} for row in rows]

    def decide(self, number: str, decision: str, signed: Signed) -> None:
        """Accept or decline a contest of the scope; raises ``BadInput`` for who may not, and as the decisions."""
        if not self.may_decide:
            raise BadInput("异议由统计员处理", "contests are decided by the statistician")
        if number not in {row["number"] for row in self.rows(with_ended=True)}:
            raise BadInput(f"没有这项异议：{number}", f"there is no contest {number}")
        DECISIONS[decision](self._home, number, signed)
