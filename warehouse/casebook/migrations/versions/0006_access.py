"""The list of accesses, append-only, with a chain of its own."""

import sqlalchemy as sa
from alembic import op

from warehouse.casebook.events import FIRST
from warehouse.casebook.migrations.append_only import refuse_changes

revision = "0006"
down_revision = "0005"

CHAIN = "access"
HEAD = sa.table("head", sa.column("chain"), sa.column("seq"), sa.column("hash"))


def upgrade() -> None:
    """Make the list, empty, and the beginning of its chain."""
    op.create_table(
        "access",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.execute(sa.insert(HEAD).values(chain=CHAIN, seq=0, hash=FIRST))
    refuse_changes("access")


def downgrade() -> None:
    """Drop the list with its chain."""
    op.drop_table("access")
    op.execute(sa.delete(HEAD).where(HEAD.c.chain == CHAIN))
