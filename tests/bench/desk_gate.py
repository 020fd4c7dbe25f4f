"""What sign-in costs a callback: the gate, the token against forged requests, and the scope; CPU of a whole request."""

import json
import re
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask.testing import FlaskClient

from dash_app.app import create_app
from dash_app.routing import CALLBACKS
from dash_app.routing import MOVERS as MOVERS_ROUTE
from service.people.installation import People
from service.people.settings import SignIn
from service.reader import Service
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.home import Home
from warehouse.release.releases import Published

PASSWORD = "a sentence that nobody guesses"  # noqa: S105
OWN = 150
REPEATS = 60
HOST = {"Host": "127.0.0.1"}
NO_PAGE, MOVERS = "/nothing", MOVERS_ROUTE.path()


def measure_gate(folder: Path, small: Path) -> None:
    """Print CPU milliseconds of a callback without accounts, with them, and for somebody with own firms."""
    home = Home(Path(shutil.copytree(small, folder / "gate")))
    people = People(home, lambda: datetime.now(UTC))
    for name, scope in (("zone", "zone"), ("own", "own")):
        people.accounts.create(name, "officer", scope, by="bench", why="bench")
        people.accounts.set_password(name, PasswordHasher(1, 8, 1).hash(PASSWORD), f"session of {name}")
    _assign_some(home)
    alone = create_app(Service(home)).server.test_client()
    app = create_app(Service(home), SignIn(people, "k" * 64)).server
    asked: dict[str, tuple[FlaskClient, str]] = {"nobody to sign in": (alone, "")}
    asked |= {f"signed in, {name}": _signed_in(app.test_client(), name) for name in ("zone", "own")}
    print("\na callback by who asks, median CPU ms")
    for path in (NO_PAGE, MOVERS):
        for words, (client, token) in asked.items():
            headers = HOST | ({"X-CSRFToken": token} if token else {})
            taken = _median(lambda c=client, h=headers, p=path: _callback(c, h, p))
            print(f"  {path:<10}{words:<22}{taken:>8.2f}")


def _assign_some(home: Home) -> None:
    rows = Published(home).rows(f"select firm_id from core_firm using sample {OWN} rows (reservoir, 7)")
    drafts = [
        Draft(
            f"assignment:{row['firm_id']}",
            "assignment.made",
            {"firm": row["firm_id"], "owner": "own", "deputy": None, "since": "2026-07-01"},
            "bench",
        )
        for row in rows
    ]
    Book(home).append(drafts, by="bench", now=datetime.now(UTC))


def _signed_in(client: FlaskClient, name: str) -> tuple[FlaskClient, str]:
    form = client.get("/login", headers=HOST).text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', form)[0]
    client.post("/login", data={"csrf_token": token, "username": name, "password": PASSWORD}, headers=HOST)
    client.get("/", headers=HOST)
    cookie = client.get_cookie("_csrf_token", domain="127.0.0.1")
    assert cookie is not None
    return client, cookie.value


def _callback(client: FlaskClient, headers: dict[str, str], path: str) -> None:
    inputs = [{"id": "url", "property": "pathname", "value": path}, {"id": "url", "property": "search", "value": ""}]
    body: dict[str, Any] = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": inputs,
        "state": [{"id": "order", "property": "data", "value": None}],
        "changedPropIds": ["url.pathname"],
    }
    answer = client.post(CALLBACKS, data=json.dumps(body), content_type="application/json", headers=headers)
    assert answer.status_code == 200, answer.text


def _median(act: Callable[[], object]) -> float:
    act()
    taken = []
    for _ in range(REPEATS):
        began = time.process_time()
        act()
        taken.append(time.process_time() - began)
    return statistics.median(taken) * 1000


if __name__ == "__main__":
    measure_gate(Path(sys.argv[1]), Path(sys.argv[2]))
