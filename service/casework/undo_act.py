"""Undo of an event about the firm of a form: of its membership, of a service, or of anything else of its case."""

from typing import Any

from service.casework.sheet import Sheet
from service.decisions import case_undo, pool, services_given
from warehouse.casebook.book import Book
from warehouse.casebook.events import Event
from warehouse.casebook.folds import membership, service
from warehouse.errors import BadInput


def undone(sheet: Sheet) -> Any:
    """Withdraw an event by its number; raises ``BadInput`` where it is not about the firm, or is not the newest."""
    seq, signed = sheet.number("seq"), sheet.signed
    event = next((event for event in Book(sheet.home).events() if event.seq == seq), None)
    if event is None or not is_about(event, sheet.firm_id):
        raise BadInput(f"该企业没有第 {seq} 号记录", f"there is no event {seq} about this firm")
    if event.stream.startswith(membership.PREFIX):
        return pool.undo(sheet.home, seq, signed)
    if event.stream.startswith(service.PREFIX):
        return services_given.undo(sheet.home, seq, signed)
    return case_undo.undo(sheet.home, seq, by=signed.by, why=signed.why, now=signed.now, request=signed.request)


def is_about(event: Event, firm_id: str) -> bool:
    """Whether an event is work on a firm."""
    return event.stream == f"{membership.PREFIX}{firm_id}" or event.content.get("firm") == firm_id
