"""Statements of people: decisions on quarantined rows, unit factors, joins. Append-only; corrected by new statements.

A statement is about a *subject* (a row, a report, a pair of names) and has a *kind*; of several on one subject the
newest is valid, unless it was withdrawn. Each run reads them into its build, so a decision outlives every re-run.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from warehouse.database import Build
from warehouse.errors import BadInput, CasebookFailed, HomeFailed
from warehouse.home import Home

if TYPE_CHECKING:  # imported where it is used: most commands read no casebook
    import sqlalchemy as sa


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
    """The statements of one installation, in ``casebook.db`` below its home."""

    def __init__(self, home: Home) -> None:
        self._path, self._is_of_a_vintage = home.casebook, home.is_frozen

    @cached_property
    def _engine(self) -> "sa.Engine":
        import sqlalchemy as sa

        return sa.create_engine(sa.URL.create("sqlite", database=str(self._path)))

    @contextmanager
    def _open(self) -> "Iterator[sa.Connection]":
        import sqlalchemy as sa

        from warehouse.casebook.tables import META

        try:
            with self._engine.begin() as con:
                con.execute(sa.text("pragma journal_mode = wal"))
                META.create_all(con)
                yield con
        except sa.exc.DatabaseError as error:
            raise CasebookFailed(
                f"{self._path}: 决定簿无法读写（被占用或已损坏），未作任何改动；"
                "请关闭占用它的程序、给予读写权限，或从备份恢复，切勿删除；没有备份时见 tidu casebook\n"
                f"{self._path}: the casebook cannot be read or written (locked or damaged), nothing was changed; close"
                " what holds it, let this user write it, or restore it from a backup, never delete it; without a backup"
                f" see tidu casebook\n({error.orig})"
            ) from error

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
        if self._is_of_a_vintage:
            raise HomeFailed.frozen(self._path.parent)
        rows = [_row(entry, by, now) for entry in entries]
        if not rows:
            return []
        with self._open() as con:
            return [_inserted(con, row) for row in rows]

    def fault(self) -> str | None:
        """The first error of SQLite's integrity check, None for none; raises ``CasebookFailed`` for a locked file."""
        import sqlalchemy as sa

        try:
            with self._engine.connect() as con:
                result = str(con.execute(sa.text("pragma integrity_check(1)")).scalar_one())
        except sa.exc.OperationalError as error:
            if "malformed" not in str(error.orig):
                raise CasebookFailed(
                    f"{self._path}: 决定簿无法读取；请关闭占用它的程序，并给予读写权限\n"
                    f"{self._path}: the casebook cannot be read; close what holds it, and let this user read and write"
                    f" it\n({error.orig})"
                ) from error
            return str(error.orig)
        except sa.exc.DatabaseError as error:
            return str(error.orig)
        return None if result == "ok" else result

    def put_back(self, statements: Iterable[Statement]) -> None:
        """Insert statements with the numbers they already have, to restore lost ones."""
        import sqlalchemy as sa

        from warehouse.casebook.tables import STATEMENT

        rows = [
            {**vars(entry), "content": _as_json(entry.content), "said_at": _as_text(entry.said_at)}
            for entry in statements
        ]
        if rows:
            with self._open() as con:
                con.execute(sa.insert(STATEMENT), rows)

    def statements(self, kind: str | None = None, known_on: datetime | None = None) -> list[Statement]:
        """The statements in order, filtered by kind and by the moment up to which they were made, where given."""
        import sqlalchemy as sa

        from warehouse.casebook.tables import STATEMENT

        query = sa.select(STATEMENT).order_by(STATEMENT.c.statement_id)
        if kind is not None:
            query = query.where(STATEMENT.c.kind == kind)
        if known_on is not None:
            query = query.where(STATEMENT.c.said_at <= _as_text(known_on))
        with self._open() as con:
            return [_statement(dict(row._mapping)) for row in con.execute(query)]


def _row(entry: Entry, by: str, now: datetime) -> dict[str, Any]:
    if not (by.strip() and entry.why.strip()):
        raise BadInput("请写明由谁、为何决定（--by、--why）", "say who decides and why (--by, --why)")
    return {
        "kind": entry.kind,
        "subject": entry.subject,
        "content": _as_json(entry.content),
        "said_by": by.strip(),
        "why": entry.why.strip(),
        "said_at": _as_text(now),
        "withdraws": entry.withdraws,
    }


def _inserted(con: "sa.Connection", row: dict[str, Any]) -> Statement:
    import sqlalchemy as sa

    from warehouse.casebook.tables import STATEMENT

    withdraws = row["withdraws"]
    if withdraws is not None:
        known = sa.select(STATEMENT.c.statement_id).where(STATEMENT.c.statement_id == withdraws)
        if con.execute(known).first() is None:
            raise BadInput(f"没有第 {withdraws} 号决定", f"there is no statement {withdraws}")
    number = con.execute(sa.insert(STATEMENT).values(row)).inserted_primary_key
    return _statement({**row, "statement_id": number[0] if number else 0})


def _as_json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _as_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _statement(row: dict[str, Any]) -> Statement:
    return Statement(
        **{**row, "content": json.loads(row["content"]), "said_at": datetime.fromisoformat(row["said_at"])}
    )


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
