"""Applications for titles: opened with their papers, filed under a number, decided by the next list."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from service.case_rules import case_rules
from service.decisions.case_events import (
    BothVersions,
    append,
    change_of,
    changed,
    opened,
    require_text,
    row_of,
)
from service.decisions.firms import firm_id_of
from service.decisions.signed import Signed
from service.queries.rules.designations import designation_of
from warehouse.casebook.book import Book
from warehouse.casebook.events import Event, name_of
from warehouse.casebook.folds import application
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

_WINDOW = (
    "select period, opens_on, due_on from desk_firm__windows inner join desk_ref_duties using (duty)"
    " where firm_id = $1 and designation = $2 order by due_on nulls last limit 1"
)
_GRANTED = (
    "select firm_id, designation, title_id, valid_from from desk_title__granted"
    " where list_contains($1, firm_id) and valid_from is not null order by valid_from, title_id"
)
BY_TIDU, GRANTED = "tidu", "名单已授予 granted by a list"
"""Who closes an application whose title a list grants, and the reason that is kept."""


def open_(home: Home, firm: str, designation: str, signed: Signed, *, papers: Sequence[str] = ()) -> Event:
    """Open an application with the window the firm can use next; without ``papers`` with those a text lists.

    Raises ``BadInput`` where another for the title is still undecided.
    """
    title, firm_id = designation_of(designation), firm_id_of(home, firm)
    fields = application.TABLE.c
    for row in Book(home).rows(application.TABLE, fields.firm_id == firm_id, fields.designation == title):
        if row["state"] in application.UNDECIDED and signed.request is None:
            number = name_of(row["stream"])
            raise BadInput(
                f"该企业的 {title} 申报 {number} 尚未有结果", f"application {number} for {title} is still undecided"
            )
    listed = case_rules().papers.get(title)
    window = next(iter(Published(home).rows(_WINDOW, [firm_id, title])), {})
    content = {
        "firm": firm_id,
        "designation": title,
        "period": window.get("period"),
        "opens_on": _text(window.get("opens_on")),
        "closes_on": _text(window.get("due_on")),
        "papers": list(papers or (listed.items if listed else ())),
    }
    return opened(home, application.PREFIX, application.OPENED, content, signed)


def ready(home: Home, number: str, paper: int, signed: Signed) -> Event:
    """A paper of the list, by its place from 1, is ready; raises ``BadInput`` where there is none."""
    papers = row_of(home, application, number)["papers"]
    if not 1 <= paper <= len(papers):
        raise BadInput(f"材料有 {len(papers)} 项，没有第 {paper} 项", f"there are {len(papers)} papers, no {paper}")
    content = {"number": paper, "on": signed.today.isoformat()}
    return changed(home, application, number, application.READY, content, signed, states=("open",))


def file(home: Home, number: str, filed_on: date, receipt: str, signed: Signed) -> Event:
    """An application was filed on a day, under the number of its receipt."""
    if filed_on > signed.today:
        raise BadInput(f"提交日 {filed_on} 还没到", f"the day of filing, {filed_on}, is still to come")
    content = {"on": filed_on.isoformat(), "receipt": require_text(receipt, "受理编号", "the number of the receipt")}
    return changed(home, application, number, application.FILED, content, signed, states=("open",))


def decide(home: Home, number: str, outcome: str, on: date, signed: Signed) -> Event:
    """The result, typed by hand; lists decide by themselves. Raises ``BadInput`` for a result there is not."""
    known = case_rules().outcomes
    if outcome not in known:
        listed = "、".join(f"{name} {words.zh}" for name, words in known.items())
        raise BadInput(f"结果应为 {listed}", f"the result is one of {', '.join(known)}")
    content = {"result": outcome, "on": on.isoformat()}
    return changed(home, application, number, application.DECIDED, content, signed, states=application.UNDECIDED)


def close_by_lists(home: Home, now: datetime) -> list[Event]:
    """Close every filed application whose title a list of the current release grants from the filing day on.

    One that somebody changes at the same moment is left to the next run, with the others.
    """
    book, signed = Book(home), Signed(BY_TIDU, GRANTED, now)
    filed = book.rows(application.TABLE, application.TABLE.c.state == "filed")
    if not filed:
        return []
    granted = Published(home).rows(_GRANTED, [[row["firm_id"] for row in filed]])
    drafts = [
        change_of(row, application.DECIDED, _by_list(title), signed)
        for row in filed
        if (title := next((title for title in granted if _answers(title, row)), None))
    ]
    try:
        return append(book, drafts, signed)
    except BothVersions:
        return []


def _answers(title: dict[str, Any], row: dict[str, Any]) -> bool:
    is_same = (title["firm_id"], title["designation"]) == (row["firm_id"], row["designation"])
    return is_same and title["valid_from"].isoformat() >= row["filed_on"]


def _by_list(title: dict[str, Any]) -> dict[str, Any]:
    return {"result": "granted", "on": title["valid_from"].isoformat(), "title_id": title["title_id"]}


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
