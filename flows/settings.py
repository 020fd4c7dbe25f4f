"""How Prefect and Great Expectations behave here: inside ``TIDU_HOME``, without a call outside.

Must run before either library is imported, because both read their settings at import.
"""

import os

from warehouse.home import Home


def keep_inside(home: Home) -> None:
    """Point the embedded server at ``home`` and switch off what phones out.

    What the operator has set already stands, so that ``PREFECT_API_URL`` leads to a real server.
    """
    settings = {
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        # The embedded server may pass the default start-up limit on a busy machine.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    }
    for name, value in settings.items():
        os.environ.setdefault(name, value)
