"""Events: what the casebook keeps, in order and chained by hashes, so that a changed or missing event shows.

Pure functions and values: no database, no clock.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.errors import BadInput
from warehouse.machine.clock import as_text

FIRST = "0" * 64
"""The hash before the first event."""


@dataclass(frozen=True)
class Draft:
    """An event to be appended.

    ``version`` is the version of the stream that the writer saw (0: a new stream; None: whatever is newest);
    ``request`` is made when a form is drawn, so that sending it twice makes one event; ``withdraws`` is the number of
    an earlier event of the stream.
    """

    stream: str
    kind: str
    content: Mapping[str, Any]
    why: str
    version: int | None = None
    request: str | None = None
    withdraws: int | None = None


@dataclass(frozen=True)
class Event:
    """An appended event; ``seq`` counts all events, ``version`` those of its stream, both from 1."""

    seq: int
    stream: str
    version: int
    kind: str
    content: dict[str, Any]
    by: str
    why: str
    at: datetime
    withdraws: int | None
    request: str | None
    hash: str

    @property
    def thing(self) -> str:
        """What kind of thing the stream is of, as ``task``; of a statement its kind."""
        return thing_of(self.stream)

    @property
    def name(self) -> str:
        """By what the thing of the stream is known: its number, a firm, of a statement what it is about."""
        return name_of(self.stream)


def thing_of(stream: str) -> str:
    """The kind of thing that a stream is of: of ``task:0a1b`` it is ``task``."""
    return stream.partition(":")[0]


def name_of(stream: str) -> str:
    """By what the thing of a stream is known among its kind: of ``task:0a1b`` its number."""
    return stream.partition(":")[2]


@dataclass(frozen=True)
class Head:
    """The end of the chain: number and hash of the last event; 0 and ``FIRST`` before the first."""

    seq: int
    hash: str


class Conflict(BadInput):
    """The stream has moved on since the writer saw it; ``events`` are those appended since."""

    def __init__(self, draft: Draft, newest: int, events: Sequence[Event]) -> None:
        last = f"{events[-1].by}，{as_text(events[-1].at)}" if events else ""
        last_en = f", last by {events[-1].by} at {as_text(events[-1].at)}" if events else ""
        super().__init__(
            f"{draft.stream}: 打开之后已被改动（所见第 {draft.version} 版，现为第 {newest} 版{last and '：'}{last}）；"
            "未作任何改动，请核对新的内容后再保存",
            f"{draft.stream}: changed since it was opened (version {draft.version} was seen, {newest} is the newest"
            f"{last_en}); nothing was saved, compare and save again",
        )
        self.events = list(events)


def as_json(content: Mapping[str, Any]) -> str:
    """The text by which content is stored and hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False)


def chained(previous: str, row: Mapping[str, Any]) -> str:
    """The hash of a stored row, all its fields but the hash, upon the hash of the one before."""
    fields = {name: row[name] for name in sorted(row) if name != "hash"}
    text = json.dumps([previous, fields], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def event_of(row: Mapping[str, Any]) -> Event:
    """Parse content and time of a stored row."""
    return Event(**{**row, "content": json.loads(row["content"]), "at": datetime.fromisoformat(row["at"])})


def row_of(event: Event) -> dict[str, Any]:
    """Content as JSON with sorted keys, time as text in UTC."""
    return {**vars(event), "content": as_json(event.content), "at": as_text(event.at)}


def in_force(events: Iterable[Event]) -> list[Event]:
    """The events of a stream in order, without withdrawn ones and withdrawals; a withdrawn withdrawal has no effect."""
    withdrawn: set[int] = set()
    kept = []
    for event in sorted(events, key=lambda event: event.seq, reverse=True):
        if event.seq in withdrawn:
            continue
        if event.withdraws is None:
            kept.append(event)
        else:
            withdrawn.add(event.withdraws)
    return kept[::-1]


def checked_row(draft: Draft, by: str, now: datetime) -> dict[str, Any]:
    """The fields of the row of a draft that do not depend on the book.

    Raises ``BadInput`` without a name or reason, and for content that cannot be stored.
    """
    if not (by.strip() and draft.why.strip()):
        raise BadInput("请写明由谁、为何决定（--by、--why）", "say who decides and why (--by, --why)")
    row = {
        "stream": draft.stream,
        "kind": draft.kind,
        "content": _stored(draft),
        "by": by.strip(),
        "why": draft.why.strip(),
        "at": as_text(now),
        "withdraws": draft.withdraws,
        "request": draft.request,
    }
    for name, value in row.items():
        if isinstance(value, str) and not _is_storable(value):
            raise BadInput(
                f"{draft.stream!a}: {name} 中有不能保存的字符，请重新输入",
                f"{draft.stream!a}: {name} has characters that cannot be stored, type it again",
            )
    return row


def _stored(draft: Draft) -> str:
    try:
        return as_json(draft.content)
    except (TypeError, ValueError) as error:
        raise BadInput(
            f"{draft.stream}: 内容不能存为 JSON（{error}）", f"{draft.stream}: its content is no JSON ({error})"
        ) from error


def _is_storable(text: str) -> bool:
    """Whether both databases can store it: no lone surrogate, and no NUL, which PostgreSQL refuses."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
