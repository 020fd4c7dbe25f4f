"""Accounts as rows: who may sign in, in which role and scope, and the one-time link by which a password is set."""

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from warehouse.casebook.people.tables import ACCOUNT


@dataclass(frozen=True)
class Account:
    """An account; ``session_key`` is what its open sessions rest on, a new one ends them all."""

    key: str
    name: str
    role: str
    scope_kind: str
    scope_keys: tuple[str, ...]
    is_active: bool
    password_hash: str | None
    session_key: str
    link_hash: str | None
    link_until: str | None
    created_at: str
    signed_in_at: str | None


def normalised(name: str) -> str:
    """A name as it is kept: without spaces at its ends, full-width signs as ASCII (NFKC)."""
    return unicodedata.normalize("NFKC", name).strip()


def key_of(name: str) -> str:
    """What two spellings of one name share: capital and small letters are the same."""
    return normalised(name).casefold()


def find(con: sa.Connection, **column: str) -> Account | None:
    """The account with this value of a unique column: ``key``, ``session_key`` or ``link_hash``."""
    ((name, value),) = column.items()
    row = con.execute(sa.select(ACCOUNT).where(ACCOUNT.c[name] == value)).mappings().first()
    return None if row is None else _account(dict(row))


def every(con: sa.Connection) -> list[Account]:
    """All accounts by name, disabled ones included."""
    return [_account(dict(row)) for row in con.execute(sa.select(ACCOUNT).order_by(ACCOUNT.c.key)).mappings()]


def is_any(con: sa.Connection) -> bool:
    """Whether there is an account."""
    return con.execute(sa.select(ACCOUNT.c.key).limit(1)).first() is not None


def insert(con: sa.Connection, account: Account) -> None:
    """Add an account; raises ``IntegrityError`` of SQLAlchemy where the name is taken."""
    con.execute(sa.insert(ACCOUNT).values({**vars(account), "scope_keys": json.dumps(account.scope_keys)}))


def update(con: sa.Connection, key: str, **values: Any) -> None:
    """Change columns of one account."""
    if "scope_keys" in values:
        values["scope_keys"] = json.dumps(values["scope_keys"])
    con.execute(sa.update(ACCOUNT).where(ACCOUNT.c.key == key).values(**values))


def _account(row: dict[str, Any]) -> Account:
    return Account(**{**row, "scope_keys": tuple(json.loads(row["scope_keys"]))})
