"""The key by which session cookies are signed: made once for each home, readable by its owner alone."""

import os
import re
from secrets import token_hex

from warehouse.errors import HomeFailed
from warehouse.home import Home
from warehouse.machine.refusals import refused

_BYTES = 32
_WELL_FORMED = re.compile(r"[0-9a-f]{64}")
_PRIVATE = 0o600


def session_secret(home: Home) -> str:
    """The key; a missing or damaged one is made anew, which ends every session and nothing else.

    Raises ``HomeFailed`` where the file cannot be written or read.
    """
    path = home.root / "session-secret"
    try:
        for _ in range(2):
            if path.is_file() and _WELL_FORMED.fullmatch(text := path.read_text("ascii", "replace").strip()):
                path.chmod(_PRIVATE)  # a copy from a backup may have come back with another mode
                return text
            aside = path.with_name(f"{path.name}.{token_hex(4)}")
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(token_hex(_BYTES))
            aside.replace(path)
    except OSError as error:
        raise refused(path, error) from error
    raise HomeFailed.unreadable_file(path, "?")
