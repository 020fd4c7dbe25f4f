"""Statements of people: decisions on quarantined rows, unit factors, joins. Append-only; corrected by new statements.

A statement is about a *subject* (a row, a report, a pair of names) and has a *kind*; of several on one subject the
newest is valid, unless it was withdrawn. Each run reads them into its build, so a decision outlives every re-run.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event, as_json
from warehouse.database.build import Build
from warehouse.home import Home


@dataclass(frozen=True)
class Statement:
    """A statement of a person on a subject; ``withdraws`` is the number of the earlier statement it withdraws."""

    statement_id: int
    kind: str
    subject: str
    content: dict[str, Any]
    said_by: str
    why: str
    said_at: datetime
    withdraws: int | None


@dataclass(frozen=True)
class Entry:
    """A statement to be made: of what kind, on which subject, and why; ``withdraws`` as in ``Statement``."""

    kind: str
    subject: str
    content: Mapping[str, Any]
    why: str
    withdraws: int | None = None


class Casebook:
    """The statements of one installation: events of the book whose stream is ``kind:subject``."""

    def __init__(self, home: Home) -> None:
        self._book = Book(home)
        self.store = self._book.store

    def record(
        self,
        kind: str,
        subject: str,
        content: Mapping[str, Any],
        *,
        by: str,
        why: str,
        now: datetime,
        withdraws: int | None = None,
    ) -> Statement:
        """Append a statement; raises ``BadInput`` without a name or reason, or if ``withdraws`` is unknown."""
        entry = Entry(kind, subject, content, why, withdraws)
        return self.record_all([entry], by=by, now=now)[0]

    def record_all(self, entries: Iterable[Entry], *, by: str, now: datetime) -> list[Statement]:
        """Append statements in one transaction, all or none; raises ``BadInput`` as ``record``."""
        drafts = [
            Draft(_stream(entry), entry.kind, entry.content, entry.why, withdraws=entry.withdraws) for entry in entries
        ]
        return [_statement(event) for event in self._book.append(drafts, by=by, now=now)]

    def fault(self) -> str | None:
        """The first error of SQLite's integrity check, None for none; raises ``CasebookFailed`` for a locked file.

        PostgreSQL checks its own pages: None where it answers.
        """
        return self.store.fault()

    def statements(self, kind: str | None = None, known_on: datetime | None = None) -> list[Statement]:
        """The statements in order, filtered by kind and by the moment up to which they were made, where given."""
        made = statements_of(self._book.events(kinds=None if kind is None else [kind]))
        return [entry for entry in made if known_on is None or entry.said_at <= known_on]


def _stream(entry: Entry) -> str:
    return f"{entry.kind}:{entry.subject}"


def statements_of(events: Iterable[Event]) -> list[Statement]:
    """The statements among events: those whose stream is named by their kind."""
    return [_statement(event) for event in events if event.stream.startswith(f"{event.kind}:")]


def _statement(event: Event) -> Statement:
    subject = event.stream.removeprefix(f"{event.kind}:")
    return Statement(event.seq, event.kind, subject, event.content, event.by, event.why, event.at, event.withdraws)


def write_statements(build: Build, statements: Iterable[Statement]) -> None:
    """``statement`` with all of them, and ``statement_standing``: the newest on each subject, if not withdrawn."""
    import polars as pl

    rows = [{**vars(entry), "content": json.dumps(entry.content, ensure_ascii=False)} for entry in statements]
    frame = pl.DataFrame(
        rows,
        schema={
            "statement_id": pl.Int64,
            "kind": pl.String,
            "subject": pl.String,
            "content": pl.String,
            "said_by": pl.String,
            "why": pl.String,
            "said_at": pl.Datetime("us", "UTC"),
            "withdraws": pl.Int64,
        },
    )
    build.put("statement", frame, select="* replace (content::json as content)")
    build.execute(
        "create or replace table statement_standing as"
        " select * exclude (withdraws) from statement"
        " where withdraws is null"
        " and statement_id not in (select withdraws from statement where withdraws is not null)"
        " qualify row_number() over (partition by kind, subject order by statement_id desc) = 1"
    )


def write_events(build: Build, events: Iterable[Event]) -> None:
    """``event`` with all of them, and the tables of ``write_statements``; ``by`` and ``at`` are named as there."""
    import polars as pl

    events = list(events)
    frame = pl.DataFrame(
        [_built(event) for event in events],
        schema={
            "seq": pl.Int64,
            "stream": pl.String,
            "version": pl.Int64,
            **dict.fromkeys(("kind", "content", "said_by", "why"), pl.String),
            "said_at": pl.Datetime("us", "UTC"),
            "withdraws": pl.Int64,
            "request": pl.String,
            "hash": pl.String,
        },
    )
    build.put("event", frame, select="* replace (content::json as content)")
    write_statements(build, statements_of(events))


def _built(event: Event) -> dict[str, Any]:
    row = {**vars(event), "content": as_json(event.content)}
    return row | {"said_by": row.pop("by"), "said_at": row.pop("at")}
