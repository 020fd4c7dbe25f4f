"""Who owns a firm: assigned, by rule, handed over, left without; leave and its end."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from service.casework.sheet import Act, Sheet
from service.decisions import assignments
from service.decisions.assignments import Officers
from warehouse.errors import BadInput


def _assigned(sheet: Sheet) -> Any:
    if sheet.fields.get("by_rule"):
        return assignments.assign_by_rule(sheet.home, sheet.firm_id, sheet.signed)
    return assignments.assign(sheet.home, sheet.firm_id, _officers(sheet), sheet.signed)


def _handed_over(sheet: Sheet) -> Any:
    firm = sheet.text_or_none("firm")
    return assignments.hand_over(sheet.home, sheet.text("former"), _officers(sheet), sheet.signed, firm=firm)


def _on_leave(sheet: Sheet) -> Any:
    first_on, last_on = sheet.required_day("first_on"), sheet.required_day("last_on")
    officer, deputy = _officer(sheet), sheet.text("deputy")
    return assignments.take_leave(sheet.home, officer, first_on, last_on, deputy, sheet.signed)


def _back(sheet: Sheet) -> Any:
    last_on = sheet.day("last_on") or sheet.signed.today - timedelta(days=1)
    return assignments.end_leave(sheet.home, _officer(sheet), last_on, sheet.signed)


def _officer(sheet: Sheet) -> str:
    """Whose leave it is: the own one, or anybody's for who sees the whole zone."""
    officer = sheet.text("officer") or sheet.scope.who
    if officer != sheet.scope.who and sheet.scope.kind != "zone":
        raise BadInput("只能登记本人的休假；他人的由全区范围的人登记", "you note your own leave; others need the zone")
    return officer


def _officers(sheet: Sheet) -> Officers:
    return Officers(sheet.text("owner"), sheet.text_or_none("deputy"))


OWNER_ACTS: Mapping[str, Act] = {
    "assign": Act(_assigned, seen="owner"),
    "unassign": Act(lambda sheet: assignments.end(sheet.home, sheet.firm_id, sheet.signed), seen="owner"),
    "assign_all": Act(lambda sheet: assignments.assign_all_by_rule(sheet.home, sheet.signed), is_of_firms=True),
    "hand_over": Act(_handed_over, is_of_firms=True),
    "leave": Act(_on_leave, is_of_firms=True),
    "leave_end": Act(_back, is_of_firms=True),
}
