"""Applications of a firm for a title: the window, the papers, the day of filing, the receipt, the result."""

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.folds.changes import DAY, fold_table, folded, with_item
from warehouse.rows import Row

PREFIX = "application:"
OPENED, READY, FILED, DECIDED = "application.opened", "application.ready", "application.filed", "application.decided"
UNDECIDED = ("open", "filed")
"""The states in which a result is still to come."""

TABLE = fold_table(
    "application",
    sa.Column("firm_id", sa.Text, nullable=False),
    sa.Column("designation", sa.Text, nullable=False),
    sa.Column("period", sa.Text),
    sa.Column("opens_on", DAY),
    sa.Column("closes_on", DAY),
    sa.Column("papers", sa.JSON, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("receipt", sa.Text),
    sa.Column("filed_on", DAY),
    sa.Column("decided_on", DAY),
    sa.Column("title_id", sa.Text),
    sa.Column("opened_by", sa.Text, nullable=False),
)


def fold(events: Sequence[Event]) -> Row | None:
    """The application; ``papers``: name, ready_on. Its state is open, filed, granted, refused or withdrawn."""
    return folded(events, {OPENED: _opened, READY: _ready, FILED: _filed, DECIDED: _decided})


def _opened(_: Row, event: Event) -> Row:
    content = event.content
    return {
        "firm_id": content["firm"],
        **{name: content.get(name) for name in ("designation", "period", "opens_on", "closes_on")},
        "papers": [{"name": name, "ready_on": None} for name in content["papers"]],
        "state": "open",
        **dict.fromkeys(("receipt", "filed_on", "decided_on", "title_id")),
        "opened_by": event.by,
    }


def _ready(row: Row, event: Event) -> Row:
    return {"papers": with_item(row["papers"], event.content["number"], ready_on=event.content["on"])}


def _filed(_: Row, event: Event) -> Row:
    return {"state": "filed", "filed_on": event.content["on"], "receipt": event.content["receipt"]}


def _decided(_: Row, event: Event) -> Row:
    content = event.content
    return {"state": content["result"], "decided_on": content["on"], "title_id": content.get("title_id")}
