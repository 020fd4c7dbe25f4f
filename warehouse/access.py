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
_FULL_SIGNS = ("No space left on device", "Disk quota exceeded", "database or disk is full")
"""The messages of libraries that raise errors of their own; of Rust, of DuckDB and of SQLite."""

_SMALLEST_RUN = 32_000_000
"""Bytes that a run over a few firms writes, Prefect's database and the build included, with a margin of a half."""


def require_writable(home: Home) -> None:
    """Raise ``HomeFailed`` for the first folder or file that a run could not write, ``DiskFailed`` for a full disk.

    Folders that a run would make are made; nothing else is left behind.
    """
    for folder in _folders(home):
        _require_folder(folder)
    for path in (home.casebook, *home.root.glob("casebook.db-*")):
        if path.exists():
            _require_file(path)


def _folders(home: Home) -> Iterator[Path]:
    yield from (home.root, home.landing, home.builds, home.refusals, home.releases, home.extracts, home.quarantine)
    yield from (home.report_cards, *filter(Path.exists, [home.root / "runs", home.held]))
    yield from (entry for entry in sorted(home.landing.iterdir()) if entry.is_dir() and not entry.is_symlink())


def _require_folder(folder: Path) -> None:
    try:
        os.listdir(folder)  # noqa: PTH208 - as a permission is asked, not for its entries
        with TemporaryFile(dir=folder) as file:
            file.write(_BLOCK)
    except OSError as error:
        is_full = error.errno in FULL
        raise (disk_full(folder) if is_full else HomeFailed.unwritable(folder, error.strerror)) from error


def require_space(home: Home) -> None:
    """Raise ``DiskFailed`` where a build as large as the largest release, beside what any run writes, has no room."""
    files = (path for path in home.releases.glob("*.duckdb") if not path.is_symlink())
    largest = max((path.stat().st_size for path in files), default=0)
    needed = _SMALLEST_RUN + largest
    if shutil.disk_usage(home.builds).free < needed:
        space = free_space(home.builds)
        raise DiskFailed(
            f"{home.root}: 磁盘仅余 {space}，一次运行约需 {needed / 1e6:.0f} MB；请腾出空间后再运行",
            f"{home.root}: the disk has {space} left, and a run needs about {needed / 1e6:.0f} MB; make room and run"
            " again",
        )


def _require_file(path: Path) -> None:
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        raise HomeFailed.unreadable_file(path, error.strerror) from error


def is_disk_full(error: BaseException) -> bool:
    """Whether a full disk is the cause of an error, of whichever library."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in FULL:
            return True
        if any(sign in str(cause) for sign in _FULL_SIGNS):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def disk_full(path: Path, detail: object = "") -> DiskFailed:
    """The error for a file or folder on a full disk, with the space that is left and the way out."""
    space = free_space(path)
    return DiskFailed(
        f"{path}: 磁盘已满（余 {space}），写不下去；请腾出空间后再运行",
        f"{path}: the disk is full ({space} left); make room and run again",
        str(detail),
    )


def free_space(path: Path) -> str:
    """The space left on the disk of a path, in MB; ``?`` where it is unknown."""
    try:
        existing = next(folder for folder in (path, *path.parents) if folder.exists())
        return f"{shutil.disk_usage(existing).free / 1e6:.1f} MB"
    except (OSError, StopIteration):
        return "? MB"


def is_exhausted(path: Path) -> bool:
    """Whether the disk of a path has no room for a run: SQLite and Prefect's server then fail with other errors."""
    try:
        return shutil.disk_usage(path).free < _SMALLEST_RUN
    except OSError:
        return False
