"""The worker of gunicorn: a request that comes slowly, or never to its end, takes no thread that answers others."""

import gc
import socket
import struct
import sys
import tempfile
import threading
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from dash_app.server.limits import MAX_BODY, largest_body

RECEIVING = 256
"""Requests that are received at once, a thread each; threads are made as they are needed."""
ANSWERING = 8
"""Requests that are answered at once."""
PART = 64 * 1024
"""Bytes that are copied at once."""
READ_SECONDS = 10.0
"""Time for a connection to send a whole request."""
TURN_SECONDS = 0.001
"""How long a thread of Python works before another has its turn; by default each of the others takes five times as long
after every query of the one."""
LEAVE_SECONDS, LEAVE_AT_MOST = 0.0005, 0.005
"""How long a worker leaves a new connection to others, for each that it has, and at most."""
LARGE = 4
"""Bodies above ``MAX_BODY`` that are received at once; they lie in files without a name."""
SEND_SECONDS = 10
"""Time for a client to take the next part of an answer."""


class Worker(ThreadWorker):  # type: ignore[misc]
    """Receives a request as a whole, within a limit of time, before it waits for its turn to be answered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._receiving: dict[Any, float] = {}
        self._turn = threading.BoundedSemaphore(ANSWERING)

    def init_process(self) -> None:
        """Give threads turns of ``TURN_SECONDS``."""
        sys.setswitchinterval(TURN_SECONDS)
        super().init_process()

    def load_wsgi(self) -> None:
        """Make the application; what lives as long as the worker is not searched for garbage with each answer."""
        super().load_wsgi()
        gc.collect()
        gc.freeze()

    def accept(self, listener: Any) -> None:
        """Leave a new connection to a worker that has fewer: a browser sends all its requests by those it opened."""
        if self.cfg.workers > 1:
            time.sleep(min(self.nr_conns * LEAVE_SECONDS, LEAVE_AT_MOST))
        super().accept(listener)

    def handle(self, conn: Any) -> Any:
        """Receive and answer a request."""
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_SECONDS, 0))
        self._receiving[conn] = time.monotonic() + READ_SECONDS
        try:
            return super().handle(conn)
        finally:
            self._receiving.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request of which the head has come, and keep its connection; False where it was ended."""
        _receive_body(req)
        if self._receiving.pop(conn, None) is None:
            return False
        with self._turn:
            return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Called about every second: also end the connections that have sent for too long."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in list(self._receiving.items()):
            if until < now and self._receiving.pop(conn, None) is not None:
                try:
                    conn.sock.shutdown(socket.SHUT_RD)
                except OSError:
                    continue


_large = threading.BoundedSemaphore(LARGE)


def _receive_body(request: Any) -> None:
    """Replace the body by what has come of it: larger ones are cut and refused, and no client is asked to go on."""
    is_asking = any(name == "EXPECT" for name, _ in request.headers)
    limit = 0 if is_asking else largest_body(request.method, request.path)
    body = tempfile.SpooledTemporaryFile(max_size=MAX_BODY)  # noqa: SIM115 - the answer reads it, and ends it
    if limit > MAX_BODY:
        with _large:
            size = _copy(request.body, body, limit + 1)
    else:
        size = _copy(request.body, body, limit + 1) if limit else 0
    if is_asking or size > limit:
        request.force_close()
    body.seek(0)
    request.body = body


def _copy(source: Any, target: Any, most: int) -> int:
    """Copy at most so many bytes; how many came."""
    size = 0
    while size < most and (part := source.read(min(PART, most - size))):
        target.write(part)
        size += len(part)
    return size
