"""Tokens of pipelines as rows; of the secret only its hash is kept."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from warehouse.casebook.people.tables import TOKEN
from warehouse.machine.clock import as_text


@dataclass(frozen=True)
class Token:
    """A token for the HTTP routes: what it may see, until when, and the last day on which it was used."""

    token_id: str
    name: str
    secret_hash: str
    scope_kind: str
    scope_keys: tuple[str, ...]
    created_by: str
    created_at: str
    valid_until: str
    revoked_at: str | None
    used_on: str | None

    def is_valid(self, moment: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and as_text(moment) < self.valid_until


def find(con: sa.Connection, **column: str) -> Token | None:
    """The token with this value of a unique column: ``token_id`` or ``secret_hash``."""
    ((name, value),) = column.items()
    row = con.execute(sa.select(TOKEN).where(TOKEN.c[name] == value)).mappings().first()
    return None if row is None else _token(dict(row))


def every(con: sa.Connection) -> list[Token]:
    """All tokens in the order in which they were made."""
    query = sa.select(TOKEN).order_by(TOKEN.c.created_at, TOKEN.c.token_id)
    return [_token(dict(row)) for row in con.execute(query).mappings()]


def insert(con: sa.Connection, token: Token) -> None:
    """``scope_keys`` are stored as JSON."""
    con.execute(sa.insert(TOKEN).values({**vars(token), "scope_keys": json.dumps(token.scope_keys)}))


def update(con: sa.Connection, token_id: str, **values: Any) -> None:
    """Change columns of one token."""
    con.execute(sa.update(TOKEN).where(TOKEN.c.token_id == token_id).values(**values))


def _token(row: dict[str, Any]) -> Token:
    return Token(**{**row, "scope_keys": tuple(json.loads(row["scope_keys"]))})
