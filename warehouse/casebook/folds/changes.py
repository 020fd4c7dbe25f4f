"""How the events of a stream become its row: the first one opens it, each later one changes some of its fields."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.tables import META
from warehouse.rows import Row

Change = Callable[[Row, Event], Row]
"""The fields that an event sets in a row."""

DAY = sa.Text()
"""A day as text, 2026-06-30: the same in SQLite, PostgreSQL and JSON."""


def fold_table(name: str, *fields: "sa.Column[Any]") -> sa.Table:
    """The table of a fold: stream, version and seq of its newest event, then the fields."""
    return sa.Table(
        name,
        META,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        *fields,
    )


def folded(events: Sequence[Event], changes: Mapping[str, Change]) -> Row | None:
    """The row after these events; None where the event that opens it, the first of ``changes``, was withdrawn.

    Raises ``KeyError`` for a kind that the stream cannot have.
    """
    opening = next(iter(changes))
    if not events or events[0].kind != opening:
        return None
    row: Row = {}
    for event in events:
        row = {**row, **changes[event.kind](row, event)}
    return row


def with_item(items: Sequence[Row], number: int, **fields: Any) -> list[Row]:
    """The items of a list with fields of the one at ``number``, counted from 1, replaced."""
    return [{**item, **fields} if place == number else dict(item) for place, item in enumerate(items, 1)]
