"""The pause after failed tries, asked before a password is hashed: hashing is dear, and a pause must cost nothing.

A try counts as failed when it begins, so that tries side by side are counted too; a sign-in clears its counts. A name
is counted by itself and its address by itself; a name that has signed in from the address before, by both together:
who guesses elsewhere, or behind the same line, does not shut it out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.people.rules import Pause, rules
from warehouse.casebook.people import attempts
from warehouse.casebook.people.accounts import key_of
from warehouse.casebook.people.attempts import KNOWN, Count, Counter
from warehouse.casebook.people.store import People, Writing
from warehouse.machine.clock import Clock, as_text

NAME, ADDRESS, BOTH = "name", "address", "both"


@dataclass(frozen=True)
class Try:
    """Who tries, from where; ``address`` is None where a proxy does not say whose it passes on."""

    name: str
    address: str | None

    @property
    def known(self) -> Counter:
        """That this name has signed in from this address."""
        return Counter(KNOWN, f"{key_of(self.name)}\0{self.address}")

    @property
    def both(self) -> Counter:
        """Counts this name at this address."""
        return Counter(BOTH, f"{key_of(self.name)}\0{self.address}")


class Tries:
    """The counts of one installation."""

    def __init__(self, store: People, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def begin(self, attempt: Try) -> int:
        """Count a try that may now be made; else the seconds to wait until the next, and it is not counted."""
        now = self._clock()
        with self._store.write(attempt.name, now) as writing:
            self._forget(writing, now)
            limits = self._limits(writing, attempt)
            counts = {counter: attempts.read(writing.con, counter) for counter in limits}
            wait = max(_wait(pause, counts[counter], now) for counter, pause in limits.items())
            if wait:
                return wait
            for counter, count in counts.items():
                attempts.write(writing.con, counter, Count(count.failures + 1, as_text(now)))
        return 0

    def succeeded(self, attempt: Try) -> None:
        """Clear the counts of a name that has signed in, and take this try off its address'."""
        now = self._clock()
        with self._store.write(attempt.name, now) as writing:
            for counter in (Counter(NAME, key_of(attempt.name)), attempt.both):
                attempts.clear(writing.con, counter)
            if attempt.address is None:
                return
            address = Counter(ADDRESS, attempt.address)
            count = attempts.read(writing.con, address)
            if count.failures:
                attempts.write(writing.con, address, Count(count.failures - 1, count.last_at))
            attempts.write(writing.con, attempt.known, Count(0, as_text(now)))

    def _limits(self, writing: Writing, attempt: Try) -> dict[Counter, Pause]:
        tries = rules().tries
        if attempt.address is None:
            return {Counter(NAME, key_of(attempt.name)): tries.name}
        if attempts.read(writing.con, attempt.known).last_at:
            return {attempt.both: tries.known}
        return {
            Counter(NAME, key_of(attempt.name)): tries.name,
            Counter(ADDRESS, attempt.address): tries.address,
        }

    def _forget(self, writing: Writing, now: datetime) -> None:
        tries = rules().tries
        counted, known = now - timedelta(hours=tries.forget_hours), now - timedelta(days=tries.known_days)
        attempts.forget_before(writing.con, as_text(counted), (NAME, ADDRESS, BOTH))
        attempts.forget_before(writing.con, as_text(known), (KNOWN,))


def _wait(pause: Pause, count: Count, now: datetime) -> int:
    """Whole seconds until the next try; a clock that was set back does not make them longer than the pause."""
    seconds = pause.seconds(count.failures)
    if not seconds:
        return 0
    passed = (now - datetime.fromisoformat(count.last_at)).total_seconds()
    return max(0, min(seconds, seconds - int(passed)))
