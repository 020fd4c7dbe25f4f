"""Accounts of an installation of many zones: kept in its own casebook, each seen from above the zones or within one."""

from functools import cached_property

from service.people.access import Accesses
from service.people.accounts import Accounts
from service.people.installation import People
from service.people.scopes import AT, ZONES, within
from service.scope import Scope, ZonesScope, roles
from warehouse.casebook.people.store import People as Rows
from warehouse.home import Home
from warehouse.machine.clock import Clock
from warehouse.zones.registry import installation_of

ENTERING = frozenset({"see", "administer"})
"""Rights of which a role needs one to enter a zone."""


class AccountsAbove(Accounts):
    """Accounts with regard to all zones of an installation."""

    def scope(self, who: str, role: str, kind: str, keys: tuple[str, ...]) -> Scope:
        """The zones of a scope; one of a single home, made before there were zones, has none of them."""
        if kind == ZONES:
            return ZonesScope(who, role, "own", (), keys, whole=True)
        _, at, zone = kind.partition(AT)
        return ZonesScope(who, role, "own", (), (zone,) if at else ())


class AccountsWithin(Accounts):
    """Accounts with regard to one zone, whose casebook has what is assigned to them there."""

    def __init__(self, store: Rows, clock: Clock, code: str, zone: Home) -> None:
        super().__init__(store, clock)
        self._code, self._within = code, Accounts(Rows(zone), clock)

    def scope(self, who: str, role: str, kind: str, keys: tuple[str, ...]) -> Scope | None:
        """What they see of the zone; None where they may not enter it."""
        inner = within(kind, keys, self._code)
        if inner is None or not ENTERING & roles()[role].rights:
            return None
        return self._within.scope(who, role, *inner)


class PeopleAbove(People):
    """Accounts with scopes over zones (``KIND@CODE``)."""

    @cached_property
    def accounts(self) -> Accounts:
        """Who may sign in."""
        return AccountsAbove(self._rows, self.clock)


class PeopleWithin(People):
    """Accounts of the installation whose scope includes this zone."""

    def __init__(self, home: Home, clock: Clock, code: str, zone: Home) -> None:
        super().__init__(home, clock)
        self._code, self._zone = code, zone

    @cached_property
    def accounts(self) -> Accounts:
        """Who may sign in."""
        return AccountsWithin(self._rows, self.clock, self._code, self._zone)

    @cached_property
    def accesses(self) -> Accesses:
        """The list of accesses, of the zone."""
        return Accesses(self._rows, self.clock, self._code)


def people_above(zone: Home, clock: Clock) -> PeopleWithin | None:
    """The people of the installation that a home is a zone of, within that zone; None where it is of none."""
    installation = installation_of(zone)
    return PeopleWithin(installation, clock, zone.root.absolute().name, zone) if installation else None


class AccountsNowhere(Accounts):
    """Accounts with regard to an unknown zone: none has a scope in it."""

    def scope(self, who: str, role: str, kind: str, keys: tuple[str, ...]) -> Scope | None:
        """None, as the zone is unknown."""
        return None


class PeopleNowhere(People):
    """The people of an installation where an address names a zone that there is not."""

    @cached_property
    def accounts(self) -> Accounts:
        """Who may sign in."""
        return AccountsNowhere(self._rows, self.clock)
