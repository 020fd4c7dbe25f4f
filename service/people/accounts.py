"""Accounts: made, changed, disabled by the command line; passwords are set by their owners through a one-time link."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from service.people import calendar_addresses
from service.people.hashing import hash_of
from service.people.roles import role_of
from service.people.rules import rules
from service.people.scopes import checked, written
from service.scope import KINDS, Scope
from warehouse.casebook.people import accounts as rows
from warehouse.casebook.people.accounts import Account as Account
from warehouse.casebook.people.accounts import key_of as key_of
from warehouse.casebook.people.accounts import normalised as normalised
from warehouse.casebook.people.owned import firms_of
from warehouse.casebook.people.store import People, Writing
from warehouse.errors import BadInput
from warehouse.machine.clock import Clock, as_text

LONGEST_NAME = 64
_BYTES = 32


@dataclass(frozen=True)
class Link:
    """What sets a password once: the last part of its address, and until when it can be used (text in UTC)."""

    name: str
    secret: str
    until: str


class Accounts:
    """Accounts in the casebook: created, changed and disabled, each act an event."""

    def __init__(self, store: People, clock: Clock) -> None:
        self._store, self._clock = store, clock

    def is_any(self) -> bool:
        """Whether there is an account; where there is none, the machine's user works without sign-in.

        Makes no casebook where there is none.
        """
        if not self._store.is_there():
            return False
        with self._store.read() as con:
            return rows.is_any(con)

    def every(self) -> list[Account]:
        """All accounts by name, disabled ones included."""
        with self._store.read() as con:
            return rows.every(con)

    def named(self, name: str) -> Account | None:
        """The account of a name, however it is capitalised."""
        with self._store.read() as con:
            return rows.find(con, key=key_of(name))

    def of_session(self, session_key: str) -> Account | None:
        """The account whose sessions rest on a key."""
        with self._store.read() as con:
            return rows.find(con, session_key=session_key)

    def of_link(self, secret: str) -> Account | None:
        """The active account whose set-up link ends in ``secret``; None also for a link that was used or expired."""
        with self._store.read() as con:
            account = rows.find(con, link_hash=hash_of(secret))
        if account is None or not account.is_active or (account.link_until or "") <= as_text(self._clock()):
            return None
        return account

    def scope_of(self, account: Account) -> Scope | None:
        """As ``scope``, of an account."""
        return self.scope(account.name, account.role, account.scope_kind, account.scope_keys)

    def scope(self, who: str, role: str, kind: str, keys: tuple[str, ...]) -> Scope | None:
        """What an account sees of the home; own firms are those assigned to them at present, as owner or deputy.

        None for a scope of an installation of many zones, which this home is not.
        """
        if kind not in KINDS:
            return None
        if kind == "own":
            with self._store.read() as con:
                keys = firms_of(con, who)
        return Scope(who, role, kind, keys)

    def create(self, name: str, role: str, scope: str, *, by: str, why: str) -> Link:
        """Add an account without a password; returns its link. Raises ``BadInput`` for what is taken or unknown."""
        name, (kind, keys) = _checked(name), checked(scope, self._store.home)
        link = self._new_link(name)
        account = Account(
            key=key_of(name),
            name=name,
            role=role_of(role, kind),
            scope_kind=kind,
            scope_keys=keys,
            is_active=True,
            password_hash=None,
            session_key=secrets.token_hex(_BYTES),
            link_hash=hash_of(link.secret),
            link_until=link.until,
            created_at=as_text(self._clock()),
            signed_in_at=None,
        )
        with self._store.write(by, self._clock()) as writing:
            if rows.find(writing.con, key=account.key) is not None:
                raise BadInput(f"账户 {name} 已存在", f"there is an account {name} already")
            rows.insert(writing.con, account)
            content = {"role": account.role, "scope": written(kind, keys), "link_until": link.until}
            writing.event(f"account:{account.key}", "account.created", content, why)
        return link

    def change(self, name: str, *, role: str | None, scope: str | None, by: str, why: str) -> Account:
        """Another role or scope, from the next request on; raises ``BadInput`` where neither is given or known."""
        with self._store.write(by, self._clock()) as writing:
            account = _existing(writing, name)
            kind, keys = checked(scope, self._store.home) if scope else (account.scope_kind, account.scope_keys)
            changed = {"role": role_of(role or account.role, kind), "scope_kind": kind, "scope_keys": keys}
            if changed.items() <= vars(account).items():
                raise BadInput(f"{account.name} 本来如此，没有改动", f"{account.name} is so already")
            rows.update(writing.con, account.key, **changed)
            content = {"role": changed["role"], "scope": written(kind, keys)}
            writing.event(f"account:{account.key}", "account.changed", content, why)
            return _existing(writing, name)

    def set_active(self, name: str, is_active: bool, *, by: str, why: str) -> None:
        """Disable an account, which ends its sessions, link and calendar addresses, or enable it; else ``BadInput``."""
        with self._store.write(by, self._clock()) as writing:
            account = _existing(writing, name)
            if account.is_active == is_active:
                raise BadInput(f"{account.name} 本来如此，没有改动", f"{account.name} is so already")
            ended = {"session_key": secrets.token_hex(_BYTES), "link_hash": None, "link_until": None}
            rows.update(writing.con, account.key, is_active=is_active, **ended)
            kind = "account.enabled" if is_active else "account.disabled"
            writing.event(f"account:{account.key}", kind, {}, why)
            if not is_active:
                calendar_addresses.end_all(writing, account.key, as_text(self._clock()), why)

    def renew_link(self, name: str, *, by: str, why: str) -> Link:
        """A new link for a forgotten password; the one before ends, the password stays until the link is used."""
        with self._store.write(by, self._clock()) as writing:
            account = _existing(writing, name)
            if not account.is_active:
                raise BadInput(
                    f"{account.name} 已停用；先用 tidu account enable 启用",
                    f"{account.name} is disabled: enable it first with tidu account enable",
                )
            link = self._new_link(account.name)
            rows.update(writing.con, account.key, link_hash=hash_of(link.secret), link_until=link.until)
            writing.event(f"account:{account.key}", "account.link_made", {"link_until": link.until}, why)
        return link

    def set_password(self, name: str, password_hash: str, session_key: str) -> None:
        """Keep the hash of a password its owner set; all sessions and the link end."""
        with self._store.write(name, self._clock()) as writing:
            account = _existing(writing, name)
            values = {"password_hash": password_hash, "session_key": session_key}
            rows.update(writing.con, account.key, **values, link_hash=None, link_until=None)
            writing.event(f"account:{account.key}", "account.password_set", {}, "本人设定 set by its owner")

    def keep_rehashed(self, key: str, password_hash: str) -> None:
        """Keep the same password hashed by newer parameters; no event, since nothing has changed for anybody."""
        with self._store.write(key, self._clock()) as writing:
            rows.update(writing.con, key, password_hash=password_hash)

    def end_sessions(self, name: str, session_key: str, *, by: str = "", why: str = "退出 signed out") -> None:
        """End every session of an account, by a new key; ``by`` whom, its owner unless given."""
        with self._store.write(by or name, self._clock()) as writing:
            account = _existing(writing, name)
            rows.update(writing.con, account.key, session_key=session_key)
            writing.event(f"account:{account.key}", "account.sessions_ended", {}, why)

    def note_sign_in(self, key: str) -> None:
        """Keep when an account last signed in; the list of accesses has the rest."""
        with self._store.write(key, self._clock()) as writing:
            rows.update(writing.con, key, signed_in_at=as_text(self._clock()))

    def _new_link(self, name: str) -> Link:
        until = self._clock() + timedelta(hours=rules().link_hours)
        return Link(name, secrets.token_urlsafe(_BYTES), as_text(until))


def _checked(name: str) -> str:
    name = normalised(name)
    is_readable = all(sign == " " or unicodedata.category(sign)[0] not in "CZ" for sign in name)
    if not name or len(name) > LONGEST_NAME or not is_readable:
        raise BadInput(
            f"姓名须为 1 至 {LONGEST_NAME} 个可见字符，如 王伟、zhang.san",
            f"a name has 1 to {LONGEST_NAME} visible signs, such as 王伟 or zhang.san",
        )
    return name


def _existing(writing: Writing, name: str) -> Account:
    account = rows.find(writing.con, key=key_of(name))
    if account is None:
        raise BadInput(
            f"没有账户 {name}；tidu account list 列出全部", f"no account {name}: tidu account list names all"
        )
    return account
