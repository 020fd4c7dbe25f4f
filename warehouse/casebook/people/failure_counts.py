"""Failed attempts to sign in, counted under the hash of what they were made with: no name is kept that was mistyped."""

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.casebook.people.tables import ATTEMPT

KNOWN = "known"
"""The kind of a row that is no count: this name has signed in from this address."""


@dataclass(frozen=True)
class Counter:
    """What attempts are counted by: ``kind`` is name, address, or both where they belong together."""

    kind: str
    value: str

    @property
    def hash(self) -> str:
        """The key of its row."""
        return hashlib.sha256(f"{self.kind}\0{self.value}".encode()).hexdigest()


@dataclass(frozen=True)
class Count:
    """Failures in a row, and when the last one was, as text in UTC."""

    failures: int
    last_at: str


def read(con: sa.Connection, counter: Counter) -> Count:
    """The count of a counter; none is zero."""
    columns = (ATTEMPT.c.failures, ATTEMPT.c.last_at)
    row = con.execute(sa.select(*columns).where(ATTEMPT.c.counter == counter.hash)).first()
    return Count(0, "") if row is None else Count(*row)


def write(con: sa.Connection, counter: Counter, count: Count) -> None:
    """Replace the row of a counter."""
    clear(con, counter)
    con.execute(sa.insert(ATTEMPT).values(counter=counter.hash, kind=counter.kind, **vars(count)))


def clear(con: sa.Connection, counter: Counter) -> None:
    """Set the count of a counter to zero."""
    con.execute(sa.delete(ATTEMPT).where(ATTEMPT.c.counter == counter.hash))


def forget_before(con: sa.Connection, moment: str, kinds: tuple[str, ...]) -> None:
    """Drop the counts of some kinds whose last attempt was before a moment."""
    con.execute(sa.delete(ATTEMPT).where(ATTEMPT.c.last_at < moment, ATTEMPT.c.kind.in_(kinds)))
