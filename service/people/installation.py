"""All that is known of the people of one installation, as commands and pages ask it."""

from functools import cached_property

from service.people.access import Accesses
from service.people.accounts import Accounts
from service.people.calendar_addresses import CalendarAddresses
from service.people.sign_in_attempts import SignInAttempts
from service.people.tokens import Tokens
from warehouse.casebook.people.store import People as Rows
from warehouse.errors import CasebookFailed as CasebookFailed
from warehouse.home import Home
from warehouse.machine.clock import Clock


class People:
    """Accounts, tokens, attempts and accesses of a home, by one clock."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self.home, self.clock = home, clock
        self._rows = Rows(home)

    @cached_property
    def accounts(self) -> Accounts:
        """Who may sign in."""
        return Accounts(self._rows, self.clock)

    @cached_property
    def tokens(self) -> Tokens:
        """What pipelines ask with."""
        return Tokens(self._rows, self.clock)

    @cached_property
    def calendars(self) -> CalendarAddresses:
        """By which calendar programs read."""
        return CalendarAddresses(self._rows, self.clock)

    @cached_property
    def attempts(self) -> SignInAttempts:
        """The pause after failed attempts."""
        return SignInAttempts(self._rows, self.clock)

    @cached_property
    def accesses(self) -> Accesses:
        """Accesses in the casebook, each with the hash of the one before."""
        return Accesses(self._rows, self.clock)
