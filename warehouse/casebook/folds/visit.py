"""Visits to a firm: what was promised on both sides, by when, whether it was kept, and the next date."""

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.folds.changes import DAY, fold_table, folded, with_item
from warehouse.rows import Row

PREFIX = "visit:"
RECORDED, KEPT = "visit.recorded", "visit.kept"
BY_TELEPHONE = "visit.by_telephone"
"""What a recorded visit is called that was a call: ``is_call`` of its content."""
SIDES = ("ours", "theirs")
"""Who promised: the zone or the firm."""

TABLE = fold_table(
    "visit",
    sa.Column("firm_id", sa.Text, nullable=False),
    sa.Column("visited_on", DAY, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("ours", sa.JSON, nullable=False),
    sa.Column("theirs", sa.JSON, nullable=False),
    sa.Column("next_on", DAY),
    sa.Column("recorded_by", sa.Text, nullable=False),
)


def fold(events: Sequence[Event]) -> Row | None:
    """The visit; ``ours`` and ``theirs`` are promises: what, by_on, kept_on."""
    return folded(events, {RECORDED: _recorded, KEPT: _kept})


def _recorded(_: Row, event: Event) -> Row:
    content = event.content
    promises = {side: [{**promise, "kept_on": None} for promise in content[side]] for side in SIDES}
    return {
        "firm_id": content["firm"],
        "visited_on": content["visited_on"],
        "note": content["note"],
        "next_on": content["next_on"],
        "recorded_by": event.by,
        **promises,
    }


def _kept(row: Row, event: Event) -> Row:
    side = event.content["side"]
    return {side: with_item(row[side], event.content["number"], kept_on=event.content["on"])}
