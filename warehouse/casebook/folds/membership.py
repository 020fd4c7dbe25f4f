"""The membership of a firm in the pool: stream ``pool:<firm_id>``; a firm that comes back continues its row."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.tables import META

PREFIX = "pool:"
ENTERED, RETURNED, STEPPED, ASSESSED, LEFT, WITHDRAWN = KINDS = (
    "pool.entered", "pool.returned", "pool.stepped", "pool.assessed", "pool.left",
    "pool.withdrawn",
)  # fmt: skip
TABLE = sa.Table(
    "membership",
    META,
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("firm_id", sa.Text, nullable=False),
    sa.Column("pool", sa.Text, nullable=False),
    sa.Column("designation", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("entered_on", sa.Date, nullable=False),
    sa.Column("entries", sa.Integer, nullable=False),
    sa.Column("admitted_on", sa.Date),
    sa.Column("term_from", sa.Date),
    sa.Column("due_step", sa.Text),
    sa.Column("due_on", sa.Date),
    sa.Column("assessed_on", sa.Date),
    sa.Column("assessment", sa.Text),
    sa.Column("left_on", sa.Date),
    sa.Column("ground", sa.Text),
)
"""``since``: of the state; ``entered_on``: of the present or last stay, ``entries``: how many stays; ``admitted_on``:
in the service phase for the first time in this stay; ``term_from``: then, or at the last renewal; ``due_step``: the
step that is due first."""
DAYS = ("admitted_on", "term_from", "assessed_on", "left_on")
_OF_A_STAY: dict[str, Any] = {
    **dict.fromkeys(DAYS), "assessment": None, "ground": None, "due_step": None, "due_on": None,
}  # fmt: skip


def fold(events: Sequence[Event]) -> dict[str, Any] | None:
    """The fields of the row; each event states the state after it, so the definition of the pool is not asked."""
    row: dict[str, Any] | None = None
    for event in events:
        row = _after(row, event)
    return row


def _after(row: Mapping[str, Any] | None, event: Event) -> dict[str, Any]:
    content, on = event.content, date.fromisoformat(event.content["on"])
    first = min(content["due"], key=lambda step: (content["due"][step], step), default=None)
    if row is None or event.kind in (ENTERED, RETURNED):
        entries = row["entries"] if row else 0
        row = {**_OF_A_STAY, "entered_on": on, "entries": entries + 1, "state": None, "since": on}
    changed = {
        "firm_id": event.stream.removeprefix(PREFIX),
        "pool": content["pool"],
        "designation": content["designation"],
        "state": content["state"],
        "since": row["since"] if content["state"] == row["state"] else on,
        "due_step": first,
        "due_on": date.fromisoformat(content["due"][first]) if first else None,
    }
    if content["phase"] == "service" and row["admitted_on"] is None:
        changed |= {"admitted_on": on, "term_from": on}
    return {**row, **changed, **_of_kind(event, on)}


def _of_kind(event: Event, on: date) -> dict[str, Any]:
    if event.kind == LEFT:
        return {"left_on": on, "ground": event.content.get("ground")}
    if event.kind != ASSESSED:
        return {}
    result = {"assessed_on": on, "assessment": event.content["step"]}
    return result | ({"term_from": on} if event.content["phase"] == "service" else {})
