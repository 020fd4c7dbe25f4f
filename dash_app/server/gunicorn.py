"""Serves the dashboard by gunicorn, on the loopback interface by default; see ``tidu serve`` for who may reach it."""

import logging
from collections.abc import Callable
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


def settings(port: int, host: str = LOOPBACK, workers: int = 1) -> dict[str, Any]:
    """Gunicorn's settings; times in seconds.

    A connection that sends nothing waits at most ``keepalive``; one that sends no whole request, see ``Worker``.
    """
    return {
        "bind": f"{host}:{port}",
        "worker_class": Worker,
        "workers": workers,
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
    def __init__(self, build: Callable[[], Any], chosen: dict[str, Any]) -> None:
        self._build, self._chosen = build, chosen
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, made in the process of each worker: no connection may cross a fork."""
        return self._build()


def serve(build: Callable[[], Any], port: int, host: str = LOOPBACK, workers: int = 1) -> None:
    """Answer until interrupted with the WSGI application that ``build`` makes, one for each worker."""
    _Server(build, settings(port, host, workers)).run()
