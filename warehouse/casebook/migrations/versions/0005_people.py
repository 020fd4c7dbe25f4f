"""Accounts, tokens of pipelines, and counts of failed tries."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "account",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("scope_kind", sa.Text, nullable=False),
        sa.Column("scope_keys", sa.Text, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("session_key", sa.Text, nullable=False, unique=True),
        sa.Column("link_hash", sa.Text, unique=True),
        sa.Column("link_until", sa.Text),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("signed_in_at", sa.Text),
    )
    op.create_table(
        "token",
        sa.Column("token_id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.Text, nullable=False, unique=True),
        sa.Column("scope_kind", sa.Text, nullable=False),
        sa.Column("scope_keys", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("valid_until", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.Text),
        sa.Column("used_on", sa.Text),
    )
    op.create_table(
        "attempt",
        sa.Column("counter", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Text, nullable=False),
    )
    # Own firms are asked for with every request of who sees no others.
    op.create_index("assignment_deputy", "assignment", ["deputy"])


def downgrade() -> None:
    """Drop the tables; the events of accounts and tokens stay."""
    op.drop_index("assignment_deputy", "assignment")
    for table in ("attempt", "token", "account"):
        op.drop_table(table)
