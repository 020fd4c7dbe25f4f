"""Errors of DuckDB about a file, translated to errors of the warehouse with the way out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.access import free_space
from warehouse.errors import DiskFailed, ReleaseUnreadable


@contextmanager
def disk_errors(build: Path) -> Iterator[None]:
    """Raise ``DiskFailed`` for a full disk or a file cut short, with the space that is left."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException) as error:
        space, reason = free_space(build), str(error).partition("\n")[0]
        raise DiskFailed(
            f"{build}: 写不下去，多半是磁盘已满（余 {space}）。腾出空间后再运行",
            f"{build}: could not be written, most likely the disk is full ({space} left). Make room and run again",
            reason,
        ) from error


@contextmanager
def release_errors(*releases: Path) -> Iterator[None]:
    """Raise ``ReleaseUnreadable`` for a damaged release, or one that lacks a table or column of the query."""
    named = "、".join(map(str, releases))
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise ReleaseUnreadable(
            f"{named}: 由另一版本的 Tidu 写成，缺少所问的内容；请运行 tidu run 另发一期",
            f"{named}: was written by another version of Tidu and lacks what is asked; publish a new release with"
            f" tidu run",
            str(error),
        ) from error
    except duckdb.Error as error:
        if not isinstance(error, duckdb.IOException | duckdb.FatalException) and "Corrupt" not in str(error):
            raise
        raise ReleaseUnreadable(
            f"{named}: 已损坏或无法读取；请从备份恢复该文件，或将其移出 releases/ 后运行 tidu run",
            f"{named}: is damaged or cannot be read; restore the file from a backup, or move it out of releases/ and"
            f" start tidu run",
            str(error),
        ) from error
