"""Appending to the casebook within a transaction: the head's turn, the chain, the derived rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from warehouse.casebook.chain import first_bad
from warehouse.casebook.events import Conflict, Draft, Event, Head, chained, checked_row, event_of, in_force, row_of
from warehouse.casebook.folds import fold_of
from warehouse.casebook.tables import CASES, EVENT, HEAD
from warehouse.errors import BadInput


def append(con: sa.Connection, drafts: Iterable[Draft], *, by: str, now: datetime) -> list[Event]:
    """Append drafts in order; an event for each, that of an earlier time where its request was made already.

    Drafts of one form may have the same request. Raises ``Conflict`` for a stream that moved on, and ``BadInput`` as
    ``checked_row`` and for a withdrawal of what is no event of the stream. The transaction must then be given up.
    """
    drafts = _with_requests_apart(drafts)
    rows = [checked_row(draft, by, now) for draft in drafts]
    head = take_turn(con)
    versions = {stream: _version_of(con, stream) for stream in {draft.stream for draft in drafts}}
    seen = dict(versions)
    events = []
    for draft, row in zip(drafts, rows, strict=True):
        if (earlier := _of_request(con, draft)) is not None:
            events.append(earlier)
            continue
        _require_fit(con, draft, seen[draft.stream])
        versions[draft.stream] += 1
        row |= {"seq": head.seq + 1, "version": versions[draft.stream]}
        head, event = insert(con, head, row)
        events.append(event)
    end_turn(con, head)
    fold_streams(con, {event.stream for event in events})
    return events


def take_turn(con: sa.Connection, chain: str = CASES) -> Head:
    """Wait for other writers; the end of the chain, which stays until the transaction ends."""
    row = con.execute(
        sa.update(HEAD).where(HEAD.c.chain == chain).values(seq=HEAD.c.seq).returning(HEAD.c.seq, HEAD.c.hash)
    ).one()
    return Head(row.seq, row.hash)


def head_of(con: sa.Connection, chain: str = CASES) -> Head:
    """The end of the chain, without waiting."""
    row = con.execute(sa.select(HEAD.c.seq, HEAD.c.hash).where(HEAD.c.chain == chain)).one()
    return Head(row.seq, row.hash)


def end_turn(con: sa.Connection, head: Head, chain: str = CASES) -> None:
    """Store the new end of the chain."""
    con.execute(sa.update(HEAD).where(HEAD.c.chain == chain).values(seq=head.seq, hash=head.hash))


def insert(con: sa.Connection, head: Head, row: Mapping[str, Any]) -> tuple[Head, Event]:
    """Insert a row, complete but for its hash, at the end of the chain."""
    stored = {**row, "hash": chained(head.hash, row)}
    con.execute(sa.insert(EVENT).values(stored))
    return Head(stored["seq"], stored["hash"]), event_of(stored)


def put_back(con: sa.Connection, events: Iterable[Event]) -> None:
    """Put events back with the numbers they have; those without a hash get version and hash anew.

    Raises ``BadInput`` where the chain is not whole with them, as where the book went on without them.
    """
    head = take_turn(con)
    streams = set()
    for event in events:
        row = row_of(event)
        if not event.hash:
            row = {**row, "version": _version_of(con, event.stream) + 1}
            row |= {"hash": chained(head.hash, row)}
        con.execute(sa.insert(EVENT).values(row))
        head = max(head, Head(row["seq"], row["hash"]), key=lambda head: head.seq)
        streams.add(event.stream)
    if bad := first_bad(events_of(con), head):
        raise BadInput(
            f"补入后记录仍不连贯（第 {bad.seq} 号：{bad.zh}），未作任何改动；请从备份恢复",
            f"with them the casebook is not whole (no. {bad.seq}: {bad.en}), nothing was changed; restore a backup",
        )
    end_turn(con, head)
    fold_streams(con, streams)


def events_of(con: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[Event]:
    """The events that meet the conditions, in order."""
    rows = con.execute(sa.select(EVENT).where(*conditions).order_by(EVENT.c.seq))
    return [event_of(dict(row._mapping)) for row in rows]


def fold_streams(con: sa.Connection, streams: Iterable[str]) -> None:
    """Make the derived rows of streams anew."""
    for stream in sorted(streams):
        fold = fold_of(stream)
        if fold is None:
            continue
        row = folded(events_of(con, EVENT.c.stream == stream))
        con.execute(sa.delete(fold.TABLE).where(fold.TABLE.c.stream == stream))
        if row is not None:
            con.execute(sa.insert(fold.TABLE).values(row))


def folded(events: Sequence[Event]) -> dict[str, Any] | None:
    """The derived row of a stream by all its events, None where its fold makes none."""
    fold = fold_of(events[0].stream)
    fields = fold.fold(in_force(events)) if fold else None
    if fields is None:
        return None
    return {"stream": events[0].stream, "version": events[-1].version, "seq": events[-1].seq, **fields}


def _with_requests_apart(drafts: Iterable[Draft]) -> list[Draft]:
    """Numbers the drafts of a form, which have one request: the second is ``request#2``."""
    counts: Counter[str] = Counter()
    apart = []
    for draft in drafts:
        if draft.request is not None:
            counts[draft.request] += 1
            if (nth := counts[draft.request]) > 1:
                draft = Draft(**{**vars(draft), "request": f"{draft.request}#{nth}"})
        apart.append(draft)
    return apart


def _version_of(con: sa.Connection, stream: str) -> int:
    newest = sa.select(sa.func.coalesce(sa.func.max(EVENT.c.version), 0)).where(EVENT.c.stream == stream)
    return int(con.execute(newest).scalar_one())


def _of_request(con: sa.Connection, draft: Draft) -> Event | None:
    if draft.request is None:
        return None
    return next(iter(events_of(con, EVENT.c.request == draft.request)), None)


def _require_fit(con: sa.Connection, draft: Draft, newest: int) -> None:
    if draft.version not in (None, newest):
        since = events_of(con, EVENT.c.stream == draft.stream, EVENT.c.version > draft.version)
        raise Conflict(draft, newest, [event for event in since if event.version <= newest])
    if draft.withdraws is not None:
        streams = sa.select(EVENT.c.stream).where(EVENT.c.seq == draft.withdraws)
        if con.execute(streams).scalar() != draft.stream:
            raise BadInput(
                f"{draft.stream}: 没有第 {draft.withdraws} 号决定",
                f"{draft.stream}: there is no statement {draft.withdraws}",
            )
