"""The acts of casework by name: what a form of a case does, in a page or over HTTP."""

from collections.abc import Mapping
from typing import Any

from service.casework.contact_act import contact
from service.casework.contest_acts import CONTEST_ACTS
from service.casework.owner_acts import OWNER_ACTS
from service.casework.pool_acts import POOL_ACTS
from service.casework.service_acts import SERVICE_ACTS
from service.casework.sheet import Act, Sheet, day_of
from service.casework.undo_act import undone
from service.decisions import applications, requests, tasks, visits
from service.decisions.visits import Promise
from warehouse.casebook.folds import application, request, task, visit


def _visit(sheet: Sheet) -> Any:
    visited_on, next_on = sheet.day_or_today("visited_on"), sheet.day("next_on")
    return visits.record(
        sheet.home,
        sheet.firm_id,
        visited_on,
        sheet.text("note"),
        sheet.signed,
        next_on=next_on,
        ours=_promises(sheet, "ours"),
        theirs=_promises(sheet, "theirs"),
    )


def _promises(sheet: Sheet, side: str) -> list[Promise]:
    """The promises of a side: a list of them, or the single one that a form has room for."""
    if listed := sheet.items(side):
        return [Promise(item["what"], day_of(item.get("by_on") or "")) for item in listed]
    return [Promise(sheet.text(side), sheet.day(f"{side}_by"))] if sheet.text(side) else []


def _kept(sheet: Sheet) -> Any:
    on, promise = sheet.day_or_today("on"), sheet.number("promise")
    return visits.keep(sheet.home, sheet.text("number"), sheet.text("side"), promise, on, sheet.signed)


def _request(sheet: Sheet) -> Any:
    raised_on = sheet.day_or_today("raised_on")
    return requests.add(sheet.home, sheet.firm_id, sheet.text("what"), sheet.text("topic"), raised_on, sheet.signed)


def _task(sheet: Sheet) -> Any:
    return tasks.add(
        sheet.home,
        sheet.firm_id,
        sheet.text("what"),
        sheet.signed,
        start_by=sheet.day("start_by"),
        due_on=sheet.day("due_by"),
        officer=sheet.text_or_none("officer"),
    )


def _task_due(sheet: Sheet) -> Any:
    officer = sheet.text_or_none("officer")
    return tasks.add_due(sheet.home, sheet.firm_id, sheet.text("duty"), sheet.signed, officer=officer)


def _postponed(sheet: Sheet) -> Any:
    due_by = sheet.required_day("due_by")
    return tasks.postpone(sheet.home, sheet.text("number"), sheet.day("start_by"), due_by, sheet.signed)


def _ready(sheet: Sheet) -> Any:
    return applications.ready(sheet.home, sheet.text("number"), sheet.number("paper"), sheet.signed)


def _filed(sheet: Sheet) -> Any:
    filed_on = sheet.day_or_today("filed_on")
    return applications.file(sheet.home, sheet.text("number"), filed_on, sheet.text("receipt"), sheet.signed)


def _decided(sheet: Sheet) -> Any:
    on = sheet.day_or_today("on")
    return applications.decide(sheet.home, sheet.text("number"), sheet.text("outcome"), on, sheet.signed)


ACTS: Mapping[str, Act] = {
    "visit": Act(_visit),
    "keep": Act(_kept, visit),
    "contact": Act(contact),
    "request": Act(_request),
    "answer": Act(
        lambda sheet: requests.answer(sheet.home, sheet.text("number"), sheet.text("answer"), sheet.signed), request
    ),
    "close": Act(
        lambda sheet: requests.close(sheet.home, sheet.text("number"), sheet.text("result"), sheet.signed), request
    ),
    "task": Act(_task),
    "task_due": Act(_task_due),
    "done": Act(lambda sheet: tasks.done(sheet.home, sheet.text("number"), sheet.text("outcome"), sheet.signed), task),
    "drop": Act(lambda sheet: tasks.drop(sheet.home, sheet.text("number"), sheet.text("outcome"), sheet.signed), task),
    "postpone": Act(_postponed, task),
    "application": Act(
        lambda sheet: applications.open_(sheet.home, sheet.firm_id, sheet.text("designation"), sheet.signed)
    ),
    "ready": Act(_ready, application),
    "filed": Act(_filed, application),
    "decided": Act(_decided, application),
    "undo": Act(undone),
    **POOL_ACTS,
    **SERVICE_ACTS,
    **CONTEST_ACTS,
    **OWNER_ACTS,
}
"""Their fields are those of the forms of ``dash_app/pages/case`` and of the bodies of ``dash_app/api``."""
