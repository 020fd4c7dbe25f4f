"""What a form of a case does: its fields as typed, and the decision that they become."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.case_rules import case_rules
from service.decisions import applications, pool, requests, tasks, visits
from service.decisions.firms import deadline
from service.decisions.signed import Signed
from service.decisions.visits import Promise
from service.queries.pool_situations import Act as PoolAct
from service.queries.today_rules import today_rules
from service.scope import Scope
from warehouse.casebook.folds import application, request, task
from warehouse.errors import BadInput
from warehouse.home import Home

Fields = Mapping[str, str]
CALLED = "called"
"""The outcome of a contact after which the firm was spoken to; after the others it still has to be."""


@dataclass(frozen=True)
class Sheet:
    """A form that was sent: of whose home, about which firm, by whom, with which fields."""

    home: Home
    firm_id: str
    scope: Scope
    fields: Fields
    signed: Signed

    def text(self, name: str) -> str:
        """A field as typed; empty where nothing was."""
        return self.fields.get(name, "").strip()

    def day(self, name: str) -> date | None:
        """A field as a day, None where it is empty; raises ``BadInput``."""
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise BadInput(f"日期应写作 2026-06-30：{text}", f"write a day as 2026-06-30, not {text}") from error

    def day_or_today(self, name: str) -> date:
        """As ``day``, today where it is empty."""
        return self.day(name) or self.signed.today


@dataclass(frozen=True)
class Act:
    """What a form does; ``fold`` is of the thing it changes, None where it opens one."""

    run: Callable[[Sheet], Any]
    fold: Any = None


def _visit(sheet: Sheet) -> Any:
    sides = {
        side: [Promise(sheet.text(side), sheet.day(f"{side}_by"))] if sheet.text(side) else []
        for side in ("ours", "theirs")
    }
    visited_on, next_on = sheet.day_or_today("visited_on"), sheet.day("next_on")
    return visits.record(
        sheet.home, sheet.firm_id, visited_on, sheet.text("note"), sheet.signed, next_on=next_on, **sides
    )


def _contact(sheet: Sheet) -> Any:
    """A call is kept as a visit by telephone; what is left to do after it, or for want of an answer, as a task."""
    words = case_rules().contacts
    outcome = sheet.text("outcome")
    if outcome not in words:
        listed = "、".join(f"{name} {word.bilingual}" for name, word in words.items())
        raise BadInput(f"请选择结果：{listed}", f"choose an outcome: {', '.join(words)}")
    about = " · ".join(filter(None, (words[outcome].zh, sheet.text("about"), sheet.text("note"))))
    next_on = sheet.day("next_on") or _next_day(sheet, outcome)
    if outcome == CALLED:
        return visits.record(sheet.home, sheet.firm_id, sheet.signed.today, about, sheet.signed, next_on=next_on)
    return tasks.add(sheet.home, sheet.firm_id, about, sheet.signed, due_on=next_on, officer=sheet.signed.by)


def _next_day(sheet: Sheet, outcome: str) -> date:
    return deadline(sheet.home, sheet.signed.today, today_rules().outcomes[outcome].next_days)  # type: ignore[index]


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
        officer=sheet.text("officer") or None,
    )


def _filed(sheet: Sheet) -> Any:
    filed_on = sheet.day_or_today("filed_on")
    return applications.file(sheet.home, sheet.text("number"), filed_on, sheet.text("receipt"), sheet.signed)


def _step(sheet: Sheet) -> Any:
    signed, step = sheet.signed, sheet.text("step")
    act = PoolAct(sheet.scope.role, signed.today, _papers(sheet), sheet.text("ground") or None)
    return pool.take(sheet.home, sheet.firm_id, step, sheet.text("designation") or None, act, signed)


def _papers(sheet: Sheet) -> dict[str, str]:
    """Papers and where each is filed, a line each as ``panel_minutes=2026-17``; raises ``BadInput`` for other lines."""
    papers = {}
    for line in filter(None, map(str.strip, sheet.text("papers").splitlines())):
        paper, sign, where = line.partition("=")
        if not (sign and paper.strip() and where.strip()):
            raise BadInput(
                f"材料每行写作 名称=存放处，如 panel_minutes=2026-17：{line}",
                f"write a paper a line as panel_minutes=2026-17: {line}",
            )
        papers[paper.strip()] = where.strip()
    return papers


ACTS: Mapping[str, Act] = {
    "visit": Act(_visit),
    "contact": Act(_contact),
    "request": Act(_request),
    "answer": Act(
        lambda sheet: requests.answer(sheet.home, sheet.text("number"), sheet.text("answer"), sheet.signed), request
    ),
    "close": Act(
        lambda sheet: requests.close(sheet.home, sheet.text("number"), sheet.text("result"), sheet.signed), request
    ),
    "task": Act(_task),
    "done": Act(lambda sheet: tasks.done(sheet.home, sheet.text("number"), sheet.text("outcome"), sheet.signed), task),
    "drop": Act(lambda sheet: tasks.drop(sheet.home, sheet.text("number"), sheet.text("outcome"), sheet.signed), task),
    "application": Act(
        lambda sheet: applications.open_(sheet.home, sheet.firm_id, sheet.text("designation"), sheet.signed)
    ),
    "filed": Act(_filed, application),
    "step": Act(_step),
}
"""The acts by name; their fields are those of the forms of ``dash_app/pages/case``."""
