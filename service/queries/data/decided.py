"""What people decided about data, on rows, units and names, until it is withdrawn; and whether a run has read it."""

from collections.abc import Iterable

from warehouse.casebook.book import Book
from warehouse.casebook.events import Event
from warehouse.home import Home
from warehouse.identity.joins import JOIN, PART
from warehouse.quality.quarantine.decisions import KINDS, address
from warehouse.quality.unit_guard.factors import GUARD
from warehouse.quality.unit_guard.factors import KIND as UNIT
from warehouse.rows import Row

BY_PEOPLE = (*KINDS, UNIT, JOIN, PART)
"""The kinds of statements that the page of data makes."""


def decided(home: Home, read_up_to: int) -> list[Row]:
    """The statements of people that stand, and withdrawals that no run has read, newest first.

    ``waits``: a statement after number ``read_up_to``, the last that the release was made with.
    """
    events = [event for event in Book(home).events(kinds=BY_PEOPLE) if event.by != GUARD]
    withdrawn = {event.withdraws for event in events}
    newest = {event.stream: event.seq for event in events if event.withdraws is None}
    stands = [
        event
        for event in events
        if event.seq not in withdrawn and (event.withdraws is None or event.seq > read_up_to)
        if event.withdraws is not None or newest[event.stream] == event.seq
    ]
    return [_row(event, read_up_to) for event in reversed(stands)]


def _row(event: Event, read_up_to: int) -> Row:
    return {
        "number": event.seq,
        "kind": event.kind,
        "subject": event.name,
        "row": row_of(event.kind, event.name),
        "content": event.content,
        "by": event.by,
        "why": event.why,
        "at": event.at,
        "withdraws": event.withdraws,
        "waits": event.seq > read_up_to,
    }


def row_of(kind: str, subject: str) -> str:
    """The row that a statement is about, by its address; of a statement on names what it is about itself."""
    return str(address(subject).row) if kind in (*KINDS, UNIT) else subject


def by_row(rows: Iterable[Row]) -> dict[str, Row]:
    """The newest statement on each row or name that waits for the next run."""
    newest: dict[str, Row] = {}
    for row in rows:
        if row["waits"] and row["withdraws"] is None:
            newest.setdefault(row["row"], row)
    return newest
