"""Who owns a firm and who is deputy, by hand, by rule, or handed over."""

from collections.abc import Sequence

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.folds.changes import DAY, fold_table
from warehouse.rows import Row

PREFIX = "assignment:"
MADE, HANDED_OVER, ENDED = "assignment.made", "assignment.handed_over", "assignment.ended"

TABLE = fold_table(
    "assignment",
    sa.Column("firm_id", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("deputy", sa.Text),
    sa.Column("rule", sa.Text),
    sa.Column("since", DAY, nullable=False),
    sa.Column("former_owner", sa.Text),
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
