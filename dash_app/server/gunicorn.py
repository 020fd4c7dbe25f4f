"""Serves the dashboard by gunicorn, on the loopback interface unless told; see ``tidu serve`` for who may reach it."""

import logging
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from dash_app.server.log import BoundedFormatter
from dash_app.server.worker import RECEIVING, Worker

LOOPBACK = "127.0.0.1"


class BoundedLogger(Logger):  # type: ignore[misc]
    """Gunicorn's logger with lines of bounded length."""

    def _set_handler(self, log: logging.Logger, output: Any, fmt: logging.Formatter, stream: Any = None) -> None:
        super()._set_handler(log, output, BoundedFormatter(fmt._fmt, fmt.datefmt), stream)


def settings(port: int, host: str = LOOPBACK) -> dict[str, Any]:
    """Gunicorn's settings; times in seconds.

    A connection that sends nothing waits at most ``keepalive``; one that sends no whole request, see ``Worker``.
    """
    return {
        "bind": f"{host}:{port}",
        "worker_class": Worker,
        "workers": 1,
        "threads": RECEIVING,
        "timeout": 30,
        "graceful_timeout": 10,
        "keepalive": 5,
        "limit_request_line": 4094,
        "limit_request_fields": 50,
        "limit_request_field_size": 8190,
        "control_socket_disable": True,
        "logger_class": BoundedLogger,
        "loglevel": "warning",
    }


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, application: Any, port: int, host: str) -> None:
        self._application, self._port, self._host = application, port, host
        super().__init__()

    def load_config(self) -> None:
        for name, value in settings(self._port, self._host).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._application


def serve(application: Any, port: int, host: str = LOOPBACK) -> None:
    """Answer with a WSGI application until interrupted."""
    _Server(application, port, host).run()
