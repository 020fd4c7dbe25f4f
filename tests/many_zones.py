"""An installation of two zones with accounts: the first has a release and its marts, the second nothing yet."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clocks import Clock
from copied_homes import copy_home
from werkzeug.test import Client

from dash_app.installation import Installation
from dash_app.session import NOBODY
from dash_app.zone_routes import MINISTRY
from service.people.roles import assignable
from service.people.settings import SignIn
from service.people.zones import PeopleAbove
from service.scope import PIPELINE
from service.zones import ZonesService
from warehouse.home import Home
from warehouse.zones import marts, registry, states

ZONE_CODE, OTHER = "hz", "nb"
OUTSIDER = "outsider"
"""An officer of the other zone."""
LINE = "  - {{code: {code}, zh: {code}区, en: zone {code}, place: CN-3301, inbox: {code}, peers: p, owner: o}}\n"
CLASSES = "classes:\n  p: {zh: 成熟型, en: mature zones}\n"
HOST = {"Host": "127.0.0.1"}


@dataclass(frozen=True)
class Zones:
    """The installation, who has an account, and clients by role."""

    home: Home
    site: Installation
    people: PeopleAbove
    accounts: tuple[str, ...]
    visitors: dict[str, tuple[Any, dict[str, str]]] = field(default_factory=dict)


def home_with_zones(root: Path, released: Home) -> Home:
    """A home of two zones, the first of which has a release and its marts, the second nothing."""
    home = Home(root)
    lines = [LINE.format(code=code) for code in (ZONE_CODE, OTHER)]
    (root / registry.FILE).write_text("zones:\n" + "".join(lines) + CLASSES, "utf-8")
    copy_home(released, registry.home_of(home, ZONE_CODE).root)
    marts.newest_exported(home, registry.read_zones(home)[0], registry.home_of(home, ZONE_CODE))
    states.write(home, states.LastRun(OTHER, "missing", "2026-06-30T01:00:00+00:00"))
    return home


def zones_of(root: Path, released: Home, incubator: str, password_hash: str) -> Zones:
    """The installation below ``root``; accounts are named by their roles."""
    home = home_with_zones(root, released)
    service = ZonesService(home, Clock())
    people = service.people()
    for role in (*assignable(), OUTSIDER):
        people.accounts.create(role, *_place(role, incubator), by="root", why="开户")
        people.accounts.set_password(role, password_hash, f"session of {role}")
    secret, _ = people.tokens.create("数据中台", f"zones:{ZONE_CODE}", 9, by="root", why="取数")
    site = Installation(service, SignIn(people, "k" * 64))
    nobody = {NOBODY: (Client(site), HOST), PIPELINE: (Client(site), HOST | {"Authorization": f"Bearer {secret}"})}
    return Zones(home, site, people, tuple(assignable()), dict(nobody))


def _place(role: str, incubator: str) -> tuple[str, str]:
    """The role of an account and its scope."""
    if role == OUTSIDER:
        return "officer", f"zones:{OTHER}"
    scopes = {"incubator": f"incubator:{incubator}@{ZONE_CODE}", MINISTRY: "zones:all", "officer": f"zone@{ZONE_CODE}"}
    return role, scopes.get(role, "zones:all")
