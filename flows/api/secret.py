"""The password of Prefect's API: made once for each home, readable by its owner alone."""

import os
import re
from pathlib import Path
from secrets import token_hex, token_urlsafe

from warehouse.home import Home

USER = "tidu"
PRIVATE = 0o600
_BYTES = 32
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{43}")


def secret_file(home: Home) -> Path:
    """Where the password lies."""
    return home.prefect / "api-secret"


def credentials(home: Home) -> str:
    """``user:password`` for basic authentication; a missing or damaged password is made anew.

    Raises ``OSError`` where the folder cannot be written or the file belongs to somebody else.
    """
    path = secret_file(home)
    password = _read(path)
    if password is None:
        path.unlink(missing_ok=True)
        _create(path)
        password = _read(path)
    if password is None:
        raise OSError(f"{path}: the password cannot be read")
    return f"{USER}:{password}"


def _read(path: Path) -> str | None:
    """The password; None where there is none, or the file holds something else."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, encoding="ascii", errors="replace") as file:
        os.fchmod(descriptor, PRIVATE)  # a copy from a backup may have come back with another mode
        text = file.read(100).strip()
    return text if _WELL_FORMED.fullmatch(text) else None


def _create(path: Path) -> None:
    """Write aside and link: no process ever sees half a password, and the first of two processes wins."""
    aside = path.with_name(f"{path.name}.{token_hex(4)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(token_urlsafe(_BYTES))
            file.flush()
            os.fsync(descriptor)
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
