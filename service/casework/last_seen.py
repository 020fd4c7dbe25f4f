"""When a user last marked today as seen: an event of the casebook, so that it is the same at every screen."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event
from warehouse.home import Home

PREFIX, SEEN = "today:", "today.seen"
FORMER = "look:"
"""Prefix of the streams of marks that were stored before; they are read with the others."""
WHY = "已看过今日 today was seen"


@dataclass(frozen=True)
class LastSeen:
    """The mark: when, at which run, and the newest event of the casebook then."""

    at: datetime
    run_id: str
    seq: int


def last_seen(home: Home, who: str) -> LastSeen | None:
    """The newest mark of a user; None before the first."""
    book = Book(home)
    events = _marks(book, who) if book.store.exists() else []
    return LastSeen(events[-1].at, events[-1].content["run_id"], events[-1].content["seq"]) if events else None


def mark_seen(home: Home, who: str, run_id: str, now: datetime, request: str) -> None:
    """Mark everything up to now as seen; the same form twice is one event. Raises as ``Book.append``."""
    book = Book(home)
    if any(event.request == request for event in _marks(book, who)):
        return
    content = {"run_id": run_id, "seq": book.head().seq}
    book.append([Draft(f"{PREFIX}{who}", SEEN, content, WHY, request=request)], by=who, now=now)


def _marks(book: Book, who: str) -> list[Event]:
    """The marks of a user in their order."""
    return [event for prefix in (FORMER, PREFIX) for event in book.events(stream=f"{prefix}{who}")]
