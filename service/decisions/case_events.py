"""How decisions on a case become events: a thing is opened once, and changed only in a state that allows it."""

import secrets
from collections.abc import Collection, Mapping
from types import ModuleType
from typing import Any

from service.decisions.signed import Signed
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event
from warehouse.casebook.folds import application, contest, request, task, visit
from warehouse.errors import BadInput
from warehouse.home import Home

Row = dict[str, Any]
THINGS = {
    visit.PREFIX: ("走访", "visit"),
    request.PREFIX: ("诉求", "request"),
    task.PREFIX: ("任务", "task"),
    application.PREFIX: ("申报", "application"),
    contest.PREFIX: ("异议", "contest"),
}
STATES = {
    "open": ("未结", "open"),
    "answered": ("已答复", "answered"),
    "closed": ("已办结", "closed"),
    "done": ("已完成", "done"),
    "dropped": ("已取消", "dropped"),
    "filed": ("已提交", "filed"),
    "granted": ("获得认定", "granted"),
    "refused": ("未获认定", "refused"),
    "withdrawn": ("已撤回", "withdrawn"),
    "accepted": ("已采纳", "accepted"),
    "declined": ("未采纳", "declined"),
}
"""The states of what belongs to a case, in both languages."""


def opened(home: Home, prefix: str, kind: str, content: Mapping[str, Any], signed: Signed) -> Event:
    """The event that opens a new thing of a case, under a number of its own; the same form twice opens it once."""
    stream = f"{prefix}{secrets.token_hex(4)}"
    draft = Draft(stream, kind, content, signed.why, version=0, request=signed.request)
    return Book(home).append([draft], by=signed.by, now=signed.now)[0]


def changed(
    home: Home,
    fold: ModuleType,
    number: str,
    kind: str,
    content: Mapping[str, Any],
    signed: Signed,
    *,
    states: Collection[str] = (),
) -> Event:
    """The event that changes a thing of a case, which must be in one of ``states``.

    Raises ``BadInput`` where there is no such thing or it is in another state, ``Conflict`` where it changed since the
    version that was seen.
    """
    book = Book(home)
    row = row_of(book, fold, number)
    if earlier := repeated(book, row["stream"], signed):
        return earlier
    is_as_seen = signed.version in (None, row["version"])
    if states and is_as_seen and row["state"] not in states:
        raise _in_another_state(row, states)
    return book.append([change_of(row, kind, content, signed)], by=signed.by, now=signed.now)[0]


def change_of(row: Row, kind: str, content: Mapping[str, Any], signed: Signed) -> Draft:
    """The draft of a change to the row's thing, after the version that was seen, or else read."""
    version = row["version"] if signed.version is None else signed.version
    return Draft(
        row["stream"], kind, {"firm": row["firm_id"], **content}, signed.why, version=version, request=signed.request
    )


def row_of(book: Book, fold: ModuleType, number: str) -> Row:
    """The row of a thing by its number; raises ``BadInput``."""
    stream = f"{fold.PREFIX}{number.strip().removeprefix(fold.PREFIX)}"
    rows = book.rows(fold.TABLE, fold.TABLE.c.stream == stream)
    if not rows:
        zh, en = THINGS[fold.PREFIX]
        raise BadInput(f"没有这项{zh}：{number}；tidu {en} list 列出", f"there is no {en} {number}: see tidu {en} list")
    return rows[0]


def repeated(book: Book, stream: str, signed: Signed) -> Event | None:
    """The event of the same form, where it was sent before."""
    if signed.request is None:
        return None
    return next((event for event in book.events(stream=stream) if event.request == signed.request), None)


def number_of(stream: str) -> str:
    """The number by which people name a thing."""
    return stream.partition(":")[2]


def require_text(text: str, zh: str, en: str) -> str:
    """The text without blanks around it; raises ``BadInput`` where nothing is left."""
    if not text.strip():
        raise BadInput(f"请写明{zh}", f"state {en}")
    return text.strip()


def _in_another_state(row: Row, states: Collection[str]) -> BadInput:
    zh, en = THINGS[f"{row['stream'].partition(':')[0]}:"]
    is_zh, is_en = STATES[row["state"]]
    wanted = [STATES[state] for state in states]
    return BadInput(
        f"{zh} {number_of(row['stream'])} {is_zh}，不是{'、'.join(word for word, _ in wanted)}，不能如此处理；tidu case 可撤回",
        f"{en} {number_of(row['stream'])} is {is_en}, not {' or '.join(word for _, word in wanted)};"
        " tidu case undo takes an event back",
    )
