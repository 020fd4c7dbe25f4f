"""Contests of a fact: which cell a firm holds to be wrong, with what proof, what would change, and what was decided."""

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.folds.changes import DAY, fold_table, folded
from warehouse.rows import Row

PREFIX = "contest:"
RAISED, ACCEPTED, DECLINED = "contest.raised", "contest.accepted", "contest.declined"
STATES = {ACCEPTED: "accepted", DECLINED: "declined"}

TABLE = fold_table(
    "contest",
    sa.Column("firm_id", sa.Text, nullable=False),
    sa.Column("fact", sa.Text, nullable=False),
    sa.Column("claimed", sa.Text, nullable=False),
    sa.Column("cell", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("value_before", sa.Text),
    sa.Column("proofs", sa.JSON, nullable=False),
    sa.Column("effects", sa.JSON, nullable=False),
    sa.Column("run_id", sa.Text, nullable=False),
    sa.Column("raised_on", DAY, nullable=False),
    sa.Column("due_on", DAY, nullable=False),
    sa.Column("raised_by", sa.Text, nullable=False),
    sa.Column("raised_why", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("decided_on", DAY),
    sa.Column("decided_by", sa.Text),
    sa.Column("decided_why", sa.Text),
)
_STATED = (
    "fact", "claimed", "cell", "value", "value_before", "proofs", "effects", "run_id", "raised_on", "due_on",
)  # fmt: skip


def fold(events: Sequence[Event]) -> Row | None:
    """The contest; ``cell`` is the address of a delivered row and its field, ``value`` in the unit of its file."""
    return folded(events, {RAISED: _raised, ACCEPTED: _decided, DECLINED: _decided})


def _raised(_: Row, event: Event) -> Row:
    return {
        "firm_id": event.content["firm"],
        **{name: event.content[name] for name in _STATED},
        "raised_by": event.by,
        "raised_why": event.why,
        "state": "open",
        **dict.fromkeys(("decided_on", "decided_by", "decided_why")),
    }


def _decided(_: Row, event: Event) -> Row:
    return {
        "state": STATES[event.kind],
        "decided_on": event.content["on"],
        "decided_by": event.by,
        "decided_why": event.why,
    }
