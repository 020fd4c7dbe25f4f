"""Whether this user can write a home, asked before a run begins, so that none ends halfway for it."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from warehouse.errors import DiskFailed, HomeFailed
from warehouse.home import Home

_BLOCK = bytes(4096)
FULL = (errno.ENOSPC, errno.EDQUOT)


def require_writable(home: Home) -> None:
    """Raise ``HomeFailed`` for the first folder or file that a run could not write, ``DiskFailed`` for a full disk.

    Folders that a run would make are made; nothing else is left behind.
    """
    for folder in _folders(home):
        _require_folder(folder)
    for path in (home.casebook, *home.root.glob("casebook.db-*"), home.releases / "CURRENT"):
        if path.exists():
            _require_file(path)


def _folders(home: Home) -> Iterator[Path]:
    yield from (home.root, home.landing, home.builds, home.refusals, home.releases, home.extracts, home.quarantine)
    yield from (home.report_cards, *filter(Path.exists, [home.root / "runs"]))
    yield from (entry for entry in sorted(home.landing.iterdir()) if entry.is_dir() and not entry.is_symlink())


def _require_folder(folder: Path) -> None:
    try:
        os.listdir(folder)  # noqa: PTH208 - as a permission is asked, not for its entries
        with TemporaryFile(dir=folder) as file:
            file.write(_BLOCK)
    except OSError as error:
        is_full = error.errno in FULL
        raise (disk_full(folder) if is_full else HomeFailed.unwritable(folder, error.strerror)) from error


def _require_file(path: Path) -> None:
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        raise HomeFailed.unreadable_file(path, error.strerror) from error


def disk_full(path: Path, detail: object = "") -> DiskFailed:
    """The error for a file or folder on a full disk, with the space that is left and the way out."""
    because = f"\n({detail})" if detail else ""
    space = free_space(path)
    return DiskFailed(
        f"{path}: 磁盘已满（余 {space}），写不下去；请腾出空间后再运行\n"
        f"{path}: the disk is full ({space} left); make room and run again{because}"
    )


def free_space(path: Path) -> str:
    """The space left on the disk of a path, in MB; ``?`` where it cannot be told."""
    try:
        existing = next(folder for folder in (path, *path.parents) if folder.exists())
        return f"{shutil.disk_usage(existing).free / 1e6:.1f} MB"
    except (OSError, StopIteration):
        return "? MB"
