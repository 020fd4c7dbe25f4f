"""The inbox: its files, their printable names, and whether they are still being written."""

import os
import time
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

SETTLE_SECONDS = 1.0
"""A file is landed once it has not changed for so long; overridden by ``TIDU_SETTLE_SECONDS``."""


def shown(name: str) -> str:
    """A file name as printable text: invalid UTF-8 and control characters are escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    is_text = unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp")
    return character if is_text else character.encode("unicode_escape").decode()


def entries(inbox: Path) -> Iterator[Path]:
    """The entries of the inbox, recursively, without folders, hidden and temporary files.

    Symbolic links are listed but not followed, since they may point outside the inbox.
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
    """Whether it is a regular file and no link; true where ``stat`` is denied, so that reading raises the error."""
    try:
        return not path.is_symlink() and path.is_file()
    except OSError:
        return True


def names_in(inbox: Path) -> set[str]:
    """The printable names of the files now in the inbox."""
    return {shown(path.name) for path in entries(inbox) if is_file(path)}


def still_written(paths: Collection[Path]) -> set[Path]:
    """The files that change while they are watched; waits only if one was modified within the settling time."""
    before = {path: _state(path) for path in paths}
    settling = float(os.environ.get("TIDU_SETTLE_SECONDS", SETTLE_SECONDS))
    touched = max((state[0] for state in before.values() if state), default=0.0)
    rest = min(touched + settling - time.time(), settling)
    if rest > 0:
        time.sleep(rest)
    return {path for path, state in before.items() if state and (now := _state(path)) and now != state}


def _state(path: Path) -> tuple[float, int, int, int] | None:
    """Last change, size, mtime in ns and inode of a file; None where ``stat`` fails."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return max(stat.st_mtime, stat.st_ctime), stat.st_size, stat.st_mtime_ns, stat.st_ino
