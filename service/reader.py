"""The published release of one home, as pages and HTTP routes ask it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, cast

from service.administration import Administration
from service.casework import Casework, DataWork, TargetWork
from service.decisions.views import SavedViews
from service.extracts.exports import Exports
from service.extracts.extracts import Extracts
from service.people.installation import People
from service.queries.cases import cases, due
from service.queries.data import DataQueries
from service.queries.firm import firm_record
from service.queries.firm.firm_page import FirmFile, read_firm
from service.queries.firm.glance import Glance, glance
from service.queries.movers import movers
from service.queries.movers.mover_filters import Filters, Rows
from service.queries.movers.mover_index_loader import read_index
from service.queries.movers.mover_indexed import IndexedList
from service.queries.movers.mover_list import MoverList
from service.queries.release import commands, records, release_summary
from service.queries.release.list_files import ListFiles
from service.queries.release.records import Listed, Slice
from service.queries.rules.rules import RuleQueries
from service.queries.rules.zone_trials import ZoneTrials
from service.queries.today import pack
from service.queries.zone.entered_targets import enter
from service.queries.zone.reconciliation import Reconciliation
from service.queries.zone.zone_flows import ZoneFlows
from service.queries.zone.zone_targets import ZoneTargets
from service.releases.cache import AnswerCache
from service.releases.earlier import Earlier
from service.scope import Kind, Scope
from service.today import Today
from warehouse.home import Home
from warehouse.machine.clock import Clock, utc_now
from warehouse.release import left_inbox
from warehouse.release.desk.desk import Desk
from warehouse.release.held import waiting
from warehouse.release.releases import Published
from warehouse.rows import Row

Answer = TypeVar("Answer")
Reach = tuple[Kind, tuple[str, ...]]
"""Kind and keys of the firms that can be read."""


class ReleaseQueries:
    """The questions of pages and HTTP routes to one release, answered within a scope."""

    def __init__(
        self, reader: Desk, home: Home, reach: Reach, clock: Clock, kept: AnswerCache, people: People | None = None
    ) -> None:
        self._reader, self._home, self._reach, self._clock = reader, home, reach, clock
        self._kept, self._people = kept, people or People(home, clock)

    @contextmanager
    def extracts(self, scope: Scope) -> Iterator[Extracts]:
        """The workbooks of incubators of the current release, for the user."""
        with Service(self._home, self._clock).extracts(scope) as extracts:
            yield extracts

    def exports(self, scope: Scope) -> Exports:
        """What was exported, by whom; raises ``BadInput`` for a role that may not see it."""
        return Exports(self._home, scope, self._people)

    def administration(self, scope: Scope) -> Administration:
        """Accounts, tokens and accesses for who may administer; raises ``BadInput`` for the others."""
        return Administration(self._home, scope, self._clock)

    def version(self) -> list[Any]:
        """What answers depend on besides the question: the home, its run, and the firms of the scope."""
        return [str(self._home.root), self.run()["run_id"], *self._reach]

    def _small(self, name: str, ask: Callable[[Desk], Answer]) -> Answer:
        return cast(Answer, self._kept.small.get((*self._reader.version, name), lambda: ask(self._reader)))

    def freshness(self) -> Row:
        """See ``release_summary.freshness`` and ``trust``."""
        left = sorted(left_inbox.read(self._home))
        trust = self._small(" ".join(["trust", *left]), lambda desk: release_summary.trust(desk, left))
        return {**self.summary(), **trust, "releases_held": waiting(self._home)}

    def summary(self) -> Row:
        """See ``release_summary.freshness``."""
        return self._small("freshness", release_summary.freshness)

    def ladder(self) -> list[Row]:
        """See ``release_summary.ladder``."""
        return self._small("ladder", release_summary.ladder)

    def mover_list(self, rows: Rows) -> MoverList:
        """See ``mover_list.MoverList``."""
        index = self._kept.indexes.get((*self._reader.version, rows), lambda: read_index(self._reader, rows))
        return MoverList(self._reader, rows) if index is None else IndexedList(self._reader, rows, index)

    def firm(self, firm_id: str) -> FirmFile | None:
        """See ``firm_page.read_firm``."""
        return read_firm(self._reader, firm_id)

    def glance(self, firm_id: str) -> Glance | None:
        """See ``glance.glance``."""
        return glance(self._reader, firm_id)

    def run(self) -> Row:
        """See ``release_summary.run``."""
        return self._small("run", release_summary.run)

    def firms(self, filters: Filters, sort: str, part: Slice) -> Listed:
        """See ``records.firms``; raises ``BadInput`` for a filter that names nothing known."""
        movers.check_in(self._reader, filters)
        return records.firms(self._reader, filters, sort, part)

    def verdicts(self, designation: str, outcome: str, is_every_edition: bool, part: Slice) -> Listed:
        """See ``records.verdicts``; raises ``BadInput`` for an unknown designation or outcome."""
        movers.check_in(self._reader, Filters(designation=designation))
        return records.verdicts(self._reader, designation, outcome, is_every_edition, part)

    def signals(self, signal: str, designation: str, part: Slice) -> Listed:
        """See ``records.signals``; raises ``BadInput`` for an unknown signal or designation."""
        movers.check_in(self._reader, Filters(signal=signal, designation=designation))
        return records.signals(self._reader, signal, designation, part)

    def due(self, asked: due.DueFilters, part: Slice) -> Listed:
        """See ``due.part_of_due``."""
        return due.part_of_due(self._reader, asked, part)

    def cases(self, kind: str, firm_id: str, part: Slice) -> Listed:
        """See ``cases.cases``."""
        return cases.cases(self._home, self._reader, kind, firm_id, part)

    def casework(self, scope: Scope) -> Casework:
        """The work on the firms of this scope."""
        return Casework(self._home, scope, self._reader, self._clock)

    def today(self, scope: Scope) -> Today:
        """What waits on a day for the user."""
        return Today(self._reader, self.casework(scope), scope, self._home, self._people)

    def data(self) -> DataQueries:
        """The questions about deliveries, and what waits in them for a person."""
        return DataQueries(self._reader, self._home, self._reach[0])

    def data_work(self, scope: Scope) -> DataWork:
        """Decisions on quarantine, units and joins within a scope."""
        return DataWork(self._home, scope, self._reader, self._clock)

    def rules(self) -> RuleQueries:
        """The questions about editions, and whom they are about; drafts are for who works for the zone."""
        return RuleQueries(self._reader, self._drafts_of(), self.trials())

    def saved_views(self, scope: Scope) -> SavedViews:
        """The names of addresses that this scope may see."""
        return SavedViews(self._home, scope, self._clock)

    def newest_event(self) -> int:
        """See ``cases.newest_event``."""
        return cases.newest_event(self._home)

    def pack(self) -> pack.Pack:
        """See ``pack.pack``."""
        return pack.pack(self._reader, self._home)

    def files(self) -> ListFiles:
        """What lists taken away as files ask."""
        return ListFiles(self._reader)

    def incubators(self, part: Slice) -> Listed:
        """See ``records.incubators``."""
        return records.incubators(self._reader, part)

    def tenants(self, incubator: str, part: Slice) -> Listed | None:
        """See ``records.tenants``."""
        return records.tenants(self._reader, incubator, part)

    def reconciliation(self) -> Reconciliation:
        """The questions of the page of reconciliation."""
        return Reconciliation(self._reader, Earlier(self._home), self._reach)

    def flows(self) -> ZoneFlows:
        """The questions of the page of flows."""
        return ZoneFlows(self._reader)

    def targets(self) -> ZoneTargets:
        """The questions of the page of targets, over those that were entered since the run too."""
        return ZoneTargets(self._reader, enter(self._reader, self._home))

    def frozen_months(self) -> list[str]:
        """See ``commands.frozen_months``, of this run."""
        return commands.frozen_months(self._home, self.run()["run_id"])

    def target_work(self, scope: Scope) -> TargetWork:
        """Targets of the zone and their history, for roles that may set them."""
        return TargetWork(self._home, scope, self._reader, self._clock)

    def trials(self) -> ZoneTrials:
        """The questions of the page of trials; drafts are for who works for the zone."""
        return ZoneTrials(self._reader, self.version(), self._drafts_of())

    def _drafts_of(self) -> Home | None:
        return None if self._reach[0] == "incubator" else self._home

    def firm_record(self, firm_id: str) -> Row | None:
        """See ``firm_record.firm_record``."""
        return firm_record.firm_record(self._reader, firm_id)

    def firm_verdicts(self, firm_id: str) -> Row | None:
        """See ``firm_record.firm_verdicts``."""
        return firm_record.firm_verdicts(self._reader, firm_id)


class Service:
    """Gives the current release of a home; one that is published later is taken at the next question.

    ``people`` and ``kept`` are those of the installation where the home is one of its zones, else those of the home.
    """

    def __init__(
        self, home: Home, clock: Clock = utc_now, people: People | None = None, kept: AnswerCache | None = None
    ) -> None:
        self._home, self._published, self._clock, self._people = home, Published(home), clock, people
        self._kept = kept or AnswerCache()

    @contextmanager
    def release(self, scope: Scope) -> Iterator[ReleaseQueries]:
        """The current release for the questions of one page, within a scope; raises ``NoRelease`` before the first."""
        with self._published.desk(*scope.sees) as desk:
            yield ReleaseQueries(desk, self._home, scope.sees, self._clock, self._kept, self._people)

    @contextmanager
    def extracts(self, scope: Scope) -> Iterator[Extracts]:
        """The workbooks of incubators of the current release, for the user; raises ``NoRelease`` before the first."""
        with self._published.desk("zone") as zone:
            yield Extracts(self._home, scope, zone)

    def administration(self, scope: Scope) -> Administration:
        """As ``ReleaseQueries.administration``, also before the first release."""
        return Administration(self._home, scope, self._clock)

    def now(self) -> datetime:
        """The present moment by the clock of the service."""
        return self._clock()
