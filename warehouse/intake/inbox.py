"""The inbox: its files, their printable names, and whether they are still being written."""

import os
import time
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import BadInput
from warehouse.machine.clock import Clock, utc_now
from warehouse.machine.settings import seconds

SETTLE_SECONDS = 1.0
"""A file is landed once it has not changed for so long; overridden by ``TIDU_SETTLE_SECONDS``."""


TEMPORARY = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp")
SYSTEM_FILES = ("desktop.ini", "thumbs.db", "ehthumbs.db")

Words = tuple[str, str]
"""Chinese and English."""


def shown(name: str) -> str:
    """A file name as printable text: invalid UTF-8 and control characters are escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(_escaped(character) for character in text)


def _escaped(character: str) -> str:
    is_text = unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp")
    return character if is_text else character.encode("unicode_escape").decode()


def entries(inbox: Path) -> Iterator[Path]:
    """The entries of the inbox, recursively, by name, without folders.

    Symbolic links are listed but not followed, since they may point outside the inbox. Folders that cannot be listed
    are passed over, see ``unlisted``; raises ``BadInput`` where the inbox itself is one.
    """
    paths, errors = _listing(inbox)
    if any(Path(str(error.filename)) == inbox for error in errors):
        raise _unreadable_folder(inbox, errors[0])
    yield from sorted(paths, key=lambda entry: (entry.name, str(entry)))


def unlisted(inbox: Path) -> list[BadInput]:
    """An error for each folder of the inbox whose entries are hidden from this user."""
    return [_unreadable_folder(Path(str(error.filename)), error) for error in _listing(inbox)[1]]


def _listing(inbox: Path) -> tuple[list[Path], list[OSError]]:
    """Files and links below the inbox, and the error of each folder that cannot be listed."""
    paths: list[Path] = []
    errors: list[OSError] = []
    for folder, folders, files in os.walk(inbox, onerror=errors.append):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        paths += [Path(folder, name) for name in (*files, *links)]
    return paths, errors


def _unreadable_folder(folder: Path, error: OSError) -> BadInput:
    name, why = shown(str(folder)), error.strerror or type(error).__name__
    return BadInput(
        f"{name}: 文件夹不能读取（{why}），其中的文件都未收存；请给予本用户读取权限后再运行",
        f"{name}: this folder cannot be read ({why}), and no file in it was kept; let this user read it and run again",
    )


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Convert an ``OSError`` on a file of the inbox into ``BadInput`` that names the file."""
    try:
        yield
    except OSError as error:
        name, why = shown(path.name), error.strerror or type(error).__name__
        raise BadInput(
            f"{name}: 不能读取（{why}），未收存，其余照常；请检查权限，或重新放入",
            f"{name}: cannot be read ({why}) and was not kept, the rest goes on; look at its permissions, or put it"
            " there again",
        ) from error


def is_file(path: Path) -> bool:
    """Whether it is a regular file and no link; true where ``stat`` is denied, so that reading raises the error."""
    try:
        return not path.is_symlink() and path.is_file()
    except OSError:
        return True


def set_apart(path: Path) -> Words | None:
    """Why an entry is no delivery whatever its name; None for a file."""
    name = path.name.casefold()
    if path.is_symlink():
        return "是链接，不跟随；请放入文件本身", "is a link, which is not followed; put the file itself there"
    if name.startswith("~$"):
        return "是 Office 打开文件时的锁文件，不含数据", "is a lock file of an open document and holds no data"
    if path.suffix.casefold() in TEMPORARY:
        return (
            "是传输中的临时文件；传完并改名后再收存",
            "is a temporary file; it is kept once it is complete and renamed",
        )
    if name.startswith(".") or name in SYSTEM_FILES:
        return "是隐藏文件或系统文件；若是来件请改名", "is a hidden or system file; rename it if it is a delivery"
    if not is_file(path):
        return "不是普通文件", "is no ordinary file"
    return None


def still_written(paths: Collection[Path], clock: Clock = utc_now) -> set[Path]:
    """The files that change while they are watched; waits only if one was modified within the settling time."""
    before = {path: _state(path) for path in paths}
    settling = seconds("TIDU_SETTLE_SECONDS", SETTLE_SECONDS)
    touched = max((state[0] for state in before.values() if state), default=0.0)
    rest = min(touched + settling - clock().timestamp(), settling)
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
