"""A contact with a firm by telephone: spoken to, a visit agreed on, or not reached; with the next day."""

from datetime import date
from typing import Any

from service.case_rules import case_rules
from service.casework.form import SentForm
from service.decisions import tasks, visits
from service.decisions.firms import deadline
from service.queries.today.today_rules import today_rules
from warehouse.errors import BadInput

CALLED = "called"
"""The outcome after which the firm was spoken to; after the others it still has to be."""


def contact(form: SentForm) -> Any:
    """A call is kept as a visit by telephone; what is left to do after it, or for want of an answer, as a task."""
    words = case_rules().contacts
    outcome = form.text("outcome")
    if outcome not in words:
        zh, en = ("、".join(word.zh for word in words.values()), ", ".join(word.en for word in words.values()))
        raise BadInput(f"请选择结果：{zh}", f"choose an outcome: {en}")
    about = " · ".join(filter(None, (words[outcome].zh, form.text("about"), form.text("note"))))
    next_on = form.day("next_on") or _next_day(form, outcome)
    if outcome == CALLED:
        today = form.signed.today
        return visits.record(form.home, form.firm_id, today, about, form.signed, next_on=next_on, is_call=True)
    return tasks.add(form.home, form.firm_id, about, form.signed, due_on=next_on, officer=form.signed.by)


def _next_day(form: SentForm, outcome: str) -> date:
    rules = {str(name): ending for name, ending in today_rules().outcomes.items()}
    return deadline(form.home, form.signed.today, rules[outcome].next_days)
