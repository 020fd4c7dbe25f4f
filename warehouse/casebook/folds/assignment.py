"""Who owns a firm and who is deputy, by hand, by rule, or handed over."""

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.folds.changes import DAY, Row
from warehouse.casebook.tables import fold_table

PREFIX = "assignment:"
MADE, HANDED_OVER, ENDED = "assignment.made", "assignment.handed_over", "assignment.ended"

TABLE = fold_table(
    "assignment",
    sa.Column("firm_id", sa.String(40), nullable=False, index=True),
    sa.Column("owner", sa.String(80), nullable=False, index=True),
    sa.Column("deputy", sa.String(80)),
    sa.Column("rule", sa.String(80)),
    sa.Column("since", DAY, nullable=False),
    sa.Column("former_owner", sa.String(80)),
)


def fold(events: Sequence[Event]) -> Row | None:
    """The assignment of the newest event; None where it ended. ``former_owner`` handed it over."""
    if not events or events[-1].kind == ENDED:
        return None
    content = events[-1].content
    return {
        "firm_id": content["firm"],
        "owner": content["owner"],
        "deputy": content["deputy"],
        "rule": content.get("rule"),
        "since": content["since"],
        "former_owner": content.get("former_owner"),
    }
