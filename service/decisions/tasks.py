"""Tasks about a firm: from what is due or added freely; done, postponed or dropped."""

from datetime import date
from typing import Any

from service.decisions.case_events import changed, opened, require_text
from service.decisions.firms import firm_id_of
from service.decisions.signed import Signed
from service.display import display
from warehouse.casebook.events import Event
from warehouse.casebook.folds import task
from warehouse.errors import BadInput
from warehouse.home import Home


def add(
    home: Home,
    firm: str,
    what: str,
    signed: Signed,
    *,
    start_by: date | None = None,
    due_on: date | None = None,
    officer: str | None = None,
) -> Event:
    """Add a task; without ``officer`` it is the owner's. Raises ``BadInput`` where it starts after it is due."""
    _require_order(start_by, due_on)
    content = {
        "firm": firm_id_of(home, firm),
        "what": require_text(what, "要做什么", "what is to be done"),
        "start_by": _text(start_by),
        "due_on": _text(due_on),
        "officer": officer,
    }
    return opened(home, task.PREFIX, task.ADDED, content, signed)


def add_due(home: Home, firm: str, duty: str, signed: Signed, *, officer: str | None = None) -> Event:
    """Add what is due to the firm next under a duty, its kind or its designation; raises ``BadInput`` for nothing."""
    row = _next_due(home, firm, duty)
    content = {
        "firm": row["firm_id"],
        "what": f"{row['designation_zh']}：{row['duty_zh']}",
        "start_by": _text(row["start_by"]),
        "due_on": _text(row["due_on"]),
        "duty": row["duty"],
        "period": row["period"],
        "officer": officer,
    }
    return opened(home, task.PREFIX, task.ADDED, content, signed)


def done(home: Home, number: str, outcome: str, signed: Signed) -> Event:
    """Append the end of a task; raises ``BadInput`` unless it is open."""
    return _end(home, number, task.DONE, outcome, signed)


def drop(home: Home, number: str, outcome: str, signed: Signed) -> Event:
    """A task is no longer needed, and why."""
    return _end(home, number, task.DROPPED, outcome, signed)


def postpone(home: Home, number: str, start_by: date | None, due_on: date, signed: Signed) -> Event:
    """Move an open task to another day; raises as ``add``."""
    _require_order(start_by, due_on)
    content = {"start_by": _text(start_by), "due_on": _text(due_on)}
    return changed(home, task, number, task.POSTPONED, content, signed, states=("open",))


def _end(home: Home, number: str, kind: str, outcome: str, signed: Signed) -> Event:
    content = {"outcome": require_text(outcome, "结果（--outcome）", "the outcome (--outcome)")}
    content |= {"on": signed.today.isoformat()}
    return changed(home, task, number, kind, content, signed, states=("open",))


def _next_due(home: Home, firm: str, duty: str) -> dict[str, Any]:
    from service.queries.cases.due import due

    ahead = display().ahead_days["task"]
    rows = [row for row in due(home, ahead, firm=firm, duty=duty).rows if row["due_on"] is not None]
    if not rows:
        raise BadInput(f"{firm} 没有这项到期事项：{duty}", f"nothing of {duty} is due of {firm}: see tidu due")
    return rows[0]


def _require_order(start_by: date | None, due_on: date | None) -> None:
    if start_by and due_on and start_by > due_on:
        raise BadInput(f"开工 {start_by} 晚于到期 {due_on}", f"it would start on {start_by}, after it is due: {due_on}")


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
