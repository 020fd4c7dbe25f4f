"""Contests of the scope for who decides them: what each claims, and what would change."""

from collections.abc import Callable
from typing import Any

from service.case_rules import case_rules
from service.casework.contest_acts import DECIDE
from service.scope import Scope
from tiers.schema.facts import label

Row = dict[str, Any]


class Contesting:
    """The contests that ``listed`` gives, with or without those that ended, for who asks."""

    def __init__(self, scope: Scope, listed: Callable[[bool], list[Row]]) -> None:
        self._scope, self._listed = scope, listed

    @property
    def may_decide(self) -> bool:
        """Whether the role of who asks decides contests."""
        return self._scope.may("edit") and self._scope.role in case_rules().may[DECIDE].roles

    def rows(self, *, with_ended: bool = False) -> list[Row]:
        """The contests with their fact in words, first what is due first."""
        rows = self._listed(with_ended)
        return [{**row, **{f"fact_{lang}": label(row["fact"], lang) for lang in ("zh", "en")}} for row in rows]
