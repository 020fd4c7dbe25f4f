"""The tables of accounts, tokens, attempts and accesses; migrations 0005 and 0006 make them.

Moments are texts in UTC, which sort alike on every database.
"""

import sqlalchemy as sa

META = sa.MetaData()

ACCOUNT = sa.Table(
    "account",
    META,
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
TOKEN = sa.Table(
    "token",
    META,
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
ATTEMPT = sa.Table(
    "attempt",
    META,
    sa.Column("counter", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_at", sa.Text, nullable=False),
)
ACCESS = sa.Table(
    "access",
    META,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)
CHAIN = "access"
"""The chain of ``ACCESS`` in the table ``head``."""
