"""The ports on which this machine answers."""

import socket

from flows.settings import LOOPBACK
from warehouse.errors import WarehouseError


class PortTaken(WarehouseError):
    """The port is in use by another program, or this user may not listen on it."""


def listen(port: int, host: str = LOOPBACK) -> socket.socket:
    """A socket that listens, on the loopback interface by default; raises ``PortTaken`` with the way out."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise PortTaken(
            f"端口 {port} 无法使用（{error.strerror}），请用 --port 另选",
            f"port {port} cannot be used ({error.strerror}): name another with --port",
        ) from error


def require_free(port: int, host: str = LOOPBACK) -> None:
    """Raise ``PortTaken`` where nothing could listen; for servers that open the port themselves."""
    listen(port, host).close()
