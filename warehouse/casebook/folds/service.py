"""A service given to a firm and what it did: stream ``service:<id>``."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.tables import META

PREFIX = "service:"
GIVEN, ASSESSED, WITHDRAWN = KINDS = ("service.given", "service.assessed", "service.withdrawn")
TABLE = sa.Table(
    "service",
    META,
    sa.Column("stream", sa.Text, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("firm_id", sa.Text, nullable=False),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("provider", sa.Text),
    sa.Column("designation", sa.Text),
    sa.Column("condition_id", sa.Text),
    sa.Column("given_on", sa.Date, nullable=False),
    sa.Column("given_by", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("outcome_on", sa.Date),
)
"""``condition_id`` of ``designation``: the gap the service was to close; ``outcome``: None until it is assessed."""


def fold(events: Sequence[Event]) -> dict[str, Any] | None:
    """The fields of the row, with the newest outcome; None where the giving was withdrawn."""
    given = next((event for event in events if event.kind == GIVEN), None)
    if given is None:
        return None
    content = given.content
    row = {name: content.get(name) for name in ("service", "provider", "designation", "condition_id")}
    row |= {"firm_id": content["firm"], "given_on": date.fromisoformat(content["on"]), "given_by": given.by}
    row |= {"outcome": None, "outcome_on": None}
    for event in events:
        if event.kind == ASSESSED:
            row |= {"outcome": event.content["outcome"], "outcome_on": date.fromisoformat(event.content["on"])}
    return row
