"""A site with accounts and without a release, and clients that fill in its forms as browsers do."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from clocks import Clock
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dash_app.app import create_app
from dash_app.sign_in import security
from service.people.installation import People
from service.people.settings import SignIn
from service.reader import Service
from warehouse.home import Home

PASSWORD = "a sentence that nobody guesses"  # noqa: S105
CHEAP = {"argon2__memory_cost": 8, "argon2__rounds": 1, "argon2__parallelism": 1}
"""Hashing a password as it is stored takes 0.2 s of CPU."""
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
HOST = {"Host": "127.0.0.1"}
SHOW = {
    "output": "page.children",
    "outputs": {"id": "page", "property": "children"},
    "inputs": [
        {"id": "url", "property": "pathname", "value": "/"},
        {"id": "url", "property": "search", "value": ""},
    ],
    "state": [{"id": "order", "property": "data", "value": None}],
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
    return People(Home(Path(shutil.copytree(peopled, tmp_path / "home"))), clock)


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
