"""The own firms of an account: those the casebook assigns to it, as owner or as deputy."""

import sqlalchemy as sa

from warehouse.casebook.folds import assignment


def firms_of(con: sa.Connection, name: str) -> tuple[str, ...]:
    """The ids of the firms of an account's name, in order."""
    fields = assignment.TABLE.c
    is_theirs = sa.or_(fields.owner == name, fields.deputy == name)
    query = sa.select(fields.firm_id).where(is_theirs).distinct().order_by(fields.firm_id)
    return tuple(con.execute(query).scalars())
