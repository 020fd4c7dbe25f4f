"""Accounts, tokens and the list of accesses, as the page of administration asks and changes them."""

import secrets
from datetime import date

from service.extracts import deliveries
from service.people.access import Accesses, Fault
from service.people.accounts import Account, Accounts, Link, key_of
from service.people.scope_words import Names, zone_names
from service.people.scopes import ZONES
from service.people.tokens import Token, Tokens
from service.queries.release import casebook, releases
from service.scope import EVERY, Scope, ZonesScope
from service.wording.shown_moments import local_day
from warehouse.casebook.book import Book
from warehouse.casebook.people.store import People
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.machine.clock import Clock
from warehouse.rows import Row

_KEY_BYTES = 32
RUNS = 10
SHOWN = 200
"""Accesses of one page."""


class Administration:
    """What an administrator does, each act an event of the casebook; raises ``BadInput`` for who is none."""

    def __init__(self, home: Home, scope: Scope, clock: Clock) -> None:
        if not scope.may("administer"):
            raise BadInput("您的角色不能管理账户", "your role does not administer")
        if isinstance(scope, ZonesScope) and not scope.has(EVERY):  # who gives scopes could give themselves any
            raise BadInput(
                f"账户属于全部高新区，您的范围不是 {ZONES}:{EVERY}，不能管理；"
                f"改法：tidu account change 姓名 --scope {ZONES}:{EVERY}",
                f"accounts are of all zones, and your scope is not {ZONES}:{EVERY}:"
                f" tidu account change NAME --scope {ZONES}:{EVERY}",
            )
        self._home, self._scope = home, scope
        people = People(home)
        self._is_there = people.is_there()
        self._accounts, self._tokens = Accounts(people, clock), Tokens(people, clock)
        self._accesses = Accesses(people, clock)

    def accounts(self) -> list[Account]:
        """Empty where there is no casebook."""
        return self._accounts.every() if self._is_there else []

    def zone_names(self) -> Names:
        """The names of the zones that scopes name by code."""
        return zone_names(self._home)

    def tokens(self) -> list[tuple[Token, bool]]:
        """All tokens, and whether each is valid."""
        return [(token, self._tokens.is_valid(token)) for token in self._tokens.every()] if self._is_there else []

    def accesses(self, who: str | None, kind: str | None, since: date | None) -> list[Row]:
        """The newest entries that fit; raises ``BadInput`` for an unknown kind."""
        return self._accesses.entries(who=who, kind=kind, since=since, limit=SHOWN) if self._is_there else []

    def verify(self) -> tuple[int, Fault | None]:
        """How many entries of the list of accesses are sound, and the first fault."""
        return self._accesses.verify() if self._is_there else (0, None)

    def casebook(self) -> Row:
        """Number and hash of the newest event, and the state of the casebook in the newest release."""
        if not self._is_there:
            return {"seq": 0, "hash": "", "fault": None, "lost": 0}
        head, state = Book(self._home).head(), casebook.state(self._home)
        return {"seq": head.seq, "hash": head.hash, "fault": state.fault, "lost": len(state.lost)}

    def verify_casebook(self) -> list[Row]:
        """What is wrong with the chain or the derived rows; nothing where all is sound; each by ``zh`` and ``en``."""
        return [vars(problem) for problem in casebook.verify(self._home).problems] if self._is_there else []

    def runs(self) -> list[Row]:
        """The newest releases: run, day, publication, whether it is current."""
        return releases.published(self._home)[:RUNS]

    def jobs(self) -> Row:
        """When each job of the schedule last left something; None where it never did."""
        weeks = sorted(path.parent.name for path in (self._home.root / "outbox").glob("[0-9]*/digest.json"))
        months = sorted(path.name for path in (self._home.root / "vintages").glob("[0-9]*"))
        handed = next((str(local_day(row["delivered_at"])) for row in deliveries.log(self._home)), None)
        newest = self.runs()
        return {
            "nightly": newest[0]["published_at"] if newest else None,
            "monthly_extracts": handed,
            "weekly_digest": weeks[-1] if weeks else None,
            "monthly_freeze": months[-1] if months else None,
        }

    def create(self, name: str, role: str, scope: str, why: str) -> Link:
        """Add an account; its one-time link is shown once."""
        return self._accounts.create(name, role, scope, by=self._scope.who, why=_stated(why))

    def change(self, name: str, role: str | None, scope: str | None, why: str) -> Account:
        """Another role or scope, of another account than one's own."""
        self._require_other(name)
        return self._accounts.change(name, role=role, scope=scope, by=self._scope.who, why=_stated(why))

    def set_active(self, name: str, is_active: bool, why: str) -> None:
        """Disable or enable another account; disabling ends its sessions."""
        self._require_other(name)
        self._accounts.set_active(name, is_active, by=self._scope.who, why=_stated(why))

    def end_sessions(self, name: str, why: str) -> None:
        """Sign an account out everywhere."""
        key = secrets.token_hex(_KEY_BYTES)
        self._accounts.end_sessions(name, key, by=self._scope.who, why=_stated(why))

    def renew_link(self, name: str, why: str) -> Link:
        """A new one-time link for a forgotten password."""
        return self._accounts.renew_link(name, by=self._scope.who, why=_stated(why))

    def create_token(self, name: str, scope: str, days: int, why: str) -> tuple[str, Token]:
        """A token, which is shown once."""
        return self._tokens.create(name, scope, days, by=self._scope.who, why=_stated(why))

    def revoke_token(self, token_id: str, why: str) -> Token:
        """End a token at once."""
        return self._tokens.revoke(token_id, by=self._scope.who, why=_stated(why))

    def _require_other(self, name: str) -> None:
        """An administrator cannot remove their own rights, so that an installation keeps one."""
        if key_of(name) == key_of(self._scope.who):
            raise BadInput("不能改动自己的账户，请由另一位管理员办理", "another administrator changes your own account")


def _stated(why: str) -> str:
    if not why.strip():
        raise BadInput("请写明理由", "state why")
    return why.strip()
