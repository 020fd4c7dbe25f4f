"""Membership in the pool, and services given: derived rows."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; both are empty, since no earlier version writes their events."""
    op.create_table(
        "membership",
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
    op.create_table(
        "service",
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
    op.create_index("service_of_firm", "service", ["firm_id"])


def downgrade() -> None:
    """Drop them; the events stay."""
    op.drop_table("service")
    op.drop_table("membership")
