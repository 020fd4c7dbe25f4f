"""What the machine refuses: a full disk, rights, limits, each stated with what it concerns and the way out.

An ``OSError`` is known by its number; libraries with errors of their own by the words of the system in their text.
"""

import errno
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import Busy, DiskFailed, HomeFailed, LimitReached, WarehouseError


@dataclass(frozen=True)
class Refusal:
    """A kind of error and its message in both languages; ``{space}`` is what the disk has left."""

    kind: type[WarehouseError]
    zh: str
    en: str


_RIGHTS = Refusal(
    HomeFailed,
    "本用户无权读写；请给予本用户读写权限，或以其所有者运行",
    "may not be read or written: let this user read and write it, or run as its owner",
)
_FILES = Refusal(
    LimitReached,
    "打开的文件太多；请放宽上限（ulimit -n），或减少 --workers 后再运行",
    "too many files are open: raise the limit (ulimit -n) or run with fewer --workers",
)
REFUSALS: Mapping[int, Refusal] = {
    errno.ENOSPC: Refusal(
        DiskFailed,
        "磁盘已满（余 {space}），写不下去；请腾出空间后再运行",
        "the disk is full ({space} left); make room and run again",
    ),
    errno.EDQUOT: Refusal(
        DiskFailed,
        "本用户的磁盘配额已用完（磁盘本身余 {space}）；请删去不用的文件或请管理员加大配额，再运行",
        "the disk quota of this user is used up (the disk itself has {space} left): remove files, or have the quota"
        " raised, and run again",
    ),
    errno.EFBIG: Refusal(
        DiskFailed,
        "文件已到允许的最大长度；请放宽上限（ulimit -f），或换一个文件系统后再运行",
        "a file may not grow further: raise the limit (ulimit -f) or use another file system, and run again",
    ),
    errno.EIO: Refusal(
        DiskFailed,
        "磁盘读写出错；请检查磁盘，损坏的文件从备份恢复",
        "the disk failed to read or write: check it, and restore damaged files from a backup",
    ),
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: Refusal(
        HomeFailed,
        "所在文件系统只读；请改为可写，或用 --home 另指目录",
        "the file system is read-only: make it writable, or choose another home with --home",
    ),
    errno.EMFILE: _FILES,
    errno.ENFILE: _FILES,
}
FULL = (errno.ENOSPC, errno.EDQUOT)
_OTHER = Refusal(
    DiskFailed,
    "不能读写；请检查该文件或文件夹，再运行",
    "could not be read or written: look at that file or folder, and run again",
)
_SIGNS = {os.strerror(number): number for number in REFUSALS} | {
    "database or disk is full": errno.ENOSPC,
    "readonly database": errno.EACCES,
}
"""The messages of libraries that raise errors of their own: of Rust and DuckDB those of the system, and of SQLite."""
_FILE = re.compile(r'file "(?P<file>/[^"]+)": ')
_LOCKED = re.compile(r"Could not set lock on file .*?(?:PID (?P<process>\d+))?\)", re.DOTALL)
_SPILLING = ("max_temp_directory_size", "failed to offload")
"""The messages of DuckDB for a full disk of its temporary files, which it raises as errors of memory."""
_SMALLEST_RUN = 32_000_000
"""Bytes that a run over a few firms writes, Prefect's database and the build included, with a margin of a half."""
TEMPORARY = ".tmp"
"""What the folder of the temporary files of a build is named by, beside it."""
MEMORY_SETTING = "TIDU_DATABASE_MEMORY_MB"


