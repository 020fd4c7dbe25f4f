"""Who owns a firm: assigned, by rule, handed over, left without; leave and its end."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from service.casework.form import Act, SentForm
from service.decisions import assignments
from service.decisions.assignments import Officers
from warehouse.errors import BadInput


def _assigned(form: SentForm) -> Any:
    if form.fields.get("by_rule"):
        return assignments.assign_by_rule(form.home, form.firm_id, form.signed)
    return assignments.assign(form.home, form.firm_id, _officers(form), form.signed)


def _handed_over(form: SentForm) -> Any:
    firm = form.text_or_none("firm")
    return assignments.hand_over(form.home, form.text("former"), _officers(form), form.signed, firm=firm)


def _on_leave(form: SentForm) -> Any:
    first_on, last_on = form.required_day("first_on"), form.required_day("last_on")
    officer, deputy = _officer(form), form.text("deputy")
    return assignments.take_leave(form.home, officer, first_on, last_on, deputy, form.signed)


def _back(form: SentForm) -> Any:
    last_on = form.day("last_on") or form.signed.today - timedelta(days=1)
    return assignments.end_leave(form.home, _officer(form), last_on, form.signed)


def _officer(form: SentForm) -> str:
    """Whose leave it is: the own one, or anybody's for who sees the whole zone."""
    officer = form.text("officer") or form.scope.who
    if officer != form.scope.who and form.scope.kind != "zone":
        raise BadInput("只能登记本人的休假；他人的由全区范围的人登记", "you note your own leave; others need the zone")
    return officer


def _officers(form: SentForm) -> Officers:
    return Officers(form.text("owner"), form.text_or_none("deputy"))


OWNER_ACTS: Mapping[str, Act] = {
    "assign": Act(_assigned, seen="owner"),
    "unassign": Act(lambda form: assignments.end(form.home, form.firm_id, form.signed), seen="owner"),
    "assign_all": Act(lambda form: assignments.assign_all_by_rule(form.home, form.signed), is_of_firms=True),
    "hand_over": Act(_handed_over, is_of_firms=True),
    "leave": Act(_on_leave, is_of_firms=True),
    "leave_end": Act(_back, is_of_firms=True),
}
