"""Statements become events: a head as counter and end of the chain, streams with versions, triggers against changes.

Down again, every event is a statement; version and request of an event are lost by it.
"""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from warehouse.casebook.events import FIRST, as_json, chained
from warehouse.casebook.migrations.append_only import refuse_changes
from warehouse.machine.clock import as_text

revision = "0002"
down_revision = "0001"

STATEMENT = sa.table("statement", *(sa.column(name) for name in (
    "statement_id", "kind", "subject", "content", "said_by", "why", "said_at", "withdraws",
)))  # fmt: skip
EVENT = sa.table("event", *(sa.column(name) for name in (
    "seq", "stream", "version", "kind", "content", "by", "why", "at", "withdraws", "request", "hash",
)))  # fmt: skip
HEAD = sa.table("head", sa.column("chain"), sa.column("seq"), sa.column("hash"))


def upgrade() -> None:
    """Make head and events, of the statements where there are any."""
    op.create_table(
        "head",
        sa.Column("chain", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_table(
        "event",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("withdraws", sa.BigInteger),
        sa.Column("request", sa.Text, unique=True),
        sa.Column("hash", sa.Text, nullable=False),
        sa.UniqueConstraint("stream", "version"),
    )
    _carry_statements()
    refuse_changes("event")
    op.drop_table("statement")


def downgrade() -> None:
    """Make statements of all events."""
    con = op.get_bind()
    events = con.execute(sa.select(EVENT).order_by(EVENT.c.seq)).all()
    _make_statement()
    if events:
        con.execute(sa.insert(STATEMENT), [_statement(dict(event._mapping)) for event in events])
    op.drop_table("event")
    op.drop_table("head")
    if con.dialect.name == "postgresql":
        op.execute("drop function tidu_refuse_change()")


def _carry_statements() -> None:
    con = op.get_bind()
    last: dict[str, Any] = {"chain": "event", "seq": 0, "hash": FIRST}
    versions: Counter[str] = Counter()
    for statement in con.execute(sa.select(STATEMENT).order_by(STATEMENT.c.statement_id)).all():
        event = _event(dict(statement._mapping))
        versions[event["stream"]] += 1
        event |= {"version": versions[event["stream"]]}
        event |= {"hash": chained(last["hash"], event)}
        con.execute(sa.insert(EVENT).values(event))
        last |= {"seq": event["seq"], "hash": event["hash"]}
    con.execute(sa.insert(HEAD).values(last))


def _event(statement: Mapping[str, Any]) -> dict[str, Any]:
    """A kind with a dot is that of an event that was a statement for a while: its subject is its stream."""
    kind, subject = statement["kind"], statement["subject"]
    return {
        "seq": statement["statement_id"],
        "stream": subject if "." in kind else f"{kind}:{subject}",
        "kind": kind,
        "content": as_json(json.loads(statement["content"])),
        "by": statement["said_by"],
        "why": statement["why"],
        "at": as_text(datetime.fromisoformat(statement["said_at"])),
        "withdraws": statement["withdraws"],
        "request": None,
    }


def _statement(event: Mapping[str, Any]) -> dict[str, Any]:
    kind, stream = event["kind"], event["stream"]
    return {
        "statement_id": event["seq"],
        "kind": kind,
        "subject": stream if "." in kind else stream.removeprefix(f"{kind}:"),
        "content": event["content"],
        "said_by": event["by"],
        "why": event["why"],
        "said_at": event["at"],
        "withdraws": event["withdraws"],
    }


def _make_statement() -> None:
    op.create_table(
        "statement",
        sa.Column("statement_id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(400), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("said_by", sa.String(80), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("said_at", sa.String(32), nullable=False),
        sa.Column("withdraws", sa.Integer, sa.ForeignKey("statement.statement_id")),
    )
