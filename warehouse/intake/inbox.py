"""The inbox: which files lie there, how their names are shown, and whether they are still being written."""

import os
import time
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

SETTLE_SECONDS = 1.0
"""A file is taken when it has rested so long; ``TIDU_SETTLE_SECONDS`` sets another time."""


def shown(name: str) -> str:
    """A file's name as a text: bytes that are no UTF-8 and signs that control a terminal are escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(_escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    is_text = unicodedata.category(sign) not in ("Cc", "Cf", "Zl", "Zp")
    return sign if is_text else sign.encode("unicode_escape").decode()


def entries(inbox: Path) -> Iterator[Path]:
    """What lies in the inbox and is no folder; links are named, not followed: they may lead anywhere.

    Hidden and half-copied files are left alone.
    """
    for path in sorted(inbox.rglob("*"), key=lambda entry: (entry.name, str(entry))):
        is_hidden = path.name.startswith((".", "~$")) or path.suffix in (".tmp", ".part")
        if not is_hidden and (path.is_symlink() or not _is_folder(path)):
            yield path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Whether it is a file and no link; also where its folder does not let us look, so that reading it says so."""
    try:
        return not path.is_symlink() and path.is_file()
    except OSError:
        return True


def names_in(inbox: Path) -> set[str]:
    """The names of the files that lie in the inbox now, as they are shown."""
    return {shown(path.name) for path in entries(inbox) if is_file(path)}


def still_written(paths: Collection[Path]) -> set[Path]:
    """Those that change while they are watched; only files touched within the settling time are waited for."""
    before = {path: _state(path) for path in paths}
    settling = float(os.environ.get("TIDU_SETTLE_SECONDS", SETTLE_SECONDS))
    touched = max((state[0] for state in before.values() if state), default=0.0)
    rest = min(touched + settling - time.time(), settling)
    if rest > 0:
        time.sleep(rest)
    return {path for path, state in before.items() if state and (now := _state(path)) and now != state}


def _state(path: Path) -> tuple[float, int, int, int] | None:
    """When a file was last touched, its size, time and number; None where it cannot be asked."""
    try:
        found = path.stat()
    except OSError:
        return None
    return max(found.st_mtime, found.st_ctime), found.st_size, found.st_mtime_ns, found.st_ino
