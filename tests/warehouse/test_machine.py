"""What the machine refuses is told by its kind: memory, disk, quota, rights, a limit, a lock; each with its way out."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from waits import ended, first_line, run

from warehouse.casebook.store import Store
from warehouse.database import build as database
from warehouse.database import settings
from warehouse.database.build import Build, Database, Snapshot
from warehouse.errors import Busy, DiskFailed, HomeFailed, LimitReached, ReleaseUnreadable, WarehouseError
from warehouse.home import Home
from warehouse.machine.refusals import known, refused, refused_by_database
from warehouse.release.lock import writer

pytestmark = pytest.mark.faults

ROWS = "create table large as select range as number, repeat('x', 300) || range as words from range(80_000)"
SORTED = "create table sorted as from large order by words desc"


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Path]:
    """A small disk of its own, mounted at a folder; skips where none can be mounted."""
    folder.mkdir()
    mounted = run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder])
    if mounted.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield folder
    finally:
        run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.IN_MEMORY, "memory_limit", "12MB")


@pytest.mark.figure("memory that ends")
@pytest.mark.usefixtures("little_memory")
def test_memory_that_ends_is_no_full_disk_and_names_buckets_and_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "build.duckdb"
    with pytest.raises(LimitReached) as raised, Build.open(path) as build:
        build.execute(f"{ROWS}; select list(words) from large")

    assert str(path) in raised.value.en
    assert "--buckets" in raised.value.zh
    assert "TIDU_DATABASE_MEMORY_MB" in raised.value.zh
    assert "disk is not full" in raised.value.en
    assert "Out of Memory" in raised.value.en
    with pytest.raises(LimitReached), Database.in_memory() as asked:
        asked.execute("select list(repeat('x', 300) || range) from range(300_000)")


@pytest.mark.figure("full disks")
@pytest.mark.usefixtures("little_memory")
def test_a_full_disk_of_the_file_or_of_temporary_files_is_told_as_that(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", "2m") as small:
        with pytest.raises(DiskFailed, match=r"the disk is full.*make room") as raised, \
                Build.open(small / "build.duckdb") as build:  # fmt: skip
            build.execute(f"{ROWS}; checkpoint")
        assert raised.value.zh.startswith(f"{small}/build.")
        for path in small.iterdir():
            path.unlink() if path.is_file() else shutil.rmtree(path)

        (tmp_path / "build.tmp").symlink_to(small)  # where a build keeps its temporary files
        with pytest.raises(DiskFailed, match="the disk is full") as raised, \
                Build.open(tmp_path / "build.duckdb") as build:  # fmt: skip
            build.execute(f"{ROWS}; {SORTED}")
        assert raised.value.en.startswith(f"{tmp_path / 'build.tmp'}/")
        assert raised.value.zh.endswith("No space left on device)")

        run(["mount", "-o", "remount,ro", small], check=True)
        with pytest.raises(HomeFailed, match=r"read-only: make it writable.*--home"), Build.open(small / "new.duckdb"):
            pass
        with pytest.raises(HomeFailed, match="read-only"), writer(Home(small)):
            pass


def test_a_file_that_another_process_has_open_is_busy_and_not_damaged(tmp_path: Path) -> None:
    path = tmp_path / "build.duckdb"
    with Build.open(path) as build:
        build.execute("create table kept as select 1 as number")
    opens = f"import duckdb, sys; kept = duckdb.connect({str(path)!r}); print('open', flush=True); sys.stdin.read()"
    held = subprocess.Popen([sys.executable, "-c", opens], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert first_line(held) == "open"
        with pytest.raises(Busy, match=rf"another process \({held.pid}\) has the file open"), Build.open(path):
            pass
        with pytest.raises(ReleaseUnreadable, match="has the file open") as raised, Snapshot.open(path):
            pass
        assert "backup" not in raised.value.en
    finally:
        ended(held)


NUMBERS: list[tuple[int, type[WarehouseError], str]] = [
    (errno.ENOSPC, DiskFailed, "the disk is full"),
    (errno.EDQUOT, DiskFailed, "quota of this user is used up"),
    (errno.EFBIG, DiskFailed, "ulimit -f"),
    (errno.EIO, DiskFailed, "check it"),
    (errno.EACCES, HomeFailed, "run as its owner"),
    (errno.EPERM, HomeFailed, "run as its owner"),
    (errno.EROFS, HomeFailed, "read-only"),
    (errno.EMFILE, LimitReached, "ulimit -n"),
    (errno.ENFILE, LimitReached, "ulimit -n"),
]


@pytest.mark.parametrize(("number", "kind", "way"), NUMBERS, ids=[errno.errorcode[row[0]] for row in NUMBERS])
def test_each_error_of_the_system_has_its_kind_however_a_library_reports_it(
    number: int, kind: type[WarehouseError], way: str, tmp_path: Path
) -> None:
    words = f'IO Error: Cannot open file "{tmp_path / "a.duckdb"}": {os.strerror(number)}'
    told: list[WarehouseError | None] = [
        refused(tmp_path, OSError(number, os.strerror(number))),
        known(tmp_path, RuntimeError(words)),
        refused_by_database(tmp_path, duckdb.IOException(words)),
    ]

    for error in told:
        assert type(error) is kind
        assert way in error.en
        assert error.zh.startswith(str(tmp_path))
        assert os.strerror(number) in error.zh
        assert ("磁盘已满" in error.zh) == (number == errno.ENOSPC)

    with pytest.raises(ReleaseUnreadable, match="from a backup" if number == errno.EIO else way) as raised, \
            Raised(words).open(tmp_path):  # fmt: skip
        pass
    assert ("move it out of releases" in raised.value.en) is False


class Raised:
    """A release of which DuckDB reports an error."""

    def __init__(self, words: str) -> None:
        self._words = words

    @contextmanager
    def open(self, path: Path) -> Iterator[None]:
        with database.release_errors(path):
            raise duckdb.IOException(self._words)
            yield


def test_what_nobody_knows_names_the_file_and_stays_as_it_was(tmp_path: Path) -> None:
    missing = refused(tmp_path / "gone", FileNotFoundError(2, "No such file or directory"))
    assert type(missing) is DiskFailed
    assert "look at that file" in missing.en
    assert "full" not in missing.en
    assert known(tmp_path, KeyError("unforeseen")) is None
    assert isinstance(known(tmp_path, MemoryError()), LimitReached)
    spilled = duckdb.OutOfMemoryException("Out of Memory Error: failed to offload data block of size 32.0 KiB")
    assert "build.tmp: the disk is full" in refused_by_database(tmp_path / "build.duckdb", spilled).en  # type: ignore[union-attr]
    assert refused_by_database(tmp_path, duckdb.IOException("not a valid DuckDB database file")) is None


Failing = Callable[[], sqlite3.Error]


@pytest.mark.parametrize(
    ("words", "way"),
    [("database or disk is full", "make room"), ("attempt to write a readonly database", "run as its owner"),
     ("database is locked", "close what holds it"), ("file is not a database", "restore it from a backup")],
)  # fmt: skip
def test_a_casebook_says_why_it_cannot_be_written(tmp_path: Path, words: str, way: str) -> None:
    failed = Store.of(Home(tmp_path)).failed(sqlite3.OperationalError(words))

    assert way in failed.en
    assert words in failed.en
    assert "nothing was changed" in failed.en
