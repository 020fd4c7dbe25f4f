"""The derived rows of cases: visits, requests, tasks, applications, assignments, leaves, contests."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_REQUIRED = {
    "visit": ("firm_id", "visited_on", "note", "recorded_by"),
    "request": ("firm_id", "what", "topic", "raised_on", "due_on", "state", "raised_by"),
    "task": ("firm_id", "what", "state", "added_by"),
    "application": ("firm_id", "designation", "state", "opened_by"),
    "assignment": ("firm_id", "owner", "since"),
    "leave": ("officer",),
    "contest": (
        "firm_id", "fact", "claimed", "cell", "value", "run_id", "raised_on", "due_on", "raised_by", "raised_why",
        "state",
    ),
}  # fmt: skip
_OPTIONAL = {
    "visit": ("next_on",),
    "request": ("answer", "answered_on", "result", "closed_on"),
    "task": ("start_by", "due_on", "duty", "period", "officer", "outcome", "ended_on"),
    "application": ("period", "opens_on", "closes_on", "receipt", "filed_on", "decided_on", "title_id"),
    "assignment": ("deputy", "rule", "former_owner"),
    "leave": (),
    "contest": ("value_before", "decided_on", "decided_by", "decided_why"),
}
_LISTS = {
    "visit": ("ours", "theirs"),
    "application": ("papers",),
    "leave": ("periods",),
    "contest": ("proofs", "effects"),
}


def upgrade() -> None:
    """Make the tables, empty: no event of a case is older than they are."""
    for table, required in _REQUIRED.items():
        op.create_table(
            table,
            sa.Column("stream", sa.Text, primary_key=True),
            sa.Column("version", sa.BigInteger, nullable=False),
            sa.Column("seq", sa.BigInteger, nullable=False),
            *(sa.Column(name, sa.Text, nullable=False) for name in required),
            *(sa.Column(name, sa.Text) for name in _OPTIONAL[table]),
            *(sa.Column(name, sa.JSON, nullable=False) for name in _LISTS.get(table, ())),
        )
        if "firm_id" in required:
            op.create_index(f"{table}_firm", table, ["firm_id"])
    op.create_index("assignment_owner", "assignment", ["owner"])


def downgrade() -> None:
    """Drop the derived rows; their events stay."""
    for table in _REQUIRED:
        op.drop_table(table)
