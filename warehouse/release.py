"""Publishing: a finished build becomes a release by one rename, and the pointer ``CURRENT`` follows.

The pointer names every release in the order in which they were published, newest first. Order is never taken from
a clock: one that was set back would otherwise turn a valid release into a leftover.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import duckdb

from warehouse.database import connected, reading, writing
from warehouse.errors import BadInput, NoRelease
from warehouse.home import Home

POINTER = "CURRENT"


@dataclass(frozen=True)
class Release:
    """One published warehouse."""

    run_id: str
    day: date
    previous_day: date
    place: str
    published_at: datetime
    firms: int
    is_current: bool
    path: str


def record_run(
    build: Path,
    *,
    run_id: str,
    day: date,
    previous_day: date,
    place: str,
    started_at: datetime,
    published_at: datetime,
    version: str,
    fingerprint: str,
    definitions: str,
    newest_delivery: int,
    newest_statement: int,
) -> None:
    """The table ``run``, one row: what was asked, what was read, and what decided every number."""
    with writing(build) as con:
        con.execute(
            "create or replace table run as select $1::varchar as run_id, $2::date as day,"
            " $3::date as previous_day, $4::varchar as place, $5::timestamptz as started_at,"
            " $6::timestamptz as published_at, $7::varchar as tidu_version, $8::varchar as fingerprint,"
            " $9::varchar as definitions, $10::bigint as newest_delivery, $11::bigint as newest_statement,"
            " coalesce(sum(rows_read), 0)::bigint as rows_read,"
            " coalesce(sum(rows_loaded), 0)::bigint as rows_loaded,"
            " coalesce(sum(rows_quarantined), 0)::bigint as rows_quarantined from accounts",
            [
                *(run_id, day, previous_day, place, started_at, published_at, version, fingerprint, definitions),
                *(newest_delivery, newest_statement),
            ],
        )


def publish(home: Home, build: Path, run_id: str) -> Path:
    """Make a build the current release: complete on disk first, then visible, whole or not at all."""
    settle(build)
    with reading(build) as con:
        said = con.execute("select run_id from run").fetchone()
    if said != (run_id,):
        raise NoRelease(f"{build.name}: 构建不完整，未发布 the build is not complete, nothing was published")
    _flush(build)
    release = home.releases / f"{run_id}.duckdb"
    build.replace(release)
    earlier = [name for name in _published(home) if name != release.name]
    pointer = home.releases / f".{POINTER}.part"
    pointer.write_text("".join(f"{name}\n" for name in (release.name, *earlier)), "utf-8")
    _flush(pointer)
    pointer.replace(home.releases / POINTER)
    _flush(home.releases)
    return release


def settle(build: Path) -> None:
    """Everything of a build in its one file, with nothing left in a log beside it."""
    with writing(build) as con:
        con.execute("checkpoint")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def current(home: Home) -> Path:
    """The release the pointer names; raises ``NoRelease`` before the first."""
    names = _published(home)
    if not names:
        raise NoRelease("还没有发布过任何一期；请先运行 tidu run\nnothing has been published yet: start with tidu run")
    return home.releases / names[0]


def newest(home: Home) -> Path | None:
    """The release the pointer names, or None before the first."""
    return current(home) if _published(home) else None


def path_of(home: Home, run_id: str) -> Path:
    """Where the release of a run lies, whether or not it is still there."""
    return home.releases / f"{run_id}.duckdb"


def before(home: Home, run_id: str) -> Path | None:
    """The release that a run followed; None for the first."""
    names = _published(home)
    at = names.index(f"{run_id}.duckdb") + 1
    return home.releases / names[at] if at < len(names) else None


def runs(home: Home) -> list[str]:
    """The numbers of the runs whose releases are there, newest first."""
    return [Path(name).stem for name in _published(home) if (home.releases / name).exists()]


def of_run(home: Home, run_id: str) -> Path:
    """The release of a run; raises ``BadInput`` with those there are."""
    known = runs(home)
    if run_id not in known:
        listed = "、".join(known[:10]) or "–"
        raise BadInput(f"没有第 {run_id} 期；有 {listed}", f"there is no run {run_id}; there are {listed}")
    return path_of(home, run_id)


def _published(home: Home) -> list[str]:
    """The file names of what was published, newest first."""
    pointer = home.releases / POINTER
    if not pointer.exists():
        return []
    text = pointer.read_text("utf-8")
    names = text.split()
    if names and not text.endswith("\n"):  # a pointer of before it named every release: then names sorted by time
        names += sorted((p.name for p in home.releases.glob("*.duckdb") if p.name < names[0]), reverse=True)
    return names


def releases(home: Home) -> list[Release]:
    """Every release, newest first; one that was renamed but never pointed to is not one."""
    names = _published(home)
    paths = [home.releases / name for name in names]
    return [_described(path, paths[0]) for path in paths if path.exists()]


def _described(path: Path, newest: Path) -> Release:
    with reading(path) as con:
        row = con.execute(
            "select run_id, day, previous_day, place, published_at, (select count(*) from core_firm) from run"
        ).fetchone()
    if row is None:
        raise NoRelease(f"{path.name} has no run")
    run_id, day, previous_day, place, published_at, firms = row
    return Release(run_id, day, previous_day, place, published_at, firms, path == newest, str(path))


def unchanged(home: Home, fingerprint: str) -> bool:
    """Whether the current release already answers the same question from the same files."""
    if not _published(home):
        return False
    with reading(current(home)) as con:
        said = con.execute("select fingerprint from run").fetchone()
    return bool(said == (fingerprint,))


def tidy(home: Home) -> None:
    """Remove what killed runs left: unfinished builds, and releases that were never pointed to."""
    for path in home.builds.iterdir():
        path.unlink() if path.is_file() else _remove_folder(path)
    published = _published(home)
    for path in home.releases.glob("*.duckdb*"):
        if f"{path.name.partition('.')[0]}.duckdb" not in published:
            path.unlink()


def _remove_folder(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink() if path.is_file() else _remove_folder(path)
    folder.rmdir()


class Reader(Protocol):
    """What answers questions about a release."""

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Rows as dictionaries; every value is bound."""


@dataclass(frozen=True)
class Snapshot:
    """One release, asked several questions: what is published meanwhile does not mix into the answers."""

    path: Path
    cursor: duckdb.DuckDBPyConnection

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Rows as dictionaries; every value is bound."""
        self.cursor.execute(sql, list(parameters))
        names = [column[0] for column in self.cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in self.cursor.fetchall()]


@contextmanager
def opened(path: Path) -> Iterator[Snapshot]:
    """One release by its file, current or past, or a rebuilt one."""
    with reading(path) as con:
        yield Snapshot(path, con)


class Published:
    """A reader that lives long: it follows the pointer to a new release without being told."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._connection: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def at_once(self) -> Iterator[Snapshot]:
        """The release that is current now, for several questions; each thread takes its own."""
        path = current(self._home)
        with self._lock:
            if path != self._path or self._connection is None:
                self._connection = connected(path)
                self._path = path
            cursor = self._connection.cursor()
        with cursor:
            yield Snapshot(path, cursor)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Rows as dictionaries; every value is bound."""
        with self.at_once() as snapshot:
            return snapshot.query(sql, parameters)