def number_of(error: BaseException) -> int | None:
    """The number of the system's error that is the cause of an error, of whichever library; None for another."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in REFUSALS:
            return cause.errno
        if (number := next((number for sign, number in _SIGNS.items() if sign in str(cause)), None)) is not None:
            return number
        cause = cause.__cause__ or cause.__context__
    return None


def is_disk_full(error: BaseException) -> bool:
    """Whether a full disk or quota is the cause of an error, of whichever library."""
    return number_of(error) in FULL


def disk_full(path: Path, detail: object = "") -> WarehouseError:
    """The error for a file or folder on a full disk, with the space that is left and the way out."""
    return _error(REFUSALS[errno.ENOSPC], path, detail)


def refused(path: Path, error: BaseException) -> WarehouseError:
    """The error for a file or folder that the system refused to read or write."""
    refusal, words = REFUSALS.get(number_of(error) or 0, _OTHER), str(error).partition("\n")[0]
    if isinstance(error, OSError):
        return _error(refusal, path, error.strerror or words)
    named = _FILE.search(words)  # such as one of temporary files, which may lie on another disk
    return _error(refusal, Path(named["file"]) if named else path, words)


def known(path: Path, error: BaseException) -> WarehouseError | None:
    """As ``refused``, for an error of which the system is known to be the cause; None for another."""
    if isinstance(error, MemoryError):
        return out_of_memory(path, error)
    return refused(path, error) if number_of(error) is not None else None


def refused_by_database(path: Path, error: Exception) -> WarehouseError | None:
    """The error for what DuckDB could not do with a file for want of memory, disk, rights or a lock; None for another.

    It reports the full disk of its temporary files as want of memory, so that the disk is looked at.
    """
    text = str(error)
    if locked := _LOCKED.search(text):
        return _locked(path, locked["process"] or "?")
    if "Out of Memory" in text:
        temporary = path.with_suffix(TEMPORARY)
        if any(sign in text for sign in _SPILLING) or is_exhausted(temporary):
            return disk_full(temporary, text.partition("\n")[0])
        return out_of_memory(path, error)
    return known(path, error)


def out_of_memory(path: Path, error: BaseException) -> LimitReached:
    """The error for a limit of memory; no disk is to blame."""
    return LimitReached(
        f"{path}: 内存到了上限（磁盘未满，余 {free_space(path)}），这一步没有做完；请把企业分成更多桶"
        f"（tidu run --buckets N），或以 {MEMORY_SETTING} 给数据库更多内存，或减少 --workers，再运行",
        f"{path}: memory reached its limit (the disk is not full: {free_space(path)} left), and the step was not"
        f" finished; run again with more buckets of fewer firms (tidu run --buckets N), with more memory for the"
        f" database ({MEMORY_SETTING}), or with fewer --workers",
        str(error).partition("\n")[0],
    )


def _locked(path: Path, process: str) -> Busy:
    return Busy(
        f"{path}: 另一进程（{process}）正打开此文件；请待其结束，或结束它后再运行",
        f"{path}: another process ({process}) has the file open; wait for it, or end it, and run again",
    )


def _error(refusal: Refusal, path: Path, detail: object) -> WarehouseError:
    space = free_space(path)
    return refusal.kind(
        f"{path}: {refusal.zh.format(space=space)}", f"{path}: {refusal.en.format(space=space)}", str(detail)
    )


def free_space(path: Path) -> str:
    """The space left on the disk of a path, in MB; ``?`` where it is unknown."""
    try:
        return f"{shutil.disk_usage(next(_existing(path))).free / 1e6:.1f} MB"
    except (OSError, StopIteration):
        return "? MB"


def _existing(path: Path) -> Iterator[Path]:
    return (folder for folder in (path, *path.parents) if folder.exists())


def is_exhausted(path: Path) -> bool:
    """Whether the disk of a path has no room for a run: SQLite and Prefect's server then fail with other errors."""
    try:
        return shutil.disk_usage(next(_existing(path))).free < _SMALLEST_RUN
    except (OSError, StopIteration):
        return False


def require_room(folder: Path, root: Path, largest: int) -> None:
    """Raise ``DiskFailed`` where a build of ``largest`` bytes, beside what any run writes, has no room."""
    needed = _SMALLEST_RUN + largest
    if shutil.disk_usage(folder).free < needed:
        space = free_space(folder)
        raise DiskFailed(
            f"{root}: 磁盘仅余 {space}，一次运行约需 {needed / 1e6:.0f} MB；请腾出空间后再运行",
            f"{root}: the disk has {space} left, and a run needs about {needed / 1e6:.0f} MB; make room and run again",
        )
