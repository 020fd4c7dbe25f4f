"""The limits of sign-in, read from ``rules.yml``."""

from functools import lru_cache
from pathlib import Path

from warehouse.definition import Strict, read_definition


class Pause(Strict):
    """After how many failures in a row a pause begins, and how long it is at first and at most, in seconds.

    It doubles with every failure.
    """

    free: int
    first_pause: int
    longest_pause: int

    def seconds(self, failures: int) -> int:
        """How long to wait after so many failures in a row; 0 where another attempt is free."""
        beyond = failures - self.free
        if beyond < 0:
            return 0
        doublings = min(beyond, self.longest_pause.bit_length())
        return min(self.first_pause << doublings, self.longest_pause)


class Attempts(Strict):
    """The pauses by what attempts are counted by."""

    name: Pause
    address: Pause
    known: Pause
    forget_hours: int
    known_days: int


class Rules(Strict):
    """All limits; see the file for reasons."""

    link_hours: int
    password_length: int
    fresh_minutes: int
    session_hours: int
    token_days: int
    calendar_days: int
    calendar_addresses: int
    attempts: Attempts


@lru_cache
def rules() -> Rules:
    """The limits in force; raises ``DefinitionError`` for a file that is not of their form."""
    path = Path(__file__).with_name("rules.yml")
    return read_definition(Rules, path)
