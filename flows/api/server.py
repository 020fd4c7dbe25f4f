"""Prefect's server in this process: for the length of a run in a thread, or until it is stopped.

A server in the process of its run cannot outlive it, whichever way the run ends, and Prefect is imported once.
"""

import gc
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flows.api import database
from flows.api.named_server import answering
from flows.api.secret import credentials
from flows.ports import listen
from flows.settings import LOOPBACK, keep_inside, point_to
from service.disk import refused
from warehouse.errors import DiskFailed
from warehouse.home import Home

if TYPE_CHECKING:
    import uvicorn

_LAST_ANSWERS = 3
"""Seconds that open connections have to end once the server is to stop."""
_LAST_WRITES = 0.3
"""Seconds that records of the last task have to be written."""
_ASKED_BY_A_RUN = ("", "/admin", "/events", "/flows", "/flow_runs")
"""Routers of the API, by prefix, that a run needs."""
_UNASKED_IN_A_RUN = {
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",  # server and client are one installation
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",  # this server gives no tokens, and refuses every foreign page
    "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED": "false",  # nobody follows events; they are stored all the same
}
"""Settings of Prefect that leave out what is of no use where the server lives no longer than its only client."""


@contextmanager
def during_a_run(home: Home) -> Iterator[None]:
    """Prefect's API for the flows that are called inside; the one the operator named, where there is one.

    Raises ``DiskFailed`` where the server cannot start because of its folder, ``NoServer`` where the named one does not
    answer, ``ServerLost`` where it stops answering inside.
    """
    _require_private_folder(home)
    keep_inside(home)
    if api_url := os.environ.get("PREFECT_API_URL"):
        if urlsplit(api_url).hostname in (LOOPBACK, "localhost"):
            os.environ.setdefault("PREFECT_API_AUTH_STRING", credentials(home))
        with answering(api_url):
            yield
        return
    with socket.create_server((LOOPBACK, 0)) as listening:
        with _uncollected():
            server = _server(home, listening, of_a_run=True)
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="prefect", daemon=True)
            thread.start()
            while thread.is_alive() and not server.started:
                time.sleep(0.02)
        if not server.started:
            raise _not_started(home)
        try:
            with _without_heartbeats():
                yield
        finally:
            _send_last_events()
            server.should_exit = True
            thread.join()


@contextmanager
def _without_heartbeats() -> Iterator[None]:
    """A flow does not say every few minutes that it lives, to a server that lives no longer than it.

    It would wait up to a second at its end for the thread that says so. No variable of the environment switches it off.
    """
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


def _send_last_events() -> None:
    """Task runs are recorded from events, which a thread of their own sends and the server writes in the background.

    Nothing reports when they are written; one that is lost leaves a task run open in Prefect's view of the runs.
    """
    from prefect.events.worker import EventsWorker

    EventsWorker.drain_all(timeout=_LAST_ANSWERS)
    time.sleep(_LAST_WRITES)


def serve(home: Home, port: int) -> None:
    """Answer until interrupted, with every service of the scheduler."""
    _require_private_folder(home)
    keep_inside(home)
    with listen(port) as listening:
        server = _server(home, listening, of_a_run=False)
        server.run(sockets=[listening])
    if not server.started:
        raise _not_started(home)


def _server(home: Home, listening: socket.socket, *, of_a_run: bool) -> "uvicorn.Server":
    port = listening.getsockname()[1]
    point_to(f"http://{LOOPBACK}:{port}/api", credentials(home))
    os.environ["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] = f"http://{LOOPBACK}:{port}"
    os.environ["PREFECT_SERVER_API_AUTH_STRING"] = os.environ["PREFECT_API_AUTH_STRING"]
    if of_a_run:
        os.environ |= _UNASKED_IN_A_RUN
    database.prepare()

    import uvicorn
    from prefect.server.api import server

    from flows.api.guard import MAX_BODY, Guard

    # Every router before the one that answers is prepared first, which takes 1 ms a route, and there are two hundred
    routers: Any = sorted(server.API_ROUTERS, key=lambda router: router.prefix not in _ASKED_BY_A_RUN)
    server.API_ROUTERS = tuple(routers)
    config = uvicorn.Config(
        Guard(server.create_app(ephemeral=of_a_run), port),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        ws_max_size=MAX_BODY,
        timeout_graceful_shutdown=_LAST_ANSWERS,
    )
    return uvicorn.Server(config)


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is imported inside stays for good: looking through it for garbage, now or later, took a tenth of a run."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _require_private_folder(home: Home) -> None:
    """Asked before Prefect starts, which would try for minutes; raises what the system refused."""
    try:
        home.prefect.chmod(0o700)
        credentials(home)
        with TemporaryFile(dir=home.prefect):
            pass
        for path in filter(Path.is_file, home.prefect.glob("prefect.db*")):
            with path.open("r+b"):
                pass
    except OSError as error:
        raise refused(Path(error.filename or home.root), error) from error


def _not_started(home: Home) -> DiskFailed:
    return DiskFailed(
        f"Prefect 服务未能启动；详情见 {home.prefect}/prefect.log；该目录可以整个删除后重试",
        f"Prefect's server could not start; details in {home.prefect}/prefect.log;"
        " that folder may be deleted as a whole, then run again",
    )
