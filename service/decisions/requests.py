"""Requests of firms (诉求): raised with a clock of working days, answered, closed with a result."""

from datetime import date

from service.case_rules import case_rules
from service.decisions.case_events import changed, opened, require_text
from service.decisions.firms import deadline, firm_id_of
from service.decisions.signed import Signed
from warehouse.casebook.events import Event
from warehouse.casebook.folds import request
from warehouse.errors import BadInput
from warehouse.home import Home


def add(home: Home, firm: str, what: str, topic: str, raised_on: date, signed: Signed) -> Event:
    """Keep a request; its clock starts the day after ``raised_on``. Raises ``BadInput`` for a day to come."""
    if raised_on > signed.today:
        raise BadInput(f"收到日 {raised_on} 还没到", f"the day of receipt, {raised_on}, is still to come")
    last = deadline(home, raised_on, case_rules().clocks["request"].working_days)
    content = {
        "firm": firm_id_of(home, firm),
        "what": require_text(what, "诉求内容", "what is requested"),
        "topic": topic.strip(),
        "raised_on": raised_on.isoformat(),
        "due_on": last.isoformat(),
    }
    return opened(home, request.PREFIX, request.RAISED, content, signed)


def answer(home: Home, number: str, text: str, signed: Signed) -> Event:
    """Answer a request that is open, or answer it anew."""
    content = {"answer": require_text(text, "答复", "the answer"), "on": signed.today.isoformat()}
    return changed(home, request, number, request.ANSWERED, content, signed, states=("open", "answered"))


def close(home: Home, number: str, result: str, signed: Signed) -> Event:
    """Close an answered request; an unanswered request is not closed. Raises ``BadInput`` for another result."""
    known = case_rules().results
    if result not in known:
        listed = "、".join(f"{name} {words.zh}" for name, words in known.items())
        raise BadInput(f"结果应为 {listed}", f"the result is one of {', '.join(known)}")
    content = {"result": result, "on": signed.today.isoformat()}
    return changed(home, request, number, request.CLOSED, content, signed, states=("answered",))
