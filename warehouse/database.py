"""The only module that opens DuckDB."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from pathlib import Path

import duckdb

from warehouse.errors import DiskFailed, ReleaseUnreadable

Connection = duckdb.DuckDBPyConnection

MEMORY_LIMIT = "1200MB"
"""What one connection may hold before it spills to disk, so that memory stays flat."""


_held: ContextVar[tuple[Path, Connection] | None] = ContextVar("held", default=None)


@contextmanager
def writing(build: Path) -> Iterator[Connection]:
    """A connection to a private build, with our macros; the caller is its only writer.

    Within another one to the same build it is beside that one: to open and close a file takes longer than most of
    what is done to it. Nothing calls out: extensions are neither installed nor loaded by themselves.
    """
    if (held := _open_to(build)) is not None:
        with held.cursor() as con:
            yield con
        return
    with _opened(build) as con:
        token = _held.set((build, con))
        try:
            yield con
        finally:
            _held.reset(token)


def _open_to(build: Path) -> Connection | None:
    """The connection within which the caller works, if it is to this build."""
    held = _held.get()
    return held[1] if held and held[0] == build else None


@contextmanager
def _opened(build: Path) -> Iterator[Connection]:
    with (
        disk_told(build),
        duckdb.connect(
            str(build),
            config={
                "memory_limit": MEMORY_LIMIT,
                "temp_directory": str(build.with_suffix(".tmp")),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": False,
            },
        ) as con,
    ):
        with_macros(con)
        yield con


@contextmanager
def disk_told(build: Path) -> Iterator[None]:
    """Tell a full disk, or a file cut short, as what it is; raises ``DiskFailed``."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException) as error:
        raise DiskFailed(
            f"{build}: 写不下去，多半是磁盘已满。腾出空间后再运行\n"
            f"{build}: could not be written, most likely the disk is full. Make room and run again\n({error})"
        ) from error


def with_macros(con: Connection) -> None:
    """Give a connection the macros that models call; a build keeps them, and is made by one version of them."""
    from warehouse import name_patterns  # Polars, Arrow and the gazetteer, which reading a release does without

    name_patterns.teach(con)
    if not _keeps_macros(con):
        name_patterns.teach_patterns(con)
        con.execute(_macros())


def _keeps_macros(con: Connection) -> bool:
    """Asked by calling one: the list of all functions takes longer to read than much of what a connection does."""
    try:
        con.execute("select power_of_ten(0)").fetchall()
    except duckdb.CatalogException:
        return False
    return True


def normalised(name: str) -> str:
    """A name as names are compared; see ``name_norm`` in macros.sql."""
    with _with_name_norm().cursor() as con:
        ((norm,),) = con.execute("select name_norm($1)", [name]).fetchall()
        return str(norm)


@cache
def _with_name_norm() -> Connection:
    """A connection in memory that knows one of our macros: all of them take longer to create than a question."""
    from warehouse import name_patterns

    con = duckdb.connect()
    name_patterns.teach(con)
    con.execute(_macro("name_norm"))
    return con


def _macro(name: str) -> str:
    """The statement of macros.sql that creates one macro."""
    begin = f"create or replace macro {name}("
    return begin + _macros().partition(begin)[2].partition(";\n")[0]


def _macros() -> str:
    return files("warehouse").joinpath("macros.sql").read_text("utf-8")


def attach(con: Connection, path: Path, name: str) -> None:
    """Attach a file under a name, read-only."""
    con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")


@contextmanager
def beside(release: Path) -> Iterator[Connection]:
    """A connection in memory with our macros and the release attached as ``release``, read-only."""
    with (
        unreadable_told(release),
        duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "autoinstall_known_extensions": False}) as con,
    ):
        with_macros(con)
        attach(con, release, "release")
        yield con


def connected(release: Path) -> Connection:
    """A read-only connection to one published file; it can reach no other file."""
    con = duckdb.connect(str(release), read_only=True, config={"memory_limit": MEMORY_LIMIT})
    con.execute("set enable_external_access = false")  # not before: DuckDB would refuse itself a path with a ?
    return con


@contextmanager
def reading(release: Path) -> Iterator[Connection]:
    """As ``connected``, closed at the end; within ``writing`` to the same file, beside that connection."""
    held = _open_to(release)
    if held is not None:
        with held.cursor() as con:
            yield con
        return
    with unreadable_told(release), connected(release) as con:
        yield con


@contextmanager
def unreadable_told(release: Path) -> Iterator[None]:
    """Tell a damaged file, or one that lacks what is asked, as what it is; raises ``ReleaseUnreadable``."""
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise ReleaseUnreadable(
            f"{release}: 由另一版本的 Tidu 写成，缺少所问的内容；请运行 tidu run 另发一期\n"
            f"{release}: was written by another version of Tidu and lacks what is asked; publish a new release with"
            f" tidu run\n({error})"
        ) from error
    except duckdb.Error as error:
        if not isinstance(error, duckdb.IOException | duckdb.FatalException) and "Corrupt" not in str(error):
            raise
        raise ReleaseUnreadable(
            f"{release}: 已损坏或无法读取；请从备份恢复该文件，或将其移出 releases/ 后运行 tidu run\n"
            f"{release}: is damaged or cannot be read; restore the file from a backup, or move it out of releases/ and"
            f" start tidu run\n({error})"
        ) from error
