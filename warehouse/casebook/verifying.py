"""Verifies a casebook: chains of events and accesses, derived rows folded anew, kept proofs, refusals of changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa

from warehouse.casebook import proofs
from warehouse.casebook.appending import events_of, folded, head_of
from warehouse.casebook.chain import first_bad
from warehouse.casebook.events import Event, Head
from warehouse.casebook.folds import folds
from warehouse.casebook.people import access
from warehouse.casebook.store import Store
from warehouse.home import Home

APPEND_ONLY = ("access", "event")
_REFUSED = {"sqlite": ("delete", "update"), "postgresql": ("change", "truncate")}
TRIGGERS = {
    dialect: tuple(f"{table}_no_{act}" for table in APPEND_ONLY for act in acts) for dialect, acts in _REFUSED.items()
}
"""The triggers that refuse changes, by database."""

_NAMES = {
    "sqlite": "select name from sqlite_master where type = 'trigger'",
    "postgresql": "select tgname from pg_trigger where not tgisinternal and tgenabled <> 'D'",
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a casebook, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Verified:
    """The events of a casebook counted, its head, and what is wrong with it."""

    events: int
    head: Head
    problems: tuple[Problem, ...]


def verify(store: Store, home: Home | None = None) -> Verified:
    """Verify a casebook as it is at one moment, and the proofs of its events where their ``home`` is given.

    Raises ``CasebookFailed`` where it cannot be read.
    """
    with store.read() as con:
        events, head = events_of(con), head_of(con)
        bad = first_bad(events, head)
        problems = [
            *([Problem(f"第 {bad.seq} 号：{bad.zh}", f"no. {bad.seq}: {bad.en}")] if bad else []),
            *_differing_rows(con, events),
            *_changed_accesses(con),
            *_missing_triggers(con),
            *(_damaged_proofs(home, events) if home else ()),
        ]
    return Verified(len(events), head, tuple(problems))


def _differing_rows(con: sa.Connection, events: Iterable[Event]) -> Iterator[Problem]:
    """The first derived row of each table that is not the fold of its events."""
    by_stream = {
        stream: list(those)
        for stream, those in groupby(
            sorted(events, key=lambda event: (event.stream, event.seq)), lambda event: event.stream
        )
    }
    for fold in folds():
        kept = {row["stream"]: dict(row) for row in con.execute(sa.select(fold.TABLE)).mappings()}
        anew = {stream: folded(those) for stream, those in by_stream.items() if stream.startswith(fold.PREFIX)}
        for stream in sorted(kept.keys() | anew.keys()):
            if kept.get(stream) != anew.get(stream):
                row = f"{fold.TABLE.name}: {stream}"
                yield Problem(f"{row} 与其记录不符", f"{row} is not what its events say")
                break


def _changed_accesses(con: sa.Connection) -> Iterator[Problem]:
    _, fault = access.verify(con)
    if fault is not None:
        yield Problem(f"access 第 {fault.seq} 条：{fault.zh}", f"access no. {fault.seq}: {fault.en}")


def _missing_triggers(con: sa.Connection) -> Iterator[Problem]:
    present = set(con.execute(sa.text(_NAMES[con.dialect.name])).scalars())
    for name in TRIGGERS[con.dialect.name]:
        if name not in present:
            yield Problem(
                f"{name}: 防改触发器缺失或停用", f"{name}: the trigger that refuses changes is missing or disabled"
            )


def _damaged_proofs(home: Home, events: Iterable[Event]) -> Iterator[Problem]:
    """Each proof of an event whose file is not there with the bytes it was kept with."""
    for event in events:
        for proof in event.content.get("proofs", ()):
            if not proofs.is_intact(home, proof["sha256"]):
                path = proofs.path_of(home, proof["sha256"])
                yield Problem(
                    f"第 {event.seq} 号所附 {proof['name']}: 原件缺失或已被改动，请从备份取回 {path}",
                    f"{proof['name']}, attached to no. {event.seq}: missing or changed; take {path} from a backup",
                )
