"""The database of the casebook: SQLite in ``casebook.db``, or PostgreSQL by ``TIDU_CASEBOOK_URL``.

SQLite: write-ahead log, every commit on the disk, writers begin at once, one writer of a process at a time. On both,
writers queue for the head row; a reader never waits.
"""

import os
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from warehouse.casebook import engines
from warehouse.errors import BadInput, CasebookFailed
from warehouse.home import Home
from warehouse.machine.refusals import known

if TYPE_CHECKING:  # imported where it is used: most commands read no casebook
    import sqlalchemy as sa

VARIABLE = "TIDU_CASEBOOK_URL"
WAIT_SECONDS = 30
"""How long a writer waits for others before it gives up."""
_LOCKS: dict[str, Lock] = {}
"""A lock for each file: threads of a process queue here, not by trying again within SQLite."""


class Store:
    """The engine of a casebook and its transactions; opened, and migrated, with the first of them."""

    def __init__(self, place: Path | str) -> None:
        self._place = place
        self._opened: object = None

    @classmethod
    def of(cls, home: Home) -> "Store":
        """By the environment variable, else the home's own file; a vintage has its own file always."""
        words = os.environ.get(VARIABLE, "").strip()
        if not words or home.is_frozen:
            return cls(home.casebook)
        return cls(words)

    @classmethod
    def existing(cls, home: Home) -> "Store":
        """As ``of``; raises ``BadInput`` where there is no file yet."""
        store = cls.of(home)
        if store.path is not None and not store.path.exists():
            raise BadInput(f"{store.name}: 还没有决定簿", f"{store.name}: there is no casebook yet")
        return store

    @cached_property
    def url(self) -> "sa.URL":
        """Where it is; raises ``BadInput`` for words that are no address, without quoting them."""
        import sqlalchemy as sa

        if isinstance(self._place, Path):
            return sa.URL.create("sqlite", database=str(self._place))
        try:
            url = sa.make_url(self._place)
        except (sa.exc.ArgumentError, ValueError):
            raise _unknown_address() from None
        if url.get_backend_name() == "postgresql" and url.drivername in ("postgresql", "postgresql+psycopg"):
            return url.set(drivername="postgresql+psycopg")
        if url.drivername != "sqlite" or not url.database:
            raise _unknown_address()
        return url

    @property
    def path(self) -> Path | None:
        """The file of SQLite; None for PostgreSQL."""
        return Path(str(self.url.database)) if self.url.get_backend_name() == "sqlite" else None

    @property
    def name(self) -> str:
        """What messages call it: the file, or the address without the password."""
        return str(self.path or self.url.set(drivername="postgresql").render_as_string(hide_password=True))

    def exists(self) -> bool:
        """Whether there is a casebook; makes none."""
        return self.path is None or self.path.exists()

    @cached_property
    def engine(self) -> "sa.Engine":
        """One of its own for a file, closed with this store; for PostgreSQL that of the process."""
        if self.path is None:
            return engines.postgresql(self.url, os.getpid(), WAIT_SECONDS)
        engine = engines.sqlite(self.url, WAIT_SECONDS)
        # By itself it would stay open until garbage is looked for, which is rare: hundreds of files in a server
        weakref.finalize(self, engine.dispose).atexit = False
        return engine

    @contextmanager
    def read(self) -> "Iterator[sa.Connection]":
        """A transaction that sees one state; raises ``CasebookFailed`` where it cannot be read."""
        with self._failing():
            self._open()
            with self.engine.connect() as con:
                if self.path is None:
                    con = con.execution_options(isolation_level="REPEATABLE READ")
                with con.begin():
                    yield con

    @contextmanager
    def write(self) -> "Iterator[sa.Connection]":
        """A transaction that writes, all or nothing; raises ``CasebookFailed`` where it cannot be written."""
        with self._failing(), ExitStack() as stack:
            self._open()
            if self.path:
                self._wait_for_turn(stack)
            con = stack.enter_context(self.engine.connect().execution_options(tidu_writes=True))
            stack.enter_context(con.begin())
            yield con

    def fault(self) -> str | None:
        """The first error of SQLite's integrity check, None for none; raises ``CasebookFailed`` for a locked file."""
        import sqlalchemy as sa

        if self.path is None:
            with self.read():
                return None
        try:
            with self.engine.connect() as con:
                result = str(con.execute(sa.text("pragma integrity_check(1)")).scalar_one())
        except sa.exc.OperationalError as error:
            if "malformed" not in str(error.orig):
                raise self.failed(error.orig) from error
            return str(error.orig)
        except sa.exc.DatabaseError as error:
            return str(error.orig)
        return None if result == "ok" else result

    def close(self) -> None:
        """Close the connections; the last one to a file takes its log into it, so that the file is whole by itself."""
        self.engine.dispose()

    def put_aside(self, ending: str) -> Path | None:
        """Rename the file with its log; the new name, None for PostgreSQL and where there is none."""
        if self.path is None or not self.path.exists():
            return None
        self.close()
        for part in ("-wal", "-shm", ""):
            if (file := self.path.with_name(f"{self.path.name}{part}")).exists():
                file.replace(self.path.with_name(f"{self.path.name}.{ending}{part}"))
        return self.path.with_name(f"{self.path.name}.{ending}")

    def _wait_for_turn(self, stack: ExitStack) -> None:
        lock = _LOCKS.setdefault(self.name, Lock())
        if not lock.acquire(timeout=WAIT_SECONDS):
            raise self.failed("locked by another request of this process")
        stack.callback(lock.release)

    def _open(self) -> None:
        """Migrate with the first use; then see that the file is still that one, lest events go into a removed one."""
        if self._opened is None:
            from warehouse.casebook import migrate

            migrate.ensure_newest(self.engine)
            self._opened = self._file()
        elif self._opened != self._file():
            self._opened = None
            self.engine.dispose()
            raise self.failed("the file was removed or replaced while it was open")

    def _file(self) -> object:
        """What distinguishes a file from another of its name; a name for PostgreSQL."""
        if self.path is None:
            return self.name
        return self.path.stat().st_ino if self.path.exists() else 0

    @contextmanager
    def _failing(self) -> Iterator[None]:
        import sqlalchemy as sa

        try:
            yield
        except sa.exc.TimeoutError as error:
            raise self.failed(error) from error
        except sa.exc.DBAPIError as error:
            raise self.failed(error.orig) from error

    def failed(self, detail: object) -> CasebookFailed:
        """The error for a casebook that cannot be used, with the way out."""
        password = self.url.password
        reported = str(detail).replace(password, "***") if password else str(detail)
        if self.path is None:
            return CasebookFailed(*_NO_DATABASE, reported, place=self.name)
        if isinstance(detail, Exception) and (why := known(self.path, detail)) is not None:
            zh, en = f"决定簿未作任何改动：{why.reason('zh')}", f"nothing was changed: {why.reason('en')}"
            return CasebookFailed(zh, en, why.detail, place=why.place)
        return CasebookFailed(*_UNUSABLE, reported, place=self.name)


_NO_DATABASE = (
    f"决定簿所在的数据库无法使用，未作任何改动；请检查数据库是否运行、{VARIABLE} 与账号权限",
    f"the casebook's database cannot be used, nothing was changed; see that it runs, and that {VARIABLE} and the rights"
    " of its account are right",
)
_UNUSABLE = (
    "决定簿无法读写（被占用或已损坏），未作任何改动；"
    "请关闭占用它的程序、给予读写权限，或从备份恢复，切勿删除；没有备份时见 tidu casebook",
    "the casebook cannot be read or written (locked or damaged), nothing was changed; close what holds it, let this"
    " user write it, or restore it from a backup, never delete it; without a backup see tidu casebook",
)


def _unknown_address() -> BadInput:
    return BadInput(
        f"{VARIABLE} 不是可用的地址；应为 postgresql://用户:密码@主机/库，或不设此变量",
        f"{VARIABLE} is no address that can be used; write postgresql://user:password@host/database, or unset it",
    )
