"""What examples of commands about cases need: a thing to work on, a firm with a delivered figure, files."""

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from work_zone import pdf

from service.decisions import applications, assignments, contests, requests, tasks, visits
from service.decisions.assignment_rules import EXAMPLE
from service.decisions.assignments import Officers
from service.decisions.contests import Claim
from service.decisions.signed import Signed
from service.decisions.visits import Promise
from warehouse.casebook.events import Event
from warehouse.home import Home

NOW = datetime(2026, 6, 30, tzinfo=UTC)
BY = Signed("王", "试", NOW)
NUMBER = "a1b2c3d4"
"""Stands for the number of a thing in every example."""
FILED = (
    "select firm_id from (select firm_id, len(sources) as rows, unnest(sources) as origin from mart_firm__history"
    " where year = 2025) where rows = 1 and origin.feed = 'zone__yearly' order by firm_id limit 1"
)
"""A firm with a delivered figure."""


def meant(home: Home, name: str, folder: Path, firm: str) -> Mapping[str, str]:
    """What the words of examples stand for, by a pattern of the whole word; makes what the command works on."""
    make = MADE.get(name)
    if make is None and name.partition(" ")[0] not in {"case", "contest", "assign"}:
        return {}
    pdf(folder)
    event = make(home, firm, folder) if make else None
    number = {NUMBER: event.name, "12": str(event.seq)} if event else {}
    return {r"91\w{15,16}": firm, **number}


def _assigned(home: Home, firm: str, _: Path) -> Event:
    return assignments.assign(home, firm, Officers("王"), BY)


def _on_leave(home: Home, firm: str, folder: Path) -> Event:
    event = _assigned(home, firm, folder)
    assignments.take_leave(home, "王", NOW.date(), date(2099, 12, 31), "李", BY)
    return event


def _with_rules(home: Home, firm: str, folder: Path) -> Event:
    shutil.copy(EXAMPLE, home.root)
    return _assigned(home, firm, folder)


def _task(home: Home, firm: str, _: Path) -> Event:
    return tasks.add(home, firm, "年报", BY)


def _visit(home: Home, firm: str, _: Path) -> Event:
    return visits.record(home, firm, NOW.date(), "看了车间", BY, ours=[Promise("送政策包")])


def _request(home: Home, firm: str, _: Path) -> Event:
    return requests.add(home, firm, "要厂房", "用地", NOW.date(), BY)


def _answered(home: Home, firm: str, folder: Path) -> Event:
    event = _request(home, firm, folder)
    requests.answer(home, event.name, "已约", BY)
    return event


def _application(home: Home, firm: str, _: Path) -> Event:
    return applications.open_(home, firm, "hnte", BY)


def _contest(home: Home, firm: str, folder: Path) -> Event:
    return contests.add(home, Claim(firm, "revenue_y0", "5200万元"), [pdf(folder)], BY)


MADE: Mapping[str, Callable[[Home, str, Path], Event]] = {
    "case undo": _task,
    "case history": _task,
    "task done": _task,
    "task drop": _task,
    "task postpone": _task,
    "visit keep": _visit,
    "visit list": _visit,
    "request answer": _request,
    "request close": _answered,
    "application ready": _application,
    "application file": _application,
    "application result": _application,
    "contest decide": _contest,
    "contest sheet": _contest,
    "assign hand-over": _assigned,
    "assign by-rule": _with_rules,
    "assign leave end": _on_leave,
}
