"""The day of the user, from the casebook: own firms, promises and plans, replies awaited, contests, contacts made."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from service.casework.changes_since import since
from service.casework.last_seen import LastSeen, last_seen
from service.queries.cases.case_lists import CaseFilters, listed
from service.queries.today.today_rules import today_rules
from service.wording.shown_moments import local_day
from warehouse.casebook.book import Book
from warehouse.casebook.events import name_of
from warehouse.casebook.folds import contest, task, visit
from warehouse.casebook.people.owned import firms_of
from warehouse.home import Home
from warehouse.models.working_days import day_after, left
from warehouse.release.desk.desk import Kind
from warehouse.release.releases import Reader
from warehouse.rows import Row

_NAMED = "select firm_id, name from desk_firm where list_contains($1::varchar[], firm_id)"
_PLACE = "select place from desk_run__summary"
DECIDED = ("accepted", "declined")


class Day:
    """What waits for an account on a day; rows of firms that the reader does not have are left out."""

    def __init__(self, home: Home, reader: Reader, today: date, who: str) -> None:
        self._home, self._reader, self.today, self._who = home, reader, today, who
        self._book = Book(home)
        self._is_there = self._book.store.exists()

    def own_firms(self) -> list[str]:
        """The firms that are assigned to the user, as owner or deputy."""
        if not self._is_there:
            return []
        with self._book.store.read() as con:
            return list(firms_of(con, self._who))

    def last_seen(self) -> LastSeen | None:
        """When the user last marked today as seen; None before the first time."""
        return last_seen(self._home, self._who)

    def since(self, seen: LastSeen, reach: tuple[Kind, Sequence[str]], firms: list[str] | None) -> list[Row] | None:
        """What changed of firms since a mark: see ``since.since``."""
        return since(self._home, seen.run_id, self._reader, reach, firms)

    def place(self) -> str:
        """The place of the release, whose calendar counts."""
        return str(self._reader.rows(_PLACE)[0]["place"])

    def promises(self, firms: Collection[str] | None) -> list[Row]:
        """Promises of both sides that are open, visits planned, and open tasks, first what is due first."""
        until = (self.today + timedelta(days=today_rules().promises.ahead_days)).isoformat()
        return [row for row in self.planned(firms) if row["by_on"] is None or row["by_on"] <= until]

    def planned(self, firms: Collection[str] | None) -> list[Row]:
        """As ``promises``, however far ahead."""
        return self._described([*self._of_visits(), *self._tasks()], firms)

    def replies(self, firms: Collection[str] | None) -> list[Row]:
        """Requests that are not closed and applications without a result, first what is due first."""
        rows = [
            {"thing": thing, "by_on": row.get("due_on") or row.get("closes_on"), **row}
            for thing in ("request", "application")
            for row in self._listed(thing)
        ]
        return self._described(rows, firms)

    def open_contests(self) -> list[Row]:
        """Undecided contests, first what is due first."""
        return self._described([{"thing": "contest", "by_on": row["due_on"], **row} for row in self._listed("contest")])

    def answered(self, firms: Collection[str] | None, seen: LastSeen | None) -> list[Row]:
        """Contests decided since today was last marked as seen, or in the last two weeks where there was none."""
        earliest = self.today - timedelta(days=today_rules().promises.ahead_days)
        since = (local_day(seen.at) if seen else earliest).isoformat()
        rows = [
            {"thing": "contest", "by_on": row["decided_on"], **row}
            for row in self._rows(contest.TABLE)
            if row["state"] in DECIDED and row["decided_on"] >= since
        ]
        return self._described(rows, firms)

    def contacted(self) -> dict[str, Row]:
        """The firms that were visited or called and have a day to come: ``last_on`` and ``next_on`` by firm."""
        matching: dict[str, Row] = {}
        today = self.today.isoformat()
        for row in self._rows(visit.TABLE):
            if row["next_on"] and row["next_on"] > today:
                _keep_nearest(matching, row["firm_id"], row["visited_on"], row["next_on"])
        for row in self._rows(task.TABLE):
            if row["state"] == "open" and row["duty"] is None and row["due_on"] and row["due_on"] > today:
                _keep_nearest(matching, row["firm_id"], None, row["due_on"])
        return matching

    def next_days(self) -> dict[str, date]:
        """The next day that is proposed for each outcome of a contact."""
        place = self.place()
        return {
            name: day_after(place, self.today, outcome.next_days) for name, outcome in today_rules().outcomes.items()
        }

    def _of_visits(self) -> list[Row]:
        visits = self._rows(visit.TABLE)
        newest = {row["firm_id"]: row for row in sorted(visits, key=lambda row: (row["visited_on"], row["seq"]))}
        planned = [
            {"firm_id": row["firm_id"], "thing": "next_visit", "what": row["note"], "by_on": row["next_on"]}
            for row in newest.values()
            if row["next_on"]
        ]
        return planned + [_promise(row, side, item) for row in visits for side in visit.SIDES for item in row[side]
                          if item["kept_on"] is None]  # fmt: skip

    def _tasks(self) -> list[Row]:
        return [{"thing": "task", "by_on": row["start_by"] or row["due_on"], **row} for row in self._listed("task")]

    def _listed(self, thing: str) -> list[Row]:
        return listed(self._home, thing, self.today, CaseFilters()) if self._is_there else []

    def _rows(self, table: Any) -> list[Row]:
        return self._book.rows(table) if self._is_there else []

    def _described(self, rows: Sequence[Row], firms: Collection[str] | None = None) -> list[Row]:
        """The rows in the scope, and of these firms where given, with the name of the firm and working days left."""
        named = {row["firm_id"]: row["name"] for row in self._reader.rows(_NAMED, [[row["firm_id"] for row in rows]])}
        place = self.place()
        shown = [
            {**row, "name": named[row["firm_id"]], "left": _left(place, self.today, row["by_on"])}
            for row in rows
            if row["firm_id"] in named and (firms is None or row["firm_id"] in firms)
        ]
        return sorted(shown, key=lambda row: (row["by_on"] is None, row["by_on"] or "", row["firm_id"]))


def _promise(row: Row, side: str, item: Row) -> Row:
    number = name_of(row["stream"])
    return {
        "firm_id": row["firm_id"],
        "thing": side,
        "what": item["what"],
        "by_on": item["by_on"],
        "number": number,
        "place": row[side].index(item) + 1,
    }


def _left(place: str, today: date, day: str | None) -> int | None:
    return None if day is None else left(place, today, date.fromisoformat(day))


def _keep_nearest(matching: dict[str, Row], firm_id: str, last_on: str | None, next_on: str) -> None:
    known = matching.get(firm_id, {"last_on": None, "next_on": next_on})
    last = max(filter(None, (known["last_on"], last_on)), default=None)
    matching[firm_id] = {"last_on": last, "next_on": min(known["next_on"], next_on)}
