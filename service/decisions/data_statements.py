"""Statements about data that a form makes: all of it or nothing, once, and none over a decision that was not seen."""

from collections.abc import Collection, Sequence

from service.decisions.case_events import BothVersions
from service.decisions.signed import Signed
from service.queries.data.decided import BY_PEOPLE, row_of
from warehouse.casebook.book import Book
from warehouse.casebook.events import Conflict, Draft, Event
from warehouse.casebook.statements import Entry
from warehouse.home import Home
from warehouse.quality.unit_guard.factors import GUARD


def state(home: Home, entries: Sequence[Entry], signed: Signed) -> list[Event]:
    """Append the statements of a form, all or none; the same form twice appends them once.

    ``signed.version`` is the number of the newest event when the form was drawn. Raises ``BothVersions`` where somebody
    decided on one of its rows since, ``BadInput`` without a name or reason.
    """
    drafts = [
        Draft(f"{entry.kind}:{entry.subject}", entry.kind, entry.content, signed.why, request=signed.request,
              withdraws=entry.withdraws)
        for entry in entries
    ]  # fmt: skip
    book = Book(home)
    _require_unchanged(book, drafts, {row_of(entry.kind, entry.subject) for entry in entries}, signed)
    return book.append(drafts, by=signed.by, now=signed.now) if drafts else []


def is_kept(home: Home, signed: Signed) -> bool:
    """Whether the same form was sent and kept before."""
    return any(_is_of_form(event, signed) for event in Book(home).events(kinds=BY_PEOPLE))


def _require_unchanged(book: Book, drafts: Sequence[Draft], rows: Collection[str], signed: Signed) -> None:
    if signed.version is None:
        return
    since = [
        event
        for event in book.events(kinds=BY_PEOPLE)
        if event.seq > signed.version and event.by != GUARD
        if row_of(event.kind, event.name) in rows
        if not _is_of_form(event, signed)
    ]
    if since:
        draft = Draft(**{**vars(drafts[0]), "version": signed.version})
        raise BothVersions(draft, Conflict(draft, since[-1].seq, since))


def _is_of_form(event: Event, signed: Signed) -> bool:
    sent = event.request or ""
    return signed.request is not None and (sent == signed.request or sent.startswith(f"{signed.request}#"))
