"""Tasks about a firm: from what is due or added freely, when to start, by when, and how they ended."""

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.folds.changes import DAY, fold_table, folded
from warehouse.rows import Row

PREFIX = "task:"
ADDED, DONE, POSTPONED, DROPPED = "task.added", "task.done", "task.postponed", "task.dropped"

TABLE = fold_table(
    "task",
    sa.Column("firm_id", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("start_by", DAY),
    sa.Column("due_on", DAY),
    sa.Column("duty", sa.Text),
    sa.Column("period", sa.Text),
    sa.Column("officer", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("ended_on", DAY),
    sa.Column("added_by", sa.Text, nullable=False),
)


def fold(events: Sequence[Event]) -> Row | None:
    """The task; its state is open, done or dropped. Without ``officer`` it is the owner's of the firm."""
    return folded(events, {ADDED: _added, DONE: _ended, POSTPONED: _postponed, DROPPED: _ended})


def _added(_: Row, event: Event) -> Row:
    content = event.content
    return {
        "firm_id": content["firm"],
        **{name: content.get(name) for name in ("what", "start_by", "due_on", "duty", "period", "officer")},
        "state": "open",
        "outcome": None,
        "ended_on": None,
        "added_by": event.by,
    }


def _ended(_: Row, event: Event) -> Row:
    state = event.kind.partition(".")[2]
    return {"state": state, "outcome": event.content["outcome"], "ended_on": event.content["on"]}


def _postponed(_: Row, event: Event) -> Row:
    return {"start_by": event.content["start_by"], "due_on": event.content["due_on"]}
