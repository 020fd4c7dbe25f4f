"""How decisions on a case become events: a thing is opened once, and changed only in a state that allows it."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from types import ModuleType
from typing import Any

from service.case_rules import Words, case_rules
from service.decisions.firms import is_seen
from service.decisions.signed import Signed
from warehouse.casebook.book import Book
from warehouse.casebook.events import Conflict, Draft, Event, as_json, name_of, thing_of
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.rows import Row


def opened(home: Home, prefix: str, kind: str, content: Mapping[str, Any], signed: Signed) -> Event:
    """The event that opens a new thing of a case, under a number of its own; the same form twice opens it once."""
    stream = f"{prefix}{secrets.token_hex(4)}"
    draft = Draft(stream, kind, content, signed.why, version=0, request=signed.request)
    return append(Book(home), [draft], signed)[0]


class BothVersions(BadInput):
    """A case changed since it was seen: ``draft`` is what was typed and is not kept, ``events`` what was appended."""

    def __init__(self, draft: Draft, conflict: Conflict) -> None:
        self.draft, self.events, self.conflict = draft, conflict.events, conflict
        since = "\n".join(f"  {event.seq} {event.by} {event.kind} {as_json(event.content)}" for event in self.events)
        typed = f"  {draft.kind} {as_json(draft.content)}"
        super().__init__(
            f"{conflict.zh}\n已保存的：\n{since}\n您写的（未保存）：\n{typed}\n如仍要保存，请加 --version 再试",
            f"{conflict.en}\nSaved:\n{since}\nTyped by you, not saved:\n{typed}\nRepeat with --version to go on",
        )


def append(book: Book, drafts: Sequence[Draft], signed: Signed) -> list[Event]:
    """Append drafts, all or none; raises ``BothVersions`` where a stream moved on since it was seen."""
    try:
        return book.append(drafts, by=signed.by, now=signed.now) if drafts else []
    except Conflict as conflict:
        streams = {event.stream for event in conflict.events}
        draft = next((draft for draft in drafts if draft.stream in streams), drafts[0])
        raise BothVersions(draft, conflict) from conflict


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
    row = row_of(home, fold, number)
    if earlier := repeated(book, row["stream"], signed):
        return earlier
    is_as_seen = signed.version in (None, row["version"])
    if states and is_as_seen and row["state"] not in states:
        raise _in_another_state(row, states)
    return append(book, [change_of(row, kind, content, signed)], signed)[0]


def change_of(row: Row, kind: str, content: Mapping[str, Any], signed: Signed) -> Draft:
    """The draft of a change to the row's thing, after the version that was seen, or else read."""
    version = row["version"] if signed.version is None else signed.version
    return Draft(
        row["stream"], kind, {"firm": row["firm_id"], **content}, signed.why, version=version, request=signed.request
    )


def row_of(home: Home, fold: ModuleType, number: str) -> Row:
    """The row of a thing by its number; raises ``BadInput`` where there is none about a firm that the user may see."""
    stream = f"{fold.PREFIX}{parse_number(fold, number)}"
    rows = [row for row in Book(home).rows(fold.TABLE, fold.TABLE.c.stream == stream) if is_seen(home, row["firm_id"])]
    if not rows:
        thing = _thing(stream)
        raise BadInput(
            f"没有这项{thing.zh}：{number}；tidu {thing.en} list 列出",
            f"there is no {thing.en} {number}: see tidu {thing.en} list",
        )
    return rows[0]


def parse_number(fold: ModuleType, typed: str) -> str:
    """The number of a thing from input: alone, or as its stream."""
    return typed.strip().removeprefix(fold.PREFIX)


def repeated(book: Book, stream: str, signed: Signed) -> Event | None:
    """The event of the same form, where it was sent before."""
    if signed.request is None:
        return None
    return next((event for event in book.events(stream=stream) if event.request == signed.request), None)


def require_text(text: str, zh: str, en: str) -> str:
    """The text without blanks around it; raises ``BadInput`` where nothing is left."""
    if not text.strip():
        raise BadInput(f"请写明{zh}", f"state {en}")
    return text.strip()


def _thing(stream: str) -> Words:
    return case_rules().things[thing_of(stream)]


def _in_another_state(row: Row, states: Collection[str]) -> BadInput:
    thing, number = _thing(row["stream"]), name_of(row["stream"])
    state, wanted = case_rules().states[row["state"]], [case_rules().states[state] for state in states]
    wanted_zh, wanted_en = "或".join(words.zh for words in wanted), " or ".join(words.en for words in wanted)
    return BadInput(
        f"{thing.zh} {number} {state.zh}，只有{wanted_zh}的才能如此处理；tidu case undo 可撤回此前的处理",
        f"{thing.en} {number} is {state.en}, this needs one that is {wanted_en}; tidu case undo takes an event back",
    )
