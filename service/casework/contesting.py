"""Contests of the scope for those who decide them: what each claims, and what would change."""

from collections.abc import Callable

from service.case_rules import case_rules
from service.casework.contest_acts import DECIDE
from service.queries.cases.corrections import corrections_of
from service.scope import Scope
from tiers.schema.facts import label
from warehouse.casebook.book import Book
from warehouse.casebook.folds import contest
from warehouse.home import Home
from warehouse.release.releases import Reader
from warehouse.rows import Row


class Contesting:
    """The contests of the scope that ``listed`` gives by ``"contest"`` and ``with_ended``, for the user."""

    def __init__(self, home: Home, reader: Reader, scope: Scope, listed: Callable[..., list[Row]]) -> None:
        self._home, self._reader, self._scope, self._listed = home, reader, scope, listed

    @property
    def may_decide(self) -> bool:
        """Whether the role of the user decides contests."""
        return self._scope.may("edit") and self._scope.role in case_rules().may[DECIDE].roles

    def rows(self, *, with_ended: bool = False) -> list[Row]:
        """The contests with their fact in words, first what is due first.

        ``correction`` is what became of that of an accepted one (see ``corrections_of``), else None; ``kept_out`` the
        findings by which its row would wait and ``money_unit`` that of its file, as when it was raised.
        """
        rows = self._listed("contest", with_ended=with_ended)
        corrections = corrections_of(self._home, self._reader, rows)
        raised = {event.name: event.content for event in Book(self._home).events(kinds=[contest.RAISED])}
        return [
            {
                **row,
                **{f"fact_{lang}": label(row["fact"], lang) for lang in ("zh", "en")},
                "correction": corrections.get(row["number"]),
                "kept_out": raised.get(row["number"], {}).get("kept_out", []),
                "money_unit": raised.get(row["number"], {}).get("money_unit"),
            }
            for row in rows
        ]
