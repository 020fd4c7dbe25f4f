"""A site with accounts and without a release, and clients that fill in its forms as browsers do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from argon2 import PasswordHasher
from clocks import Clock
from copied_homes import copy_home
from dash import Dash
from flask.testing import FlaskClient
from many_zones import OUTSIDER, ZONE_CODE, Zones, zones_of
from werkzeug.routing import Rule
from werkzeug.test import Client, TestResponse

from dash_app.app import create_app
from dash_app.routing import CALLBACKS, NOBODY, ZONE, Table
from dash_app.sign_in import security
from dash_app.zone_routes import ABOVE, MINISTRY, MOUNTED
from service.people.installation import People
from service.people.roles import assignable
from service.people.settings import SignIn
from service.reader import Service
from service.scope import LOCAL, PIPELINE
from warehouse.home import Home
from warehouse.release.releases import Published

PASSWORD = "a sentence that nobody guesses"  # noqa: S105
CHEAP = {"argon2__memory_cost": 8, "argon2__rounds": 1, "argon2__parallelism": 1}
"""Hashing a password as it is stored takes 0.2 s of CPU."""
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
HOST = {"Host": "127.0.0.1"}
SHOW = {
    "output": "..page.children...drawn.data..",
    "outputs": [{"id": "page", "property": "children"}, {"id": "drawn", "property": "data"}],
    "inputs": [
        {"id": "url", "property": "pathname", "value": "/"},
        {"id": "url", "property": "search", "value": ""},
    ],
    "state": [{"id": "drawn", "property": "data", "value": None}],
    "changedPropIds": ["url.search"],
}


class Visitor:
    """A client that brings the token of the form it fills in, and that of the pages with their callbacks."""

    show = SHOW

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers=HOST | headers)

    def post(self, path: str, data: dict[str, str] | None = None, *, form: str | None = None) -> TestResponse:
        page = self.get(form or path).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        return self.client.post(path, headers=HOST, data={"csrf_token": token[1] if token else "", **(data or {})})

    def sign_in(self, name: str, password: str = PASSWORD, path: str = "/login") -> TestResponse:
        return self.post(path, {"username": name, "password": password})

    def callback(self, body: Any = SHOW, **headers: str) -> TestResponse:
        cookie = self.client.get_cookie("_csrf_token", domain="127.0.0.1")
        token = {"X-CSRFToken": cookie.value} if cookie else {}
        return self.client.post("/_dash-update-component", json=body, headers=HOST | token | headers)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an administrator 王伟 and an officer 李娜; tests take a copy."""
    people = People(Home(tmp_path_factory.mktemp("peopled") / "home"), Clock())
    for name, role in (("王伟", "admin"), ("李娜", "officer")):
        people.accounts.create(name, role, "zone", by="root", why="开户")
        people.accounts.set_password(name, HASH, f"session of {name}")
    return people.home.root


@pytest.fixture
def people(peopled: Path, tmp_path: Path, clock: Clock) -> People:
    """An installation with the accounts 王伟 and 李娜, and no release."""
    return People(copy_home(Home(peopled), tmp_path / "home"), clock)


@pytest.fixture
def set_up(people: People) -> SignIn:
    """How sign-in is set up; a test that needs more has a fixture of its own."""
    return SignIn(people, "k" * 64)


@pytest.fixture
def app(people: People, set_up: SignIn, monkeypatch: pytest.MonkeyPatch) -> Dash:
    for name, cost in CHEAP.items():
        monkeypatch.setitem(security.HASHING, name, cost)
    return create_app(Service(people.home), set_up)


@pytest.fixture
def visitor(app: Dash) -> Visitor:
    return Visitor(app.server.test_client())


@pytest.fixture
def other(app: Dash) -> Visitor:
    """The same person's or another's second browser."""
    return Visitor(app.server.test_client())


