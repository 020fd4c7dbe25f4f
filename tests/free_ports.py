"""Ports for servers that open them by number and are started in a process of their own."""

import socket
from pathlib import Path
from random import SystemRandom

OF_CONNECTIONS = Path("/proc/sys/net/ipv4/ip_local_port_range")
"""Ports that the kernel gives to whoever connects, or asks for any port."""
LOWEST, LIMIT_ELSEWHERE = 10_000, 32_768


def free_port() -> int:
    """A port nobody listens on, which the kernel gives to no connection before the server opens it."""
    limit = int(OF_CONNECTIONS.read_text().split()[0]) if OF_CONNECTIONS.exists() else LIMIT_ELSEWHERE
    for _ in range(100):
        port = SystemRandom().randrange(LOWEST, max(limit, LOWEST + 1000))
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise AssertionError("a hundred ports are in use")


def listens(port: int) -> bool:
    """Whether somebody takes connections at a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=60).close()
    except OSError:
        return False
    return True
