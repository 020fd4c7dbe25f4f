"""The pause after failed attempts, asked before a password is hashed: hashing is dear, and a pause must cost nothing.

An attempt counts as failed when it begins, so that attempts side by side are counted too; a sign-in clears its counts.
A name is counted by itself and its address by itself; a name that has signed in from the address before, by both
together: who guesses elsewhere, or behind the same line, does not shut it out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from service.people.rules import Pause, rules
from warehouse.casebook.people import failure_counts
from warehouse.casebook.people.accounts import key_of
from warehouse.casebook.people.failure_counts import KNOWN, Count, Counter
from warehouse.casebook.people.store import People, Writing
from warehouse.machine.clock import Clock, as_text

NAME, ADDRESS, BOTH = "name", "address", "both"


@dataclass(frozen=True)
class SignInAttempt:
    """Who signs in, from where; ``address`` is None where a proxy does not say whose it passes on."""

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


class SignInAttempts:
    """The counts of one installation."""

    def __init__(self, store: People, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def begin(self, attempt: SignInAttempt) -> int:
        """Count an attempt that may now be made; else the seconds to wait until the next, and it is not counted."""
        now = self._clock()
        with self._store.write(attempt.name, now) as writing:
            self._forget(writing, now)
            limits = self._limits(writing, attempt)
            counts = {counter: failure_counts.read(writing.con, counter) for counter in limits}
            wait = max(_wait(pause, counts[counter], now) for counter, pause in limits.items())
            if wait:
                return wait
            for counter, count in counts.items():
                failure_counts.write(writing.con, counter, Count(count.failures + 1, as_text(now)))
        return 0

    def succeeded(self, attempt: SignInAttempt) -> None:
        """Clear the counts of a name that has signed in, and take this attempt off its address'."""
        now = self._clock()
        with self._store.write(attempt.name, now) as writing:
            for counter in (Counter(NAME, key_of(attempt.name)), attempt.both):
                failure_counts.clear(writing.con, counter)
            if attempt.address is None:
                return
            address = Counter(ADDRESS, attempt.address)
            count = failure_counts.read(writing.con, address)
            if count.failures:
                failure_counts.write(writing.con, address, Count(count.failures - 1, count.last_at))
            failure_counts.write(writing.con, attempt.known, Count(0, as_text(now)))

    def _limits(self, writing: Writing, attempt: SignInAttempt) -> dict[Counter, Pause]:
        limits = rules().attempts
        if attempt.address is None:
            return {Counter(NAME, key_of(attempt.name)): limits.name}
        if failure_counts.read(writing.con, attempt.known).last_at:
            return {attempt.both: limits.known}
        return {
            Counter(NAME, key_of(attempt.name)): limits.name,
            Counter(ADDRESS, attempt.address): limits.address,
        }

    def _forget(self, writing: Writing, now: datetime) -> None:
        limits = rules().attempts
        counted, known = now - timedelta(hours=limits.forget_hours), now - timedelta(days=limits.known_days)
        failure_counts.forget_before(writing.con, as_text(counted), (NAME, ADDRESS, BOTH))
        failure_counts.forget_before(writing.con, as_text(known), (KNOWN,))


def _wait(pause: Pause, count: Count, now: datetime) -> int:
    """Whole seconds until the next attempt; a clock that was set back does not make them longer than the pause."""
    seconds = pause.seconds(count.failures)
    if not seconds:
        return 0
    passed = (now - datetime.fromisoformat(count.last_at)).total_seconds()
    return max(0, min(seconds, seconds - int(passed)))
