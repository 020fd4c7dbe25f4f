"""Undo of an event about the firm of a form: of its membership, of a service, or of anything else of its case."""

from collections.abc import Iterable, Mapping
from typing import Any

from service.casework.form import SentForm
from service.decisions import case_undo, pool, services_given
from service.scope import Scope
from warehouse.casebook.book import Book
from warehouse.casebook.events import Event, thing_of
from warehouse.casebook.folds import membership, request, service, task, visit
from warehouse.errors import BadInput

OWN = "own"
"""The field by which a page withdraws only what the user has entered."""
BY_HAND = tuple(f"{thing_of(fold.PREFIX)}." for fold in (visit, task, request))
"""Kinds of what officers enter day by day, and may have entered by mistake: contacts, visits, promises, requests."""


def with_withdrawal(rows: Iterable[Mapping[str, Any]], scope: Scope) -> list[dict[str, Any]]:
    """Events of ``case.history`` with ``may_withdraw``: the user entered it, and nothing of its thing came later."""
    may_edit = scope.may("edit")
    return [
        {
            **row,
            "may_withdraw": may_edit
            and row["is_newest"]
            and row["by"] == scope.who
            and row["kind"].startswith(BY_HAND),
        }
        for row in rows
    ]


def undone(form: SentForm) -> Any:
    """Withdraw an event by its number; raises ``BadInput`` where it is not about the firm, or is not the newest."""
    seq, signed = form.number("seq"), form.signed
    event = next((event for event in Book(form.home).events() if event.seq == seq), None)
    if event is None or not is_about(event, form.firm_id):
        raise BadInput(f"该企业没有第 {seq} 号记录", f"there is no event {seq} about this firm")
    if form.text(OWN):
        _require_own(event, form)
    if event.stream.startswith(membership.PREFIX):
        return pool.undo(form.home, seq, signed)
    if event.stream.startswith(service.PREFIX):
        return services_given.undo(form.home, seq, signed)
    return case_undo.undo(form.home, seq, by=signed.by, why=signed.why, now=signed.now, request=signed.request)


def _require_own(event: Event, form: SentForm) -> None:
    if event.by != form.scope.who:
        raise BadInput(
            f"第 {event.seq} 号由 {event.by} 登记，请由本人撤回",
            f"{event.by} entered event {event.seq}, who withdraws it",
        )
    if not form.signed.why.strip():
        raise BadInput("请写明撤回的理由", "say why it is withdrawn")


def is_about(event: Event, firm_id: str) -> bool:
    """Whether an event is work on a firm."""
    return event.stream == f"{membership.PREFIX}{firm_id}" or event.content.get("firm") == firm_id
