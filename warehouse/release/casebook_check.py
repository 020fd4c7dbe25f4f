"""Checks the casebook against the newest release, which contains the statements it was made with.

A run stops where the casebook is damaged or lacks one of them. The way out is a backup, else restoring the statements
from the release, or accepting their loss.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.casebook.statements import Casebook, Statement
from warehouse.database import Snapshot
from warehouse.errors import BadInput, CasebookFailed
from warehouse.home import Home
from warehouse.release.inspection import ReleaseFile
from warehouse.release.order import order

ACCEPTED = "loss_accepted"
"""The kind of a statement by which runs may go on without statements of the release it names."""

WAY_OUT = (
    "请停止其他操作，从备份恢复 casebook.db；没有备份时 tidu casebook restore 找回上一期所依据的各条，"
    "或 tidu casebook accept-loss --by --why 声明不再需要",
    "restore casebook.db from a backup; without one, tidu casebook restore brings back what the last release rests on,"
    " or tidu casebook accept-loss --by --why says that it is not needed",
)


@dataclass(frozen=True)
class State:
    """A casebook compared with the newest release: its fault, and the statements of the release it lacks."""

    path: str
    fault: str | None
    statements: int
    lost: tuple[Statement, ...]
    run_id: str | None


def state(home: Home) -> State:
    """Read the state of the casebook without creating a file where there is none."""
    release, book = order(home).current, Casebook(home)
    exists = book.store.exists()
    fault = book.fault() if exists else None
    statements = book.statements() if exists and fault is None else []
    known = [] if release is None else _rests_on(release)
    run_id = None if release is None else release.path.stem
    kept = {_identity(entry) for entry in statements}
    is_accepted = any(entry.kind == ACCEPTED and entry.content.get("run_id") == run_id for entry in statements)
    lost = () if is_accepted else tuple(entry for entry in known if _identity(entry) not in kept)
    return State(book.store.name, fault, len(statements), lost, run_id)


def require_past(home: Home) -> None:
    """Raise ``CasebookFailed`` where the casebook is damaged or lacks statements of the newest release."""
    casebook = state(home)
    if casebook.fault is not None:
        raise CasebookFailed(
            f"{casebook.path}: 决定簿已损坏（{casebook.fault}）；{WAY_OUT[0]}\n"
            f"{casebook.path}: the casebook is damaged ({casebook.fault}); {WAY_OUT[1]}"
        )
    if casebook.lost:
        count, first = len(casebook.lost), casebook.lost[0].statement_id
        raise CasebookFailed(
            f"{casebook.path}: 第 {casebook.run_id} 期所依据的决定缺 {count} 条（自第 {first} 号起）；{WAY_OUT[0]}\n"
            f"{casebook.path}: {count} statements that run {casebook.run_id} rests on are missing, from no. {first} on;"
            f" {WAY_OUT[1]}"
        )


def restore(home: Home, now: datetime) -> tuple[int, Path | None]:
    """Restore the lost statements from the newest release; returns their count, and where a damaged casebook was moved.

    Raises ``BadInput`` where other statements have the same numbers: then only a backup, or accepting the loss, helps.
    """
    before = state(home)
    aside = _move_damaged(before, now)
    book = Casebook(home)
    kept = {entry.statement_id for entry in book.statements()}
    if reused := [entry.statement_id for entry in before.lost if entry.statement_id in kept]:
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
    aside = _move_damaged(before, now)
    if before.lost:
        book = Casebook(home)
        numbers = [entry.statement_id for entry in (*before.lost, *book.statements())]
        content = {"run_id": before.run_id, "lost": len(before.lost)}
        book.put_back([Statement(max(numbers) + 1, ACCEPTED, "casebook", content, by.strip(), why.strip(), now, None)])
    return len(before.lost), aside


def _move_damaged(before: State, now: datetime) -> Path | None:
    """Rename a damaged casebook and its log; None where it is undamaged."""
    if before.fault is None:
        return None
    path = Path(before.path)
    kept = path.with_name(f"{path.name}.damaged-{now:%Y%m%d-%H%M%S}")
    for ending in ("-wal", "-shm", ""):
        if (part := path.with_name(path.name + ending)).exists():
            part.replace(kept.with_name(kept.name + ending))
    return kept


def _rests_on(release: ReleaseFile) -> list[Statement]:
    """The statements in a release; none where its version stored none."""
    if "statement" in release.missing:
        return []
    with Snapshot.open(release.path) as snapshot:
        rows = snapshot.rows(
            "select statement_id, kind, subject, content::varchar as content, said_by, why, said_at, withdraws"
            " from statement order by statement_id"
        )
    return [Statement(**{**row, "content": json.loads(row["content"])}) for row in rows]


def _identity(statement: Statement) -> tuple[int, str, str, datetime]:
    return (statement.statement_id, statement.kind, statement.subject, statement.said_at.astimezone(UTC))
