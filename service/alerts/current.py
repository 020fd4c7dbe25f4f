"""The alerts that somebody has now."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from service.alerts.rules import Definition, definitions
from service.alerts.sent import Sent, sent_to
from service.alerts.triggers import Asked, Item, items_of
from service.people.installation import People
from service.scope import Scope, single_user
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published


@dataclass(frozen=True)
class Alert:
    """An alert for somebody: all that gives it, what of that is new, and whether its rhythm lets it be sent today."""

    name: str
    definition: Definition
    items: list[Item]
    fresh: list[Item]
    is_time: bool

    @property
    def is_due(self) -> bool:
        """Whether it is sent today."""
        return self.is_time and bool(self.fresh)


def recipients(people: People) -> list[Scope]:
    """Whom alerts are for: every active account, or who uses this machine where there are none."""
    if not people.accounts.is_any():
        return [single_user()]
    scopes = [people.accounts.scope_of(account) for account in people.accounts.every() if account.is_active]
    return [scope for scope in scopes if scope is not None]


def recipient(people: People, name: str) -> Scope:
    """The recipient of a name; raises ``BadInput`` where there is none."""
    known = recipients(people)
    scope = next((scope for scope in known if scope.who == name), None)
    if scope is None:
        names = "、".join(scope.who for scope in known)
        raise BadInput(f"没有账户 {name}；有 {names}", f"there is no account {name}: there are {names}")
    return scope


@contextmanager
def asked_for(home: Home, people: People, scope: Scope, today: date) -> Iterator[Asked]:
    """The readers for the alerts of somebody."""
    published = Published(home)
    accesses = people.accesses if people.accounts.is_any() else None
    with published.desk(*scope.sees) as reader, published.desk("zone") as zone:
        yield Asked(home, scope, reader, zone, today, accesses)


def alerts(asked: Asked, sent_before: Sent, names: Collection[str] | None = None) -> list[Alert]:
    """The alerts that somebody has now, of these names or of all, in the order of their definition."""
    given = [
        (name, definition, items_of(asked, name, definition))
        for name, definition in definitions().items()
        if names is None or name in names
    ]
    return [
        Alert(
            name,
            definition,
            items,
            sent_before.fresh(name, items),
            sent_before.is_time(name, definition.rhythm, asked.today),
        )
        for name, definition, items in given
        if items
    ]


def of_account(home: Home, people: People, scope: Scope, today: date) -> list[Alert]:
    """As ``alerts``, of one recipient."""
    with asked_for(home, people, scope, today) as asked:
        return alerts(asked, sent_to(home, scope.who))
