"""Saved views: a name for an address, of one owner, shared with an audience or not."""

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.folds.changes import Change, fold_table, folded
from warehouse.rows import Row

PREFIX = "view:"
SAVED, SHARED, REMOVED = "view.saved", "view.shared", "view.removed"

TABLE = fold_table(
    "saved_view",
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("audience", sa.Text, nullable=False),
    sa.Column("is_shared", sa.Boolean, nullable=False),
)


def _saved(row: Row, event: Event) -> Row:
    content = event.content
    fields = {name: content[name] for name in ("owner", "name", "address", "audience")}
    return {**fields, "is_shared": row.get("is_shared", False)}


CHANGES: dict[str, Change] = {
    SAVED: _saved,
    SHARED: lambda _, event: {"is_shared": event.content["is_shared"]},
}


def fold(events: Sequence[Event]) -> Row | None:
    """The view as it was saved last; None where it was removed."""
    if events and events[-1].kind == REMOVED:
        return None
    return folded([event for event in events if event.kind != REMOVED], CHANGES)
