"""The tables of the casebook's database; in a module of its own, so that SQLAlchemy is imported with the first use."""

import sqlalchemy as sa

META = sa.MetaData()
STATEMENT = sa.Table(
    "statement",
    META,
    sa.Column("statement_id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(400), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("said_by", sa.String(80), nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("said_at", sa.String(32), nullable=False),
    sa.Column("withdraws", sa.Integer, sa.ForeignKey("statement.statement_id")),
)
