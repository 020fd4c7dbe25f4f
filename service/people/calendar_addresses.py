"""Addresses of calendars: secret, of one account, by which a calendar program reads without a sign-in.

The last part of an address is ``<number>-<secret>``; of the secret only its hash is kept, in a row among the tokens.
"""

import hmac
import secrets
from datetime import timedelta

from service.people.hashing import hash_of
from service.people.rules import rules
from warehouse.casebook.people import accounts
from warehouse.casebook.people import tokens as rows
from warehouse.casebook.people.accounts import Account
from warehouse.casebook.people.store import People, Writing
from warehouse.casebook.people.tokens import Token
from warehouse.errors import BadInput
from warehouse.machine.clock import Clock, as_text

CALENDAR = "calendar"
"""The kind of scope of such a row, whose key is the account's; no route that takes tokens takes one."""
UNKNOWN = f"{CALENDAR}:?"
"""What attempts of numbers that there are not are counted by."""
_NOBODYS = "0" * 64
_BYTES, _ID_BYTES = 32, 8


class CalendarAddresses:
    """Secret calendar addresses of accounts, stored as hashes."""

    def __init__(self, store: People, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def of(self, name: str) -> list[Token]:
        """The valid addresses of an account, in the order in which they were made."""
        with self._store.read() as con:
            return self._valid(rows.every(con), accounts.key_of(name))

    def create(self, name: str) -> tuple[str, Token]:
        """The last part of a new address, shown once, and its row.

        Raises ``BadInput`` for an account that is disabled, or has as many as the rules allow.
        """
        now, secret, key = self._clock(), secrets.token_urlsafe(_BYTES), accounts.key_of(name)
        with self._store.write(name, now) as writing:
            account = accounts.find(writing.con, key=key)
            if account is None or not account.is_active:
                raise BadInput(f"没有可用的账户 {name}", f"there is no active account {name}")
            if len(self._valid(rows.every(writing.con), key)) >= rules().calendar_addresses:
                raise BadInput(
                    f"每人至多 {rules().calendar_addresses} 个日历地址，请先撤销不用的",
                    f"at most {rules().calendar_addresses} calendar addresses: revoke those not in use",
                )
            token = Token(
                token_id=secrets.token_hex(_ID_BYTES),
                name=account.name,
                secret_hash=hash_of(secret),
                scope_kind=CALENDAR,
                scope_keys=(key,),
                created_by=account.name,
                created_at=as_text(now),
                valid_until=as_text(now + timedelta(days=rules().calendar_days)),
                revoked_at=None,
                used_on=None,
            )
            rows.insert(writing.con, token)
            content = {"account": account.name, "valid_until": token.valid_until}
            writing.event(f"token:{token.token_id}", "calendar.created", content, "本人订阅 subscribed by its owner")
        return f"{token.token_id}-{secret}", token

    def revoke(self, name: str, token_id: str) -> None:
        """End an address of one's own at once; raises ``BadInput`` for another's, or one that has ended."""
        with self._store.write(name, self._clock()) as writing:
            own = self._valid(rows.every(writing.con), accounts.key_of(name))
            if token_id not in {token.token_id for token in own}:
                raise BadInput("没有这个日历地址，或已撤销", "there is no such calendar address, or it was revoked")
            _revoke(writing, token_id, as_text(self._clock()), "本人撤销 revoked by its owner")

    def counted_by(self, part: str) -> str:
        """What attempts of an address are counted by; of numbers that there are not all together."""
        token = self._row(part.partition("-")[0])
        return f"{CALENDAR}:{token.token_id}" if token else UNKNOWN

    def is_known(self, part: str) -> bool:
        """Whether an address was made once, also where it has ended. Compares in constant time.

        A calendar program asks for years at an address that has ended: that is no guess.
        """
        number, _, secret = part.partition("-")
        token = self._row(number)
        return hmac.compare_digest(hash_of(secret), token.secret_hash if token else _NOBODYS) and token is not None

    def account_of(self, part: str) -> tuple[Account, Token] | None:
        """The active account of a valid address; the day of its use is kept."""
        token = self._row(part.partition("-")[0])
        if token is None or not self.is_known(part) or not token.is_valid(self._clock()):
            return None
        with self._store.read() as con:
            account = accounts.find(con, key=token.scope_keys[0])
        if account is None or not account.is_active:
            return None
        self._note_use(token, account)
        return account, token

    def _row(self, token_id: str) -> Token | None:
        with self._store.read() as con:
            token = rows.find(con, token_id=token_id)
        return token if token and token.scope_kind == CALENDAR else None

    def _note_use(self, token: Token, account: Account) -> None:
        today = as_text(self._clock())[:10]
        if token.used_on != today:
            with self._store.write(account.name, self._clock()) as writing:
                rows.update(writing.con, token.token_id, used_on=today)

    def _valid(self, tokens: list[Token], key: str) -> list[Token]:
        return [token for token in tokens if _is_of(token, key) and token.is_valid(self._clock())]


def end_all(writing: Writing, key: str, moment: str, why: str) -> None:
    """End every address of an account, as when it is disabled; enabling it again revives none."""
    for token in rows.every(writing.con):
        if _is_of(token, key) and token.revoked_at is None:
            _revoke(writing, token.token_id, moment, why)


def _is_of(token: Token, key: str) -> bool:
    return token.scope_kind == CALENDAR and token.scope_keys == (key,)


def _revoke(writing: Writing, token_id: str, moment: str, why: str) -> None:
    rows.update(writing.con, token_id, revoked_at=moment)
    writing.event(f"token:{token_id}", "calendar.revoked", {}, why)
