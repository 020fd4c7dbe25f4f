"""The daily alerts: the command writes the mail files, a webhook gets counts and no firm."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows import cli
from flows.alerts import call
from service.alerts.outbox import Written
from warehouse.casebook.book import Book
from warehouse.home import Home

pytestmark = pytest.mark.rule("stays-here")

Calls = list[dict[str, Any]]


class _Taking(http.server.BaseHTTPRequestHandler):
    calls: Calls
    status: int

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.calls.append(json.loads(content))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(params=[200, 500])
def listener(request: pytest.FixtureRequest) -> Iterator[tuple[str, Calls, int]]:
    """An address of this machine that takes a webhook, what it got, and what it answers."""
    handler = type("Handler", (_Taking,), {"calls": [], "status": request.param})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", handler.calls, request.param  # type: ignore[attr-defined]
        server.shutdown()


def test_a_webhook_is_told_counts_and_no_firm(listener: tuple[str, Calls, int]) -> None:
    from httpx import HTTPStatusError
    from prefect.blocks.webhook import Webhook
    from pydantic import SecretStr

    url, calls, status = listener
    written = [Written("李娜", Path("outbox/2026-07-01/x.eml"), {"start_by": 3})]
    webhook = Webhook(method="POST", url=SecretStr(url))
    if status == 200:
        call(webhook, None, written)
    else:
        with pytest.raises(HTTPStatusError):
            call(webhook, None, written)
    assert calls == [{"day": None, "accounts": [{"account": "李娜", "alerts": {"start_by": 3}}]}]


def test_the_command_shows_then_writes_once(own_home: Home) -> None:
    def run(*words: str) -> str:
        answer = CliRunner().invoke(cli.app, ["alerts", "--home", str(own_home.root), *words])
        assert answer.exit_code == 0, answer.output
        return answer.output

    shown = json.loads(run("--format", "json"))
    assert {row["account"] for row in shown} == {"local"}
    assert all(row["is_due"] for row in shown)
    assert json.loads(run("--account", "local", "--items", "--format", "json"))
    written = run("--write")
    assert ".eml: " in written
    assert len(list(own_home.outbox.glob("*/*.eml"))) == 1
    assert run("--write") == ""
    assert not any(row["is_due"] for row in json.loads(run("--format", "json")))
    assert len(Book(own_home).events(stream="alert:local")) == 1
