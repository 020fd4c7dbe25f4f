"""Statements of people, as they were kept before there were migrations; such a casebook is left as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table where there is none."""
    if sa.inspect(op.get_bind()).has_table("statement"):
        return
    op.create_table(
        "statement",
        sa.Column("statement_id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(400), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("said_by", sa.String(80), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("said_at", sa.String(32), nullable=False),
        sa.Column("withdraws", sa.Integer, sa.ForeignKey("statement.statement_id")),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("statement")
