"""Starts the two servers that speak Prefect's API as their users start them: the scheduler's, and that of a run.

``python prefect_servers.py HOME`` is a run that waits: it prints the address of its server and ends with its input.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from free_ports import free_port
from waits import first_line, until

from flows.api.secret import credentials
from flows.api.server import during_a_run
from warehouse.home import Home

TIDU = [sys.executable, "-m", "flows"]
CLIENT = httpx.Client(timeout=60, limits=httpx.Limits(max_keepalive_connections=0))
"""A connection for each request, and certificates that are read once: reading them takes 20 CPU milliseconds."""


@dataclass
class Server:
    """A server that answers, and the home its password lies in."""

    url: str
    home: Home
    process: subprocess.Popen[str]

    @property
    def auth(self) -> tuple[str, str]:
        """User and password of the home."""
        user, _, password = credentials(self.home).partition(":")
        return user, password

    @property
    def port(self) -> int:
        """The port it listens on."""
        return httpx.URL(self.url).port or 0

    def post(self, path: str, body: object, status: int | None = None, **options: Any) -> Any:
        """The answer's JSON, with the right password; refuses another status than a success, or the one named.

        Asks again where the server has no time for its database, as Prefect's own clients do.
        """

        def reply() -> httpx.Response | None:
            given = CLIENT.post(f"{self.url}{path}", json=body, auth=self.auth, **options)
            return None if given.status_code == httpx.codes.SERVICE_UNAVAILABLE else given

        answer = until(reply, f"an answer to {path}", lambda: self.process.poll() is None)
        assert answer is not None
        assert answer.status_code == status if status else answer.is_success, answer.text
        return answer.json() if answer.content else None


def environment(home: Home) -> dict[str, str]:
    """That of a new user: nothing of Prefect is set, and HOME is empty."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    return {**kept, "TIDU_HOME": str(home.root), "HOME": str(home.root.parent)}


def start_scheduler(home: Home) -> Server:
    """The long-lived server, in a process of its own."""
    port = free_port()
    words = [*TIDU, "scheduler", "start", "--port", str(port)]
    process = subprocess.Popen(words, env=environment(home), stderr=subprocess.DEVNULL, text=True)
    url = f"http://127.0.0.1:{port}/api"
    until(lambda: _is_healthy(url), "the scheduler", lambda: process.poll() is None)
    return Server(url, home, process)


def _is_healthy(url: str) -> bool:
    try:
        return CLIENT.get(f"{url}/health").is_success
    except httpx.TransportError:
        return False


def start_run(home: Home) -> Server:
    """The server of a run, which lasts until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, __file__, str(home.root)],
        env={**environment(home), "PYTHONPATH": str(Path(__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    url = first_line(process)
    assert url, "the run ended before it had a server"
    return Server(url, home, process)


if __name__ == "__main__":
    with during_a_run(Home(Path(sys.argv[1]))):
        sys.stdout.write(os.environ["PREFECT_API_URL"] + "\n")
        sys.stdout.flush()
        sys.stdin.read()
