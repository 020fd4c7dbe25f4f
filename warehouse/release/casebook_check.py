"""Checks the casebook against the newest release, which contains the events it was made with.

A run stops where the casebook is damaged, its chain is broken, or it lacks one of them. The way out is a backup, else
restoring the events from the release, or accepting their loss.
"""

import json
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tiers.messages.counted import counted
from warehouse.casebook.book import Book
from warehouse.casebook.chain import ACCEPTED, first_bad
from warehouse.casebook.events import Event
from warehouse.database.build import Snapshot
from warehouse.errors import BadInput, CasebookFailed
from warehouse.home import Home
from warehouse.release.inspection import ReleaseFile
from warehouse.release.order import order

WAY_OUT = (
    "请停止其他操作，从备份恢复 casebook.db；没有备份时 tidu casebook restore 找回上一期所依据的各条，"
    "或 tidu casebook accept-loss --by --why 声明不再需要",
    "restore casebook.db from a backup; without one, tidu casebook restore brings back what the last release rests on,"
    " or tidu casebook accept-loss --by --why says that it is not needed",
)


@dataclass(frozen=True)
class State:
    """A casebook compared with the newest release: its fault, and the events of the release it lacks."""

    path: str
    fault: str | None
    events: int
    lost: tuple[Event, ...]
    run_id: str | None


def state(home: Home) -> State:
    """Read the state of the casebook without creating a file where there is none."""
    release, book = order(home).current, Book(home)
    exists = book.store.exists()
    fault = book.store.fault() if exists else None
    events, head = book.whole() if exists and fault is None else ([], None)
    if head is not None and (bad := first_bad(events, head)):
        fault = str(bad)
    known = [] if release is None else _rests_on(release)
    run_id = None if release is None else release.path.stem
    kept = set() if fault else {name for event in events for name in (event.hash, _identity(event))}
    is_accepted = any(event.kind == ACCEPTED and event.content.get("run_id") == run_id for event in events)
    lost = () if is_accepted else tuple(event for event in known if (event.hash or _identity(event)) not in kept)
    return State(book.store.name, fault, len(events), lost, run_id)


def require_past(home: Home) -> None:
    """Raise ``CasebookFailed`` where the casebook is damaged or lacks events of the newest release."""
    casebook = state(home)
    if casebook.fault is not None:
        raise CasebookFailed(
            f"{casebook.path}: 决定簿已损坏（{casebook.fault}）；{WAY_OUT[0]}",
            f"{casebook.path}: the casebook is damaged ({casebook.fault}); {WAY_OUT[1]}",
        )
    if casebook.lost:
        count, first = len(casebook.lost), casebook.lost[0].seq
        raise CasebookFailed(
            f"{casebook.path}: 第 {casebook.run_id} 期所依据的决定缺 {count} 条（自第 {first} 号起）；{WAY_OUT[0]}",
            f"{casebook.path}: {counted(count, 'statement is', 'statements are')} missing on which run"
            f" {casebook.run_id} rests, from no. {first} on;"
            f" {WAY_OUT[1]}",
        )


def restore(home: Home, now: datetime) -> tuple[int, Path | None]:
    """Restore the lost statements from the newest release; returns their count, and where a damaged casebook was moved.

    Raises ``BadInput`` where other statements have the same numbers: then only a backup, or accepting the loss, helps.
    """
    before = state(home)
    aside = _move_damaged(home, before, now)
    book = Book(home)
    kept = {event.seq for event in book.events()}
    if reused := [event.seq for event in before.lost if event.seq in kept]:
        raise BadInput(
            f"第 {reused[0]} 号等 {len(reused)} 个号码已另作他用，不能找回；{WAY_OUT[0]}",
            f"{len(reused)} numbers (first: {reused[0]}) were given to other statements, they cannot be put back;"
            f" {WAY_OUT[1]}",
        )
    book.put_back(before.lost)
    return len(before.lost), aside


def accept_loss(home: Home, *, by: str, why: str, now: datetime) -> tuple[int, Path | None]:
    """State that runs may go on without the lost statements, whose numbers are not reused; returns as ``restore``."""
    if not (by.strip() and why.strip()):
        raise BadInput("请写明由谁、为何（--by、--why）", "say who accepts the loss and why (--by, --why)")
    before = state(home)
    aside = _move_damaged(home, before, now)
    if before.lost:
        book = Book(home)
        number = max(event.seq for event in (*before.lost, *book.events())) + 1
        content = {"run_id": before.run_id, "lost": len(before.lost)}
        book.put_back([_unchained(number, ACCEPTED, "casebook", content, by.strip(), why.strip(), now, None)])
    return len(before.lost), aside


def _move_damaged(home: Home, before: State, now: datetime) -> Path | None:
    """Rename a damaged casebook and its log; None where it is undamaged. Raises ``BadInput`` for PostgreSQL."""
    if before.fault is None:
        return None
    aside = Book(home).store.put_aside(f"damaged-{now:%Y%m%d-%H%M%S}")
    if aside is None:
        raise BadInput(
            f"{before.path}: 已损坏（{before.fault}）；请用 PostgreSQL 的备份恢复该库，或另建空库并改地址后再试",
            f"{before.path}: damaged ({before.fault}); restore the database from its backup, or name a new empty one"
            " and try again",
        )
    return aside


def _rests_on(release: ReleaseFile) -> list[Event]:
    """The events in a release; the statements of one of before, without version and hash."""
    with Snapshot.open(release.path) as snapshot:
        if "event" not in release.missing:
            rows = snapshot.rows(
                'select * exclude (said_by, said_at) replace (content::varchar as content), said_by as "by",'
                ' said_at as "at" from event order by seq'
            )
            return [Event(**{**row, "content": json.loads(row["content"])}) for row in rows]
        if "statement" in release.missing:
            return []
        rows = snapshot.rows(
            "select statement_id, kind, subject, content::varchar as content, said_by, why, said_at, withdraws"
            " from statement order by statement_id"
        )
    return [_unchained(*{**row, "content": json.loads(row["content"])}.values()) for row in rows]


def _unchained(
    seq: int,
    kind: str,
    subject: str,
    content: dict[str, Any],
    by: str,
    why: str,
    at: datetime,
    withdraws: int | None,
) -> Event:
    """An event of a statement, whose version and hash are made as it is put back."""
    return Event(seq, f"{kind}:{subject}", 0, kind, content, by, why, at, withdraws, None, "")


def _identity(event: Event) -> Hashable:
    return (event.seq, event.stream, event.at.astimezone(UTC))
