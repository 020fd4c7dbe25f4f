"""The last workbook handed to an incubator: stream ``delivery:<hash of its name>``; earlier ones are its events."""

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.folds.changes import DAY, fold_table
from warehouse.rows import Row

PREFIX = "delivery:"
MADE = "delivery.made"
KINDS = (MADE,)

TABLE = fold_table(
    "delivery",
    sa.Column("incubator", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("lang", sa.Text, nullable=False),
    sa.Column("run_id", sa.Text, nullable=False),
    sa.Column("day", DAY, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("delivered_by", sa.Text, nullable=False),
    sa.Column("delivered_at", sa.Text, nullable=False),
)


def fold(events: Sequence[Event]) -> Row | None:
    """The newest delivery that was not taken back."""
    if not events:
        return None
    return row_of(events[-1])


def row_of(event: Event) -> Row:
    """Row of a workbook that was handed over, with who did and when."""
    content = event.content
    names = ("incubator", "recipient", "lang", "run_id", "day", "file", "sha256")
    return {name: content[name] for name in names} | {"delivered_by": event.by, "delivered_at": event.at.isoformat()}
