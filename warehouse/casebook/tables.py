"""The tables of the casebook's database; in a module of its own, so that SQLAlchemy is imported with the first use.

Migrations make them (``migrations/versions``); the tables of folds stand in their own modules.
"""

import sqlalchemy as sa

META = sa.MetaData()
HEAD = sa.Table(
    "head",
    META,
    sa.Column("chain", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)
"""A row for each chain of events: the lock of its writers, its counter, and its end."""

EVENT = sa.Table(
    "event",
    META,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("stream", sa.Text, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("withdraws", sa.BigInteger),
    sa.Column("request", sa.Text, unique=True),
    sa.Column("hash", sa.Text, nullable=False),
    sa.UniqueConstraint("stream", "version"),
)
CASES = "event"
"""The chain of ``EVENT`` in ``HEAD``."""
