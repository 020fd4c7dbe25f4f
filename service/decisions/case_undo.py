"""Undo of an event of a case: the newest of its thing; a correction falls with the contest that it followed from."""

from datetime import datetime
from typing import Any

from service.decisions.case_events import append
from service.decisions.firms import is_seen
from service.decisions.signed import Signed
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event
from warehouse.casebook.folds import application, assignment, contest, leave, request, task, visit
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality.quarantine.decisions import CORRECT

PREFIXES = tuple(fold.PREFIX for fold in (application, assignment, contest, leave, request, task, visit))


def undo(home: Home, seq: int, *, by: str, why: str, now: datetime, request: str | None = None) -> list[Event]:
    """Withdraw an event by its number; raises ``BadInput`` where it is not of a case, withdrawn, or not the newest."""
    book, signed = Book(home), Signed(by, why, now, request=request)
    event = _undoable(home, book, seq)
    drafts = [_withdrawal(event, signed)]
    if event.kind == contest.ACCEPTED:
        drafts += [_withdrawal(correction, signed) for correction in _correction_after(book, event)]
    return append(book, drafts, signed)


def _undoable(home: Home, book: Book, seq: int) -> Event:
    event = next((event for event in book.events() if event.seq == seq), None)
    if event is None or not _is_of_a_case(home, event):
        raise BadInput(
            f"第 {seq} 号不是可撤回的工作记录；见 tidu case", f"event {seq} is no work on a case: see tidu case"
        )
    own = book.events(stream=event.stream)
    withdrawn = {other.withdraws for other in own}
    if seq in withdrawn:
        raise BadInput(f"第 {seq} 号已撤回", f"event {seq} was withdrawn already")
    standing = [other.seq for other in own if other.withdraws is None and other.seq not in withdrawn]
    if standing[-1] != seq:
        raise BadInput(
            f"其后还有第 {standing[-1]} 号；请先撤回它", f"event {standing[-1]} came after it: withdraw that one first"
        )
    return event


def _is_of_a_case(home: Home, event: Event) -> bool:
    """Whether an event is work on a case that the user may see; a leave, which names no firm, only without limits."""
    is_work = event.stream.startswith(PREFIXES) and event.withdraws is None
    return is_work and is_seen(home, str(event.content.get("firm", "")))


def _withdrawal(event: Event, signed: Signed) -> Draft:
    is_case = event.stream.startswith(PREFIXES)
    about = ("firm", "firms", "officer") if is_case else ()
    content: dict[str, Any] = {name: event.content[name] for name in about if name in event.content}
    request = signed.request if is_case else None
    return Draft(event.stream, event.kind, content, signed.why, request=request, withdraws=event.seq)


def _correction_after(book: Book, accepted: Event) -> list[Event]:
    """The correction that was written with an acceptance, the event after it, if it still stands."""
    corrections = book.events(kinds=[CORRECT])
    withdrawn = {event.withdraws for event in corrections}
    return [event for event in corrections if event.seq == accepted.seq + 1 and event.seq not in withdrawn]
