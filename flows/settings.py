"""How Prefect and Great Expectations behave here: inside ``TIDU_HOME``, without a call outside.

Must run before either library is imported, because both read their settings at import.
"""

import os
from pathlib import Path
from typing import TypedDict

from warehouse.home import Home


class WaitingFlow(TypedDict):
    """Options of a flow that is tried again."""

    retries: int
    retry_delay_seconds: int


LOOPBACK = "127.0.0.1"
DUE_WITHIN = 60
"""Days ahead that a digest looks."""
WHILE_BUSY: WaitingFlow = {"retries": 6, "retry_delay_seconds": 600}
"""A job that finds another one writing tries again for an hour."""
PORT = 4200
"""Where the long-lived server listens by default."""


def keep_inside(home: Home) -> None:
    """Keep Prefect's files in ``home``, its log off the terminal, and switch off what phones out.

    What the operator has set already stands, so that ``PREFECT_API_URL`` leads to a real server.
    """
    settings = {
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        # Prefect's own server of a run asks no password; ours is started by `flows.api.server`.
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_UI_ENABLED": "false",
        # The types of blocks are a catalogue for the pages, which are off.
        "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
        # Remembering them imports every collection, Dask with them, to compute a hash.
        "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",
        "PREFECT_LOGGING_SETTINGS_PATH": str(Path(__file__).parent / "api" / "logging.yml"),
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        # The store of results of Prefect's queue looks at the types of its own arguments, and compiles that at import.
        "PY_KEY_VALUE_DISABLE_BEARTYPE": "true",
    }
    for name, value in settings.items():
        os.environ.setdefault(name, value)
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, LOOPBACK, "localhost"]))


def point_to(api_url: str, credentials: str) -> None:
    """Let Prefect's clients in this process, and in those it starts, talk to one server."""
    os.environ["PREFECT_API_URL"] = api_url
    os.environ["PREFECT_API_AUTH_STRING"] = credentials
