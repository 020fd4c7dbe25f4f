"""Tokens by which pipelines ask the HTTP routes: shown once, kept as a hash, with a scope and an end."""

import secrets
from datetime import timedelta

from service.people.calendar_addresses import CALENDAR
from service.people.hashing import hash_of
from service.people.rules import rules
from service.people.scopes import AT, checked, written
from warehouse.casebook.people import accounts
from warehouse.casebook.people import tokens as rows
from warehouse.casebook.people.store import People
from warehouse.casebook.people.tokens import Token as Token
from warehouse.errors import BadInput
from warehouse.machine.clock import Clock, as_text

PREFIX = "tidu_"
"""Begins every token, so that one that strayed into a file can be searched for."""
LONGEST_NAME = 64
ACCOUNT = "account"
"""The kind of scope of a token that acts in the name of an account, whose key is the scope's."""
_BYTES = 32


class Tokens:
    """API tokens in the casebook, stored as hashes."""

    def __init__(self, store: People, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def every(self) -> list[Token]:
        """All tokens in the order in which they were made."""
        with self._store.read() as con:
            return rows.every(con)

    def is_valid(self, token: Token) -> bool:
        """Whether a token is neither revoked nor expired."""
        return token.is_valid(self._clock())

    def create(self, name: str, scope: str, days: int, *, by: str, why: str) -> tuple[str, Token]:
        """A token and its row; raises ``BadInput`` for a scope that is none, or longer than the rules allow."""
        kind, keys = checked(scope, self._store.home)
        if kind.partition(AT)[0] == "own":
            raise BadInput(
                "令牌没有本人名下企业，请写 zone、park: 或 incubator:", "a token owns no firms: choose a scope"
            )
        return self._create(name, kind, keys, days, by=by, why=why)

    def create_for(self, name: str, account: str, days: int, *, by: str, why: str) -> tuple[str, Token]:
        """A token that acts in the name of an account, with its role and scope of the moment it is used.

        Raises ``BadInput`` for an account that there is not, or that is disabled, and as ``create``.
        """
        with self._store.read() as con:
            acting = accounts.find(con, key=accounts.key_of(account))
        if acting is None or not acting.is_active:
            raise BadInput(
                f"没有可用的账户 {account}；tidu account list 列出全部",
                f"there is no active account {account}: tidu account list",
            )
        return self._create(name, ACCOUNT, (acting.key,), days, by=by, why=why)

    def _create(
        self, name: str, kind: str, keys: tuple[str, ...], days: int, *, by: str, why: str
    ) -> tuple[str, Token]:
        if not 1 <= days <= rules().token_days:
            raise BadInput(
                f"有效天数须为 1 至 {rules().token_days}，而不是 {days}", f"days: 1 to {rules().token_days}, not {days}"
            )
        if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
            raise BadInput(f"名称须为 1 至 {LONGEST_NAME} 个可见字符", f"a name has 1 to {LONGEST_NAME} visible signs")
        secret, now = f"{PREFIX}{secrets.token_urlsafe(_BYTES)}", self._clock()
        token = Token(
            token_id=secrets.token_hex(4),
            name=name.strip(),
            secret_hash=hash_of(secret),
            scope_kind=kind,
            scope_keys=keys,
            created_by=by,
            created_at=as_text(now),
            valid_until=as_text(now + timedelta(days=days)),
            revoked_at=None,
            used_on=None,
        )
        with self._store.write(by, now) as writing:
            rows.insert(writing.con, token)
            content = {"name": token.name, "scope": written(kind, keys), "valid_until": token.valid_until}
            writing.event(f"token:{token.token_id}", "token.created", content, why)
        return secret, token

    def revoke(self, token_id: str, *, by: str, why: str) -> Token:
        """End a token at once; raises ``BadInput`` for an unknown number or one that was revoked before."""
        with self._store.write(by, self._clock()) as writing:
            token = rows.find(writing.con, token_id=token_id)
            if token is None:
                raise BadInput(
                    f"没有令牌 {token_id}；tidu token list 列出全部", f"no token {token_id}: tidu token list"
                )
            if token.revoked_at is not None:
                raise BadInput(f"令牌 {token_id} 已撤销", f"token {token_id} was revoked before")
            rows.update(writing.con, token_id, revoked_at=as_text(self._clock()))
            writing.event(f"token:{token_id}", "token.revoked", {"name": token.name}, why)
        return token

    def of_secret(self, secret: str) -> Token | None:
        """The valid token with this secret; the day of its use is kept."""
        if not secret.startswith(PREFIX):
            return None
        with self._store.read() as con:
            token = rows.find(con, secret_hash=hash_of(secret))
        if token is None or not self.is_valid(token) or token.scope_kind == CALENDAR:
            return None
        today = as_text(self._clock())[:10]
        if token.used_on != today:
            with self._store.write(token.name, self._clock()) as writing:
                rows.update(writing.con, token.token_id, used_on=today)
        return token
