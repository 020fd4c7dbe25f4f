"""Verifies a casebook: the chain of its events, its derived rows folded anew, the triggers that refuse changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa

from warehouse.casebook.appending import events_of, folded, head_of
from warehouse.casebook.chain import first_bad
from warehouse.casebook.events import Event, Head
from warehouse.casebook.folds import folds
from warehouse.casebook.store import Store

TRIGGERS = {
    "sqlite": ("event_no_delete", "event_no_update"),
    "postgresql": ("event_no_change", "event_no_truncate"),
}
_NAMES = {
    "sqlite": "select name from sqlite_master where type = 'trigger'",
    "postgresql": "select tgname from pg_trigger where not tgisinternal and tgenabled <> 'D'",
}


@dataclass(frozen=True)
class Verified:
    """The events of a casebook counted, its head, and what is wrong with it; each problem in both languages."""

    events: int
    head: Head
    problems: tuple[str, ...]


def verify(store: Store) -> Verified:
    """Verify a casebook as it is at one moment; raises ``CasebookFailed`` where it cannot be read."""
    with store.read() as con:
        events, head = events_of(con), head_of(con)
        bad = first_bad(events, head)
        problems = [*([str(bad)] if bad else []), *_differing_rows(con, events), *_missing_triggers(con)]
    return Verified(len(events), head, tuple(problems))


def _differing_rows(con: sa.Connection, events: Iterable[Event]) -> Iterator[str]:
    """The first derived row of each table that is not what its events say."""
    by_stream = {
        stream: list(those)
        for stream, those in groupby(sorted(events, key=lambda event: (event.stream, event.seq)), lambda e: e.stream)
    }
    for fold in folds():
        kept = {row["stream"]: dict(row) for row in con.execute(sa.select(fold.TABLE)).mappings()}
        anew = {stream: folded(those) for stream, those in by_stream.items() if stream.startswith(fold.PREFIX)}
        for stream in sorted(kept.keys() | anew.keys()):
            if kept.get(stream) != anew.get(stream):
                yield f"{fold.TABLE.name}: {stream} 与其记录不符 is not what its events say"
                break


def _missing_triggers(con: sa.Connection) -> Iterator[str]:
    present = set(con.execute(sa.text(_NAMES[con.dialect.name])).scalars())
    for name in TRIGGERS[con.dialect.name]:
        if name not in present:
            yield f"{name}: 防改触发器缺失或停用 the trigger that refuses changes is missing or disabled"
