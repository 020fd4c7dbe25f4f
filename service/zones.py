"""An installation of many zones, as the pages above its zones ask it, and the service of each zone."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from threading import Lock

from service.administration import Administration
from service.people.installation import People
from service.people.zones import PeopleAbove, PeopleNowhere, PeopleWithin
from service.queries.installation import zones as above
from service.queries.installation import zones_firms
from service.queries.installation.zones_marts import Within
from service.queries.release.records import Listed, Slice
from service.reader import Service
from service.releases.cache import AnswerCache
from service.scope import ZonesScope
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.machine.clock import Clock, utc_now
from warehouse.rows import Row
from warehouse.zones import states
from warehouse.zones.marts import MartsDamaged, Pointer, current
from warehouse.zones.registry import FILE, Zone, Zones, home_of, read
from warehouse.zones.registry import is_installation as is_installation
from warehouse.zones.rollup import fewest_firms


class ZonesQueries:
    """The questions of pages about the zones of a scope; what is not of the scope is not read.

    ``zones`` is None, and the questions not usable, where ``zones.yml`` cannot be read.
    """

    def __init__(self, home: Home, scope: ZonesScope, written: Zones | None, clock: Clock) -> None:
        self.is_usable = written is not None
        self._written = written or Zones(zones=[])
        self.scope = scope
        self._home, self._clock = home, clock
        self._zones = [zone for zone in self._written.zones if scope.has(zone.code)]
        self._read: dict[str, Pointer | MartsDamaged | None] = {}

    def _is_named(self, zone: Zone) -> bool:
        """Whether firms of a zone are named: to who sees them there, and to the others where the zone shares them."""
        is_counted = self.scope.counts(zone.code)
        return self.scope.names(zone.code) or (is_counted and zone.shares_firms)

    def _pointer(self, code: str) -> Pointer | MartsDamaged | None:
        """The pointer of a zone, read once for all questions of a page; those of others are not read."""
        if code not in self._read:
            try:
                self._read[code] = current(self._home, code)
            except MartsDamaged as error:  # the other zones are shown, and this one shows what it lacks
                self._read[code] = error
        return self._read[code]

    def _within(self, zones: Sequence[Zone]) -> Within:
        pointers = {zone.code: pointer for zone in zones if isinstance(pointer := self._pointer(zone.code), Pointer)}
        return Within([zone for zone in zones if zone.code in pointers], pointers)

    @property
    def _counted(self) -> Within:
        return self._within([zone for zone in self._zones if self.scope.counts(zone.code)])

    @property
    def _named(self) -> Within:
        """The zones whose firms the user may see by name, as if each shared its firms."""
        named = [zone.model_copy(update={"shares_firms": True}) for zone in self._zones if self._is_named(zone)]
        return self._within(named)

    @property
    def has_figures(self) -> bool:
        """Whether figures of any zone can be shown."""
        return bool(self._counted.zones)

    @property
    def counts(self) -> bool:
        """Whether figures of zones are shown to the user at all."""
        return any(self.scope.counts(zone.code) for zone in self._zones)

    @property
    def names_firms(self) -> bool:
        """Whether firms are listed: of zones whose firms the user may see anyway."""
        return any(self.scope.names(zone.code) for zone in self._zones)

    @property
    def fewest(self) -> int:
        """A count of fewer firms, and of any, is hidden."""
        return fewest_firms()

    def zones(self) -> list[Row]:
        """A row for each zone of the scope, with the state of its last run and the days of its marts."""
        return [self._row(zone) for zone in self._zones]

    def _row(self, zone: Zone) -> Row:
        last = states.read(self._home, zone.code)
        pointer = self._pointer(zone.code) if self.scope.counts(zone.code) else None
        return {
            "code": zone.code, "zh": zone.zh, "en": zone.en, "peers": zone.peers,
            "state": last.state if last else None,
            "ended_at": last.at if last else None, "refused": last.refused if last else 0,
            "day": pointer.day if isinstance(pointer, Pointer) else None,
            "previous_day": pointer.previous_day if isinstance(pointer, Pointer) else None,
            "run_id": pointer.run_id if isinstance(pointer, Pointer) else None,
            "is_damaged": isinstance(pointer, MartsDamaged),
            "is_counted": self.scope.counts(zone.code),
            "may_enter": self.scope.enters(zone.code),
            "shares_firms": zone.shares_firms,
        }  # fmt: skip

    def classes(self) -> dict[str, Row]:
        """The names of the classes of the zones of the scope, by their codes; a class without names has its code."""
        named = {zone.peers: self._written.classes.get(zone.peers) for zone in self._zones}
        return {code: dict(name) if name else {"zh": code, "en": code} for code, name in named.items()}

    def ladder(self) -> list[Row]:
        """See ``zones.ladder``."""
        return self._rows("ladder", self._counted)

    def comparison(self) -> list[Row]:
        """See ``zones.comparison``."""
        return self._rows("comparison", self._counted)

    def transitions(self) -> list[Row]:
        """See ``zones.transitions``."""
        return self._rows("transitions", self._counted)

    def cohorts(self) -> list[Row]:
        """See ``zones.cohorts``."""
        return self._rows("cohorts", self._counted)

    def changes(self) -> list[Row]:
        """See ``zones.changes``."""
        return self._rows("changes", self._counted)

    def _rows(self, view: str, within: Within) -> list[Row]:
        return _counted_once(self._home, view, tuple(within.zones), tuple(within.pointers.values()))

    def not_comparable(self) -> list[Row]:
        """See ``zones.not_comparable``."""
        return above.not_comparable(self._home, self._counted)

    def moves(self) -> list[Row]:
        """Firms that moved between zones whose firms are named."""
        return self._rows("moves", named) if (named := self._named).zones else []

    def kinds(self, zone: str) -> list[Row]:
        """See ``zones_firms.kinds``; of all zones where ``zone`` is empty."""
        return zones_firms.kinds(self._home, self._listed(zone))

    def firms(self, zone: str, change: str, part: Slice) -> Listed:
        """See ``zones_firms.firms``, of zones whose firms the user may see."""
        return zones_firms.firms(self._home, self._listed(zone), change, part)

    def _listed(self, zone: str) -> Within:
        own = [row for row in self._zones if self.scope.names(row.code) and zone in ("", row.code)]
        return self._within(own)

    def firm(self, firm_id: str) -> list[Row]:
        """See ``zones_firms.firm``, over the zones whose firms are named to the user."""
        named = self._named
        return zones_firms.firm(self._home, named, firm_id) if named.zones else []

    def history(self, firm_id: str) -> list[Row]:
        """See ``zones.history``, over the zones whose firms are named to the user."""
        return above.history(self._home, firm_id, self._named)

    def administration(self, scope: ZonesScope) -> Administration:
        """Accounts, tokens and accesses for who may administer; raises ``BadInput`` for the others."""
        return Administration(self._home, scope, self._clock)

    def freshness(self) -> None:
        """None: each zone has days of its own."""


@lru_cache(maxsize=64)
def _counted_once(home: Home, view: str, zones: Sequence[Zone], pointers: Sequence[Pointer]) -> list[Row]:
    """The rows of a view, worked out once for each set of zones and their runs."""
    return _VIEWS[view](home, Within(zones, {pointer.zone: pointer for pointer in pointers}))


_VIEWS = {
    "ladder": above.ladder,
    "comparison": above.comparison,
    "transitions": above.transitions,
    "cohorts": above.cohorts,
    "changes": above.changes,
    "moves": above.moves,
}


class ZonesService:
    """The zones of an installation as ``zones.yml`` lists them; what is changed in it counts from the next question."""

    def __init__(self, home: Home, clock: Clock = utc_now) -> None:
        self.home, self._clock = home, clock
        self._lock, self._kept = Lock(), AnswerCache()
        self._read: tuple[tuple[int, int], Zones] | None = None

    def zones(self) -> list[Zone]:
        """The zones; raises ``BadInput`` where the file cannot be read."""
        return self._written().zones

    def _written(self) -> Zones:
        path = self.home.root / FILE
        try:
            known = path.stat()
        except OSError:
            return read(self.home)
        stamp = (known.st_mtime_ns, known.st_size)
        with self._lock:
            if self._read is None or self._read[0] != stamp:
                self._read = (stamp, read(self.home))
            return self._read[1]

    @contextmanager
    def release(self, scope: ZonesScope) -> Iterator[ZonesQueries]:
        """The questions of a page, within a scope."""
        try:
            written = self._written()
        except BadInput:  # accounts are administered all the same
            written = None
        yield ZonesQueries(self.home, scope, written, self._clock)

    def people(self) -> PeopleAbove:
        """The accounts of the installation, as they look at the zones together."""
        return PeopleAbove(self.home, self._clock)

    def people_within(self, code: str) -> PeopleWithin:
        """The accounts of the installation within a zone."""
        return PeopleWithin(self.home, self._clock, code, home_of(self.home, code))

    def people_nowhere(self) -> PeopleNowhere:
        """The accounts of the installation in a zone that there is not."""
        return PeopleNowhere(self.home, self._clock)

    def of_zone(self, code: str, people: People | None) -> Service:
        """The service of a zone; ``people`` None where there are no accounts."""
        return Service(home_of(self.home, code), self._clock, people, self._kept)

    def administration(self, scope: ZonesScope) -> Administration:
        """As ``ZonesQueries.administration``."""
        return Administration(self.home, scope, self._clock)

    def now(self) -> datetime:
        """The present moment by the clock of the service."""
        return self._clock()
