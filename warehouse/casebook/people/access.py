"""The list of accesses: sign-ins, views, edits, exports. Append-only, each entry chained to all before it by a hash."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from warehouse.casebook.appending import end_turn, take_turn
from warehouse.casebook.events import FIRST, Head, as_json, chained, name_of, thing_of
from warehouse.casebook.people.tables import ACCESS, CHAIN
from warehouse.casebook.tables import HEAD

_BATCH = 1000


@dataclass(frozen=True)
class Entry:
    """An access: who did what (``kind``) to what (``subject``), in which role, and when (text in UTC)."""

    at: str
    who: str
    role: str
    kind: str
    subject: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """The first entry at which the chain is broken, and how."""

    seq: int
    zh: str
    en: str


def append(con: sa.Connection, entry: Entry) -> int:
    """Add an entry and return its number; writers wait for one another at the head."""
    head = take_turn(con, CHAIN)
    row = {**vars(entry), "content": as_json(entry.content), "seq": head.seq + 1}
    row["hash"] = chained(head.hash, row)
    con.execute(sa.insert(ACCESS).values(row))
    end_turn(con, Head(head.seq + 1, row["hash"]), CHAIN)
    return head.seq + 1


def read(
    con: sa.Connection, *, who: str | None, kind: str | None, since: str | None, limit: int, begin: str = ""
) -> list[dict[str, Any]]:
    """The newest entries that fit, the newest first; ``begin`` begins their subjects, which are given without it.

    ``thing`` and ``name`` are the parts of a subject such as ``firm:CODE``.
    """
    query = sa.select(ACCESS).order_by(ACCESS.c.seq.desc()).limit(limit)
    if who is not None:
        query = query.where(ACCESS.c.who == who)
    if kind is not None:
        query = query.where(ACCESS.c.kind == kind)
    if since is not None:
        query = query.where(ACCESS.c.at >= since)
    if begin:
        query = query.where(ACCESS.c.subject.startswith(begin, autoescape=True))
    return [_row(row, row["subject"].removeprefix(begin)) for row in con.execute(query).mappings()]


def _row(row: sa.RowMapping, subject: str) -> dict[str, Any]:
    content = json.loads(row["content"])
    return {**row, "subject": subject, "thing": thing_of(subject), "name": name_of(subject), "content": content}


def verify(con: sa.Connection) -> tuple[int, Fault | None]:
    """How many entries are sound, and the first fault of the chain: an entry changed, missing, or put between."""
    seq, before = 0, FIRST
    for row in _rows(con):
        if row["seq"] != seq + 1:
            return seq, Fault(seq + 1, "缺这一条", "this entry is missing")
        if row["hash"] != chained(before, row):
            return seq, Fault(row["seq"], "这一条被改动过", "this entry was changed")
        seq, before = row["seq"], row["hash"]
    head = con.execute(sa.select(HEAD.c.seq, HEAD.c.hash).where(HEAD.c.chain == CHAIN)).one()
    if tuple(head) != (seq, before):
        return seq, Fault(seq + 1, "末尾的条目缺失", "entries at the end are missing")
    return seq, None


def _rows(con: sa.Connection) -> Iterator[dict[str, Any]]:
    query = sa.select(ACCESS).order_by(ACCESS.c.seq).execution_options(yield_per=_BATCH)
    yield from map(dict, con.execute(query).mappings())
