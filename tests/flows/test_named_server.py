"""A server of Prefect that the operator names and that does not answer ends a run at once, with the way out."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import forked
import httpx
import pytest
from child_runs import in_folder
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.api import named_server
from flows.api.named_server import NoServer, ServerLost, answering, require_answer
from warehouse.home import Home

pytestmark = [pytest.mark.prefect, pytest.mark.rule("way-out")]


class _Foreign(BaseHTTPRequestHandler):
    """Answers ``/fine/health`` as Prefect does, and nothing else."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/fine/health" else 404)
        self.end_headers()
        self.wfile.write(b"true")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def foreign() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Foreign)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def silent() -> Iterator[str]:
    """Takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/api"


def refusal(api_url: str) -> str:
    with temporary_settings({PREFECT_API_URL: api_url}), pytest.raises(NoServer) as refused:
        require_answer(api_url)
    return str(refused.value)


def test_a_silent_server_is_not_waited_for_longer_than_it_is_said(silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named_server, "PATIENCE", 0.5)
    began = time.monotonic()

    message = refusal(silent)

    assert time.monotonic() - began < 30  # not Prefect's minute, and not six of them
    assert all(words in message for words in (silent, "0.5 秒内无应答", "nobody answers", "unset PREFECT_API_URL"))


def test_another_program_is_named_with_its_answer_and_no_password_is_shown(foreign: str) -> None:
    message = refusal(foreign.replace("http://", "http://tidu:secret@") + "/api")

    assert f"{foreign}/api" in message
    assert all(words in message for words in ("404", "不是可用的 Prefect 服务", "PREFECT_API_AUTH_STRING"))
    assert "secret" not in message


def test_a_server_that_answers_is_used(foreign: str) -> None:
    with temporary_settings({PREFECT_API_URL: f"{foreign}/fine"}):
        require_answer(f"{foreign}/fine")


def test_a_server_that_is_lost_during_a_run_is_named_with_the_way_out(foreign: str) -> None:
    url = foreign.replace("http://", "http://tidu:secret@") + "/fine"
    with temporary_settings({PREFECT_API_URL: url}), pytest.raises(ServerLost) as lost, answering(url):
        httpx.get("http://127.0.0.1:9/")

    assert all(words in lost.value.zh for words in (f"{foreign}/fine", "tidu zones"))
    assert all(words in lost.value.en for words in (f"{foreign}/fine", "run again"))
    assert "secret" not in str(lost.value)


def test_a_run_ends_with_that_message_and_publishes_nothing(sample_zone: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]  # nobody listens there once it is closed
    environment = {"TIDU_HOME": str(tmp_path / "home"), "PREFECT_API_URL": f"http://127.0.0.1:{port}/api"}
    words = ("run", "--inbox", str(sample_zone), "--day", "2026-06-30", "--place", "CN-3301")

    ended = forked.run(in_folder, str(tmp_path), *words, environment=environment)

    assert ended.returncode == 5, ended.stderr
    assert f"http://127.0.0.1:{port}/api" in ended.stderr
    assert "内部错误" not in ended.stderr
    assert "本次未发布任何内容" in ended.stderr
    assert list(Home(tmp_path / "home").releases.glob("*.duckdb")) == []
