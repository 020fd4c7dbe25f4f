"""The page of today: what waits for an officer, an incubator, a director and a statistician, within their scope."""

from dataclasses import dataclass

from service.alerts.current import Alert, alerts
from service.alerts.sent import sent_to
from service.alerts.triggers import AlertContext
from service.casework import Casework
from service.casework.day import Day
from service.casework.last_seen import LastSeen
from service.casework.suspects import unit_suspects
from service.people.installation import People
from service.queries.release.records import Listed
from service.queries.today import today as blocks
from service.queries.today import today_zone as zone
from service.queries.today.today import Whose
from service.queries.today.today_rules import today_rules
from service.queries.zone.entered_targets import enter
from service.scope import Scope
from warehouse.home import Home
from warehouse.release.held import held
from warehouse.release.releases import Reader
from warehouse.rows import Row

AT_OFFICE = ("newly_eligible", "at_risk", "stalled")
AT_INCUBATOR = ("newly_eligible", "close", "at_risk")
"""The blocks of signals, by role."""


BESIDE_THE_BLOCKS = ("feed_late", "gate_held", "contest_unanswered", "figure_revised")
"""The alerts that the page lists by themselves; the others are its blocks."""


CALL_SHEET_ROWS = 100_000
"""Rows of one kind on a sheet of calls: more than a zone has firms."""


@dataclass(frozen=True)
class Since:
    """What changed since the last mark: ``rows`` None where the release of then is gone; ``seen`` None before any."""

    seen: LastSeen | None
    rows: list[Row] | None
    is_same_run: bool
    against: Listed
    """Before any look: what changed against the day compared with."""


@dataclass(frozen=True)
class Work:
    """What waits for an officer or an incubator."""

    own: int
    is_mine: bool
    since: Since
    calls: dict[str, Listed]
    signals: dict[str, dict[str, Listed]]
    due: Listed
    promises: Listed
    replies: Listed
    answered: Listed
    contacted: dict[str, Row]


@dataclass(frozen=True)
class Overview:
    """What a director sees."""

    figures: dict[str, int]
    gaps: list[Row]
    asked: list[Row]
    contests: list[Row]


@dataclass(frozen=True)
class Doubts:
    """What waits for a statistician."""

    quarantine: Listed
    units: int
    names: Listed
    contests: list[Row]
    late_feeds: Listed
    gate: list[Row]
    held: list[str]


class Today:
    """The questions of the page of today, through a reader of the scope."""

    def __init__(self, reader: Reader, work: Casework, scope: Scope, home: Home, people: People) -> None:
        self._reader, self._work, self._scope, self._home, self._people = reader, work, scope, home, people
        self.day: Day = work.day()

    def alerts(self) -> list[Alert]:
        """The present alerts of the user that no block of the page lists, whether or not a mail reported them."""
        people = self._people
        accesses = people.accesses if people.accounts.is_any() else None
        asked = AlertContext(self._home, self._scope, self._reader, self._reader, self.day.today, accesses)
        return alerts(asked, sent_to(self._home, self._scope.who), BESIDE_THE_BLOCKS)

    def work(self, names: tuple[str, ...], whole: bool | None = None) -> Work:
        """The blocks of an officer or an incubator.

        Of the own firms, unless the ``whole`` scope is asked for, or nothing is asked for and no firm is their own.
        """
        own = self.day.own_firms()
        is_mine = not (bool(not own) if whole is None else whole)
        firms = own if is_mine else None
        contacted = self.day.contacted()
        whose = Whose(self.day.today, firms, contacted.keys())
        given = blocks.signals(self._reader, whose, blocks.wanted_signals(names))
        rules, seen = today_rules(), self.day.last_seen()
        promises, replies = self.day.promises(firms), self.day.replies(firms)
        return Work(
            len(own),
            is_mine,
            self._since(seen, whose),
            blocks.calls(given),
            {name: {signal: _cut(given[signal], name) for signal in rules.blocks[name].signals} for name in names},
            blocks.due(self._reader, whose, rules.due.owners[self._scope.role]),
            Listed(promises[: rules.promises.at_most], len(promises)),
            Listed(replies[: rules.promises.at_most], len(replies)),
            Listed(answered := self.day.answered(firms, seen), len(answered)),
            contacted,
        )

    def call_sheet(self, whole: bool | None = None) -> list[Row]:
        """Every question of the telephone list, in its order, of the firms that ``work`` lists."""
        own = self.day.own_firms()
        firms = own if not (bool(not own) if whole is None else whole) else None
        whose = Whose(self.day.today, firms, self.day.contacted().keys())
        given = blocks.signals(self._reader, whose, dict.fromkeys(blocks.wanted_signals(()), CALL_SHEET_ROWS))
        return [row for listing in blocks.calls(given, CALL_SHEET_ROWS).values() for row in listing.rows]

    def overview(self) -> Overview:
        """Six figures, the targets, firms that need the director, and contests past their clock."""
        late = [row for row in self.day.open_contests() if (row["left"] or 0) < 0]
        asked = zone.asked(self._reader, self.day.today)
        enter(self._reader, self._home)
        return Overview(zone.figures(self._reader), zone.gaps(self._reader), asked, late)

    def doubts(self) -> Doubts:
        """Which records are in doubt, and which release waits."""
        return Doubts(
            zone.quarantine(self._reader),
            unit_suspects(self._home) if self._scope.kind == "zone" else 0,
            zone.names(self._reader),
            self.day.open_contests(),
            zone.late_feeds(self._reader),
            zone.gate(self._reader),
            [release.run_id for release in held(self._home)] if self._scope.kind == "zone" else [],
        )

    def _since(self, seen: LastSeen | None, whose: Whose) -> Since:
        run_id = str(self._reader.rows("select run_id from desk_run__summary")[0]["run_id"])
        if seen is None:
            return Since(None, [], is_same_run=False, against=blocks.moved(self._reader, whose))
        nothing = Listed([], 0)
        if seen.run_id == run_id:
            return Since(seen, [], is_same_run=True, against=nothing)
        rows = self.day.since(seen, self._scope.sees, None if whose.firms is None else list(whose.firms))
        return Since(seen, rows, is_same_run=False, against=nothing)


def _cut(listing: Listed, block: str) -> Listed:
    return Listed(listing.rows[: today_rules().blocks[block].at_most], listing.total)
