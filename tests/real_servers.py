"""Servers in processes of their own, as an operator starts them, and a client that sends what browsers send."""

import http.client
import json
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from argon2 import PasswordHasher
from clocks import Clock
from free_ports import free_port
from waits import LIMIT, stopped, until

from dash_app.routing import CALLBACKS
from service.people.installation import People
from warehouse.home import Home

PASSWORD = "a sentence that nobody guesses"  # noqa: S105
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
SHOW = {
    "output": "..page.children...drawn.data..",
    "outputs": [{"id": "page", "property": "children"}, {"id": "drawn", "property": "data"}],
    "inputs": [
        {"id": "url", "property": "pathname", "value": "/cultivation"},
        {"id": "url", "property": "search", "value": ""},
    ],
    "state": [{"id": "drawn", "property": "data", "value": None}],
    "changedPropIds": ["url.search"],
}


class Client:
    """A browser's requests with its cookies, a connection for each."""

    def __init__(self, port: int, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self._port, self._host, self._tls = port, host, tls
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, body: str | None = None, **headers: str) -> tuple[int, str]:
        connection = self._connection()
        sent = {"Host": self._host, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        connection.request("GET" if body is None else "POST", path, body, sent | headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        return answer.status, answer.read().decode()

    def _connection(self) -> http.client.HTTPConnection:
        if self._tls is not None:
            return http.client.HTTPSConnection("127.0.0.1", self._port, timeout=LIMIT, context=self._tls)
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=LIMIT)

    def sign_in(self, name: str) -> int:
        token = re.findall(r'name="csrf_token" value="([^"]+)"', self.ask("/login")[1])[0]
        form = urlencode({"csrf_token": token, "username": name, "password": PASSWORD})
        status, _ = self.ask("/login", form, **{"Content-Type": "application/x-www-form-urlencoded"}, **self._from())
        self.ask("/")  # sets the token of the pages
        return status

    def _from(self) -> dict[str, str]:
        """What browsers add where a page of a site that speaks TLS sends a form."""
        return {"Origin": f"https://{self._host}", "Referer": f"https://{self._host}/"} if self._tls else {}

    def callback(self, _: object = None) -> tuple[int, str]:
        kind = {"Content-Type": "application/json", "X-CSRFToken": self.cookies["_csrf_token"]}
        return self.ask(CALLBACKS, json.dumps(SHOW), **kind, **self._from())


def answers(client: Client) -> bool:
    """Whether a server answers at all."""
    try:
        client.ask("/login")
    except OSError:
        return False
    return True


@contextmanager
def served(home: Home, workers: int = 1, **environment: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = free_port()
    command = [sys.executable, "-m", "flows", "serve", "--port", str(port), "--workers", str(workers)]
    server = subprocess.Popen(
        [*command, "--home", str(home.root)], stdout=subprocess.DEVNULL, env=os.environ | environment
    )
    try:
        until(lambda: answers(Client(port)), "a server that answers", lambda: server.poll() is None)
        yield port, server
    finally:
        stopped(server)


def with_officer(home: Home, name: str = "李娜") -> Home:
    """The home with an account of an officer."""
    people = People(home, Clock())
    people.accounts.create(name, "officer", "zone", by="root", why="开户")
    people.accounts.set_password(name, HASH, f"session of {name}")
    return home
