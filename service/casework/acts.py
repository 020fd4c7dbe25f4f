"""The acts of casework by name: what a form of a case does, in a page or over HTTP."""

from collections.abc import Mapping
from typing import Any

from service.casework.contact_act import contact
from service.casework.contest_acts import CONTEST_ACTS
from service.casework.form import Act, SentForm, day_of
from service.casework.owner_acts import OWNER_ACTS
from service.casework.pool_acts import POOL_ACTS
from service.casework.service_acts import SERVICE_ACTS
from service.casework.undo_act import undone
from service.decisions import applications, requests, tasks, visits
from service.decisions.visits import Promise
from warehouse.casebook.folds import application, request, task, visit


def _visit(form: SentForm) -> Any:
    visited_on, next_on = form.day_or_today("visited_on"), form.day("next_on")
    return visits.record(
        form.home,
        form.firm_id,
        visited_on,
        form.text("note"),
        form.signed,
        next_on=next_on,
        ours=_promises(form, "ours"),
        theirs=_promises(form, "theirs"),
    )


def _promises(form: SentForm, side: str) -> list[Promise]:
    """The promises of a side: a list of them, or the single one that a form has room for."""
    if listed := form.items(side):
        return [Promise(item["what"], day_of(item.get("by_on") or "")) for item in listed]
    return [Promise(form.text(side), form.day(f"{side}_by"))] if form.text(side) else []


def _kept(form: SentForm) -> Any:
    on, promise = form.day_or_today("on"), form.number("promise")
    return visits.keep(form.home, form.text("number"), form.text("side"), promise, on, form.signed)


def _request(form: SentForm) -> Any:
    raised_on = form.day_or_today("raised_on")
    return requests.add(form.home, form.firm_id, form.text("what"), form.text("topic"), raised_on, form.signed)


def _task(form: SentForm) -> Any:
    return tasks.add(
        form.home,
        form.firm_id,
        form.text("what"),
        form.signed,
        start_by=form.day("start_by"),
        due_on=form.day("due_by"),
        officer=form.text_or_none("officer"),
    )


def _task_due(form: SentForm) -> Any:
    officer = form.text_or_none("officer")
    return tasks.add_due(form.home, form.firm_id, form.text("duty"), form.signed, officer=officer)


def _postponed(form: SentForm) -> Any:
    due_by = form.required_day("due_by")
    return tasks.postpone(form.home, form.text("number"), form.day("start_by"), due_by, form.signed)


def _ready(form: SentForm) -> Any:
    return applications.ready(form.home, form.text("number"), form.number("paper"), form.signed)


def _filed(form: SentForm) -> Any:
    filed_on = form.day_or_today("filed_on")
    return applications.file(form.home, form.text("number"), filed_on, form.text("receipt"), form.signed)


def _decided(form: SentForm) -> Any:
    on = form.day_or_today("on")
    return applications.decide(form.home, form.text("number"), form.text("outcome"), on, form.signed)


ACTS: Mapping[str, Act] = {
    "visit": Act(_visit),
    "keep": Act(_kept, visit),
    "contact": Act(contact),
    "request": Act(_request),
    "answer": Act(
        lambda form: requests.answer(form.home, form.text("number"), form.text("answer"), form.signed), request
    ),
    "close": Act(
        lambda form: requests.close(form.home, form.text("number"), form.text("result"), form.signed), request
    ),
    "task": Act(_task),
    "task_due": Act(_task_due),
    "done": Act(lambda form: tasks.done(form.home, form.text("number"), form.text("outcome"), form.signed), task),
    "drop": Act(lambda form: tasks.drop(form.home, form.text("number"), form.text("outcome"), form.signed), task),
    "postpone": Act(_postponed, task),
    "application": Act(lambda form: applications.open_(form.home, form.firm_id, form.text("designation"), form.signed)),
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
