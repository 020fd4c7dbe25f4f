"""Requests that never come to their end keep nobody waiting, and end after a limit of time."""

import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from free_ports import free_port, listens
from waits import LIMIT, readable, stopped, until

from dash_app.server import worker
from dash_app.server.limits import MAX_BODY, largest_body

pytestmark = pytest.mark.rule("at-once")

SERVER = """
import sys, time
from types import SimpleNamespace
from dash_app.server import gunicorn, worker
worker.READ_SECONDS, passed = 600, [0]
worker.time = SimpleNamespace(sleep=time.sleep, monotonic=lambda: time.monotonic() + passed[0])
def application(environ, start_response):
    if environ["PATH_INFO"] == "/later":
        passed[0] += worker.READ_SECONDS
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(len(environ["wsgi.input"].read())).encode()]
gunicorn.serve(lambda: application, int(sys.argv[1]))
"""
LATER = "/later"
"""After which the server's clock is ahead by the time it gives to a request."""
PROOFS = "/api/v1/cases/91330106MA01000231/contests"
HALF_HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A"
HALF_BODY = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n{"
WITHOUT_LEAVE = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    number = free_port()
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(number)])
    until(lambda: listens(number), "a server that answers", lambda: server.poll() is None)
    yield number
    stopped(server)


def _answer(port: int, body: bytes = b"", path: str = "/") -> tuple[int, bytes, bool]:
    """Status, content, and whether the connection is closed after it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST" if body else "GET", path, body or None)
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.getheader("Connection") == "close"


def _received(connection: socket.socket, wanted: bytes) -> bytes:
    """What has arrived when `wanted` is among it, or when the connection ends: a read may give any part."""
    content = b""
    while wanted not in content and (part := connection.recv(300)):
        content += part
    return content


def test_half_sent_requests_keep_nobody_waiting_and_are_ended(port: int) -> None:
    waiting = []
    for number in range(40):
        waiting.append(socket.create_connection(("127.0.0.1", port)))
        waiting[-1].sendall([HALF_HEAD, HALF_BODY][number % 2])

    assert _answer(port) == (200, b"0", False)
    assert not readable(waiting, 0)

    for connection in waiting:
        connection.settimeout(LIMIT)
        _answer(port, path=LATER)
        assert b"HTTP/1.1 200" not in _received(connection, b"HTTP/1.1 200")
        connection.close()


def test_a_whole_body_arrives_and_one_that_is_too_large_ends_its_connection(port: int) -> None:
    assert _answer(port, b"x" * 70_000) == (200, b"70000", False)
    assert _answer(port, b"x" * MAX_BODY) == (200, str(MAX_BODY).encode(), False)
    status, content, is_closed = _answer(port, b"x" * (MAX_BODY + 1))
    assert (status, content, is_closed) == (200, str(MAX_BODY + 1).encode(), True)


def test_proofs_may_be_larger_than_other_requests_and_no_larger(port: int) -> None:
    most = largest_body("POST", PROOFS)

    assert most > MAX_BODY == largest_body("GET", PROOFS) == largest_body("POST", f"{PROOFS}/1/accept")
    assert _answer(port, b"x" * most, PROOFS) == (200, str(most).encode(), False)
    assert _answer(port, b"x" * (most + 1), PROOFS) == (200, str(most + 1).encode(), True)


def test_a_request_that_asks_whether_to_go_on_is_answered_at_once(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(WITHOUT_LEAVE)
        assert b"HTTP/1.1 200" in _received(connection, b"HTTP/1.1 200")


@pytest.mark.rule(
    "at-once", "ten users of two workers are five a worker: a browser keeps the connections that it opened"
)
def test_a_new_connection_is_left_to_a_worker_that_has_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[float] = []
    monkeypatch.setattr(worker.time, "sleep", left.append)
    monkeypatch.setattr(worker.ThreadWorker, "accept", lambda *_: left.append(-1.0))
    for workers, connections in ((2, 0), (2, 1), (2, 5), (2, 500), (1, 5)):
        asked: Any = object.__new__(worker.Worker)  # without the sockets that its constructor wants
        asked.cfg, asked.nr_conns = SimpleNamespace(workers=workers), connections
        asked.accept(None)
    none, few, more, most = left[0], left[2], left[4], left[6]
    assert none == 0 < few < more < most == worker.LEAVE_AT_MOST
    assert left[8:] == [-1.0]
