"""Serves the dashboard on the loopback interface; there is no sign-in yet, so nobody else may reach it."""

from typing import Any

from gunicorn.app.base import BaseApplication

from dash_app.app import create_app
from warehouse.home import Home

LOOPBACK = "127.0.0.1"
THREADS = 8


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, application: Any, port: int) -> None:
        self._application, self._port = application, port
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"{LOOPBACK}:{self._port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        return self._application


def serve(home: Home, port: int) -> None:
    """Answer until interrupted."""
    _Server(create_app(home).server, port).run()
