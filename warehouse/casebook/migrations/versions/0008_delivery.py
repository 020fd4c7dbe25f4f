"""The last delivery to each incubator."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_FIELDS = (
    "incubator", "recipient", "lang", "run_id", "day", "file", "sha256", "delivered_by", "delivered_at",
)  # fmt: skip


def upgrade() -> None:
    """Make the table, empty: no delivery was logged before."""
    op.create_table(
        "delivery",
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _FIELDS),
    )


def downgrade() -> None:
    """Drop the table; the events stay."""
    op.drop_table("delivery")