@dataclass(frozen=True)
class Site:
    """A site over a release, with accounts of every role or without any; below ``base`` in an installation.

    ``outside`` are roles that may not enter it at all.
    """

    app: Dash
    visitors: dict[str, tuple[Client, dict[str, str]]]
    firm: str
    incubator: str
    card: str
    table: Table = ZONE
    base: str = ""
    outside: frozenset[str] = frozenset()

    def get(self, role: str, path: str) -> TestResponse:
        client, headers = self.visitors[role]
        return client.get(f"{self.base}{path}", headers=headers)

    def callback(self, role: str, body: Any) -> TestResponse:
        client, headers = self.visitors[role]
        cookie = client.get_cookie("_csrf_token", domain="127.0.0.1")
        token = {"X-CSRFToken": cookie.value} if cookie else {}
        return client.post(f"{self.base}{CALLBACKS}", json=body, headers=headers | token)

    def path_of(self, rule: Rule) -> str:
        """An address of a route that has something to show."""
        named = {"firm_id": self.firm, "incubator": quote(self.incubator), "filename": "tidu.css"}
        named |= {"listed": "zones" if self.table is ABOVE else "movers", "suffix": "csv", "file": self.card}
        if "package_name" in rule.rule:
            return str(re.search(rf'"{self.base}(/_dash-component-suites/[^"]+\.js)', self.get_index())[1])  # type: ignore[index]
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: named.get(match[1], "x"), rule.rule)

    def get_index(self) -> str:
        with self.app.server.test_request_context("/", headers=HOST):
            return str(self.app.index())  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def subjects(published: Published, released: Home) -> tuple[str, str, str]:
    """A tenant, the incubator it is in, and the name of a report card as in an address."""
    (row,) = published.rows("select firm_id, incubator from core_firm__incubator order by 1 limit 1")
    card = min(path.name for path in released.report_cards.glob("*/*.csv"))
    return row["firm_id"], row["incubator"], quote(card)


@pytest.fixture(scope="module")
def with_accounts(
    released: Home, subjects: tuple[str, str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A site with an account of every role, whose scopes all have the firm; and a token."""
    firm, incubator, card = subjects
    home = copy_home(released, tmp_path_factory.mktemp("walk") / "home")
    people = People(home, Clock())
    for role in set(assignable()) - {MINISTRY}:
        scope = f"incubator:{incubator}" if role == "incubator" else "zone"
        people.accounts.create(role, role, scope, by="root", why="开户")
        people.accounts.set_password(role, HASH, f"session of {role}")
    secret, _ = people.tokens.create("数据中台", "zone", 9, by="root", why="取数")
    with pytest.MonkeyPatch.context() as patch:
        for name, cost in CHEAP.items():
            patch.setitem(security.HASHING, name, cost)
        app = create_app(Service(home), SignIn(people, "k" * 64))
        visitors: dict[str, Any] = {
            role: (signed_in(app.server.test_client(), role), HOST) for role in assignable() if role != MINISTRY
        }
        visitors[NOBODY] = (app.server.test_client(), HOST)
        visitors[PIPELINE] = (app.server.test_client(), HOST | {"Authorization": f"Bearer {secret}"})
        yield Site(app, visitors, firm, incubator, card)


@pytest.fixture(scope="module")
def without_accounts(released: Home, subjects: tuple[str, str, str]) -> Site:
    """A site for whoever uses this machine."""
    app = create_app(Service(released))
    return Site(app, {LOCAL: (app.server.test_client(), HOST)}, *subjects)


@pytest.fixture(scope="module")
def installation(
    released: Home, subjects: tuple[str, str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Zones]:
    """An installation of two zones, the first of which has the release, with an account of every role."""
    with pytest.MonkeyPatch.context() as patch:
        for name, cost in CHEAP.items():
            patch.setitem(security.HASHING, name, cost)
        zones = zones_of(tmp_path_factory.mktemp("zones"), released, subjects[1], HASH)
        for role in (*zones.accounts, OUTSIDER):
            zones.visitors[role] = (signed_in(Client(zones.site), role), HOST)
        yield zones


@pytest.fixture(scope="module")
def in_a_zone(installation: Zones, subjects: tuple[str, str, str]) -> Site:
    """The site of the zone that has the release."""
    app = installation.site.zone(ZONE_CODE)
    assert app is not None
    visitors = {role: own for role, own in installation.visitors.items() if role != OUTSIDER}
    return Site(app, visitors, *subjects, table=MOUNTED, base=f"/z/{ZONE_CODE}", outside=frozenset({MINISTRY}))


@pytest.fixture(scope="module")
def above_zones(installation: Zones, subjects: tuple[str, str, str]) -> Site:
    """The site over all zones."""
    visitors = {role: own for role, own in installation.visitors.items() if role != OUTSIDER}
    return Site(installation.site.above, visitors, *subjects, table=ABOVE)


@pytest.fixture(params=["with_accounts", "without_accounts", "in_a_zone", "above_zones"])
def site(request: pytest.FixtureRequest) -> Site:
    site: Site = request.getfixturevalue(request.param)
    return site


def signed_in(client: Client, name: str) -> Any:
    form = client.get("/login", headers=HOST).text
    (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', form)
    data = {"csrf_token": token, "username": name, "password": PASSWORD}
    assert client.post("/login", data=data, headers=HOST).status_code == 302
    client.get("/", headers=HOST)  # sets the token of the pages
    return client
