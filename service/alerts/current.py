"""The present alerts of an account."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from service.alerts.rules import Definition, definitions
from service.alerts.sent import Sent, sent_to
from service.alerts.triggers import AlertContext, Item, items_of
from service.people.installation import People
from service.people.zones import people_above
from service.scope import Scope, single_user
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published


@dataclass(frozen=True)
class Alert:
    """An alert for an account: all its items, the new ones, and whether its rhythm lets it be sent today."""

    name: str
    definition: Definition
    items: list[Item]
    fresh: list[Item]
    is_time: bool

    @property
    def is_due(self) -> bool:
        """Whether it is sent today."""
        return self.is_time and bool(self.fresh)


@dataclass(frozen=True)
class Recipient:
    """Whom alerts are for, and the people among whom that account is."""

    people: People
    scope: Scope


def recipients(people: People) -> list[Recipient]:
    """Every active account, or the user of this machine where there are none.

    Of a zone also those of its installation that may enter it, but for who has an account of that name in the zone.
    """
    above = people_above(people.home, people.clock)
    known = [each for each in (people, above) if each and each.accounts.is_any()]
    if not known:
        return [Recipient(people, single_user())]
    by_name: dict[str, Recipient] = {}
    for each in known:
        for account in each.accounts.every():
            scope = each.accounts.scope_of(account) if account.is_active else None
            if scope is not None:
                by_name.setdefault(scope.who, Recipient(each, scope))
    return list(by_name.values())


def recipient(people: People, name: str) -> Recipient:
    """The recipient of a name; raises ``BadInput`` where there is none."""
    known = {entry.scope.who: entry for entry in recipients(people)}
    if name not in known:
        names = "、".join(known)
        raise BadInput(f"没有账户 {name}；有 {names}", f"there is no account {name}: there are {names}")
    return known[name]


@contextmanager
def asked_for(home: Home, people: People, scope: Scope, today: date) -> Iterator[AlertContext]:
    """The readers for the alerts of an account."""
    published = Published(home)
    accesses = people.accesses if people.accounts.is_any() else None
    with published.desk(*scope.sees) as reader, published.desk("zone") as zone:
        yield AlertContext(home, scope, reader, zone, today, accesses)


def alerts(asked: AlertContext, sent_before: Sent, names: Collection[str] | None = None) -> list[Alert]:
    """The present alerts of an account, of these names or of all, in the order of their definition."""
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


def of_account(home: Home, recipient: Recipient, today: date) -> list[Alert]:
    """As ``alerts``, of one recipient."""
    with asked_for(home, recipient.people, recipient.scope, today) as asked:
        return alerts(asked, sent_to(home, recipient.scope.who))
