"""Errors of DuckDB about a file, translated to errors of the warehouse with the way out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.errors import ReleaseUnreadable
from warehouse.machine.refusals import refused, refused_by_database


@contextmanager
def disk_errors(build: Path) -> Iterator[None]:
    """Raise what the machine refused to a build: disk, memory, rights, a lock; ``DiskFailed`` for a file cut short."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException) as error:
        raise (refused_by_database(build, error) or refused(build, error)) from error


@contextmanager
def release_errors(*releases: Path) -> Iterator[None]:
    """Raise ``ReleaseUnreadable`` for a damaged release, or one that lacks a table or column of the query."""
    named, first = "、".join(map(str, releases)), next(iter(releases), Path.cwd())
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise ReleaseUnreadable(
            f"{named}: 由另一版本的 Tidu 写成，缺少所问的内容；请运行 tidu run 另发一期",
            f"{named}: was written by another version of Tidu and lacks what is asked; publish a new release with"
            f" tidu run",
            str(error),
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise (refused_by_database(first, error) or error) from error
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) and (why := refused_by_database(first, error)) is not None:
            raise ReleaseUnreadable(why.zh, why.en) from error  # nothing is damaged
        if not isinstance(error, duckdb.IOException | duckdb.FatalException) and "Corrupt" not in str(error):
            raise
        raise ReleaseUnreadable(
            f"{named}: 已损坏或无法读取；请从备份恢复该文件，或将其移出 releases/ 后运行 tidu run",
            f"{named}: is damaged or cannot be read; restore the file from a backup, or move it out of releases/ and"
            f" start tidu run",
            str(error),
        ) from error
