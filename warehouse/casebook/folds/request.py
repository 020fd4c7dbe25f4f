"""Requests of a firm (诉求): when it was raised, by when it is to be answered, the answer, how it was closed."""

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.folds.changes import DAY, fold_table, folded
from warehouse.rows import Row

PREFIX = "request:"
RAISED, ANSWERED, CLOSED = "request.raised", "request.answered", "request.closed"

TABLE = fold_table(
    "request",
    sa.Column("firm_id", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("raised_on", DAY, nullable=False),
    sa.Column("due_on", DAY, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("answered_on", DAY),
    sa.Column("result", sa.Text),
    sa.Column("closed_on", DAY),
    sa.Column("raised_by", sa.Text, nullable=False),
)


def fold(events: Sequence[Event]) -> Row | None:
    """The request; its state is open, answered or closed."""
    return folded(events, {RAISED: _raised, ANSWERED: _answered, CLOSED: _closed})


def _raised(_: Row, event: Event) -> Row:
    content = event.content
    return {
        "firm_id": content["firm"],
        **{name: content[name] for name in ("what", "topic", "raised_on", "due_on")},
        "state": "open",
        **dict.fromkeys(("answer", "answered_on", "result", "closed_on")),
        "raised_by": event.by,
    }


def _answered(_: Row, event: Event) -> Row:
    return {"answer": event.content["answer"], "answered_on": event.content["on"], "state": "answered"}


def _closed(_: Row, event: Event) -> Row:
    return {"result": event.content["result"], "closed_on": event.content["on"], "state": "closed"}
