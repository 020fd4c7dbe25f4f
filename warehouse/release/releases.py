"""Publishing: a finished build becomes a release by one rename; its output files and ``CURRENT`` follow.

The order of releases is stored in the releases themselves, see ``release/order.py``. It never depends on a clock, since
with a clock that was set back a new release would sort before older ones. No run removes a release.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warehouse.database.build import Build, Snapshot
from warehouse.database.kept_open import let_go
from warehouse.errors import BadInput, ReleaseUnreadable
from warehouse.home import Home
from warehouse.release import pointer
from warehouse.release import run_files as files_of_run
from warehouse.release.inspection import Problem, ReleaseFile, inspect
from warehouse.release.numbering import is_numbered, number
from warehouse.release.order import current as current_release
from warehouse.release.order import describe, order
from warehouse.release.published_here import published_here
from warehouse.release.reader import DeskHome as DeskHome
from warehouse.release.reader import Published as Published
from warehouse.release.reader import Reader as Reader
from warehouse.release.vintages import Vintage, vintages


@dataclass(frozen=True)
class Release:
    """Row of the table ``run`` of a release; ``published_at`` in UTC."""

    run_id: str
    day: date
    previous_day: date
    place: str
    published_at: datetime
    firms: int
    is_current: bool
    path: str
    frozen: str = ""
    """The months that it is the vintage of."""


def record_run(
    build: Build,
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
    """The table ``run``, one row: parameters, row counts, and the versions of code, definitions and inputs."""
    build.execute(
        "create or replace table run as select $1::varchar as run_id, $2::date as day,"
        " $3::date as previous_day, $4::varchar as place, $5::timestamptz as started_at,"
        " $6::timestamptz as published_at, $7::varchar as tidu_version, $8::varchar as fingerprint,"
        " $9::varchar as definitions, $10::bigint as newest_delivery, $11::bigint as newest_statement,"
        " coalesce(sum(rows_read), 0)::bigint as rows_read,"
        " coalesce(sum(rows_loaded), 0)::bigint as rows_loaded,"
        " coalesce(sum(rows_quarantined), 0)::bigint as rows_quarantined,"
        " coalesce(sum(rows_not_data), 0)::bigint as rows_not_data from accounts",
        [
            *(run_id, day, previous_day, place, started_at, published_at, version, fingerprint, definitions),
            *(newest_delivery, newest_statement),
        ],
    )


def publish(home: Home, path: Path, run_id: str) -> Path:
    """Make the build in a file the current release: flushed to disk first, then visible as a whole by a rename."""
    seal(home, path, run_id)
    return publish_sealed(home, path, run_id)


def seal(home: Home, path: Path, run_id: str) -> None:
    """Give a build its place after the current release where it has it not yet, and flush it to disk.

    Nothing changes it later. Opening a build to write takes longer than all that ``number`` writes.
    """
    if not is_numbered(home, path, run_id):
        with Build.open(path) as build:
            number(build, home, run_id)
            build.checkpoint()
    let_go(path)  # a release that is open elsewhere could still change
    pointer.flush(path)


def publish_sealed(home: Home, path: Path, run_id: str) -> Path:
    """Make a sealed build the current release by a rename; its output files and the pointer follow."""
    earlier = order(home)
    release = path_of(home, run_id)
    path.replace(release)
    pointer.flush(home.releases)
    published_here.append(run_id)
    _finish(home, [release.name, *(name for name in earlier.names if name != release.name)])
    return release


def _finish(home: Home, names: list[str]) -> None:
    """Move the files of published runs to their folders, and write the order to the pointer.

    Before the first release no pointer is written: an empty pointer means a damaged one.
    """
    for beside in (home.builds, home.held):
        for folder in beside.glob(f"*{files_of_run.SUFFIX}"):
            if f"{folder.stem}.duckdb" in names:
                files_of_run.RunFiles(home, folder.stem, beside).hand_out()
    if names and pointer.read(home.releases) != names:
        pointer.write(home.releases, names)


def tidy(home: Home) -> None:
    """Complete the publication of a killed run, and remove unfinished builds; the caller has the writer's lock.

    Releases are never removed here, whatever the pointer names.
    """
    _finish(home, list(order(home).names))
    for path in home.builds.iterdir():
        files_of_run.remove(path)
    for folder in home.held.glob(f"*{files_of_run.SUFFIX}"):
        if not folder.with_suffix(".duckdb").exists():
            files_of_run.remove(folder)


def current(home: Home) -> Path:
    """The newest release that can be used; raises ``NoRelease`` where there is none."""
    return current_release(home).path


def newest(home: Home) -> Path | None:
    """The release that is current, or None before the first, and where none can be used."""
    release = order(home).current
    return release.path if release else None


@contextmanager
def newest_open(home: Home) -> Iterator[None]:
    """The newest release is open within: opening it again takes a twentieth of the time."""
    path = newest(home)
    with Snapshot.open(path) if path else nullcontext():
        yield


_left_open = ExitStack()


def leave_newest_open(home: Home) -> None:
    """Open the release that the pointer names first, for as long as this process lives.

    A command inspects it and then reads it; to open a release takes 30 CPU milliseconds, once more beside it a fifth of
    one. Not for a process that others are forked from. What is wrong with the file is stated by ``order``.
    """
    for name in (pointer.read(home.releases) or [])[:1]:
        with suppress(ReleaseUnreadable):
            _left_open.enter_context(Snapshot.open(home.releases / name))


def problems(home: Home) -> tuple[str, str] | None:
    """The problems of release files and the way out, in two languages; None where there are none."""
    unusable = order(home).problems
    return describe(unusable, home) if unusable else None


def path_of(home: Home, run_id: str) -> Path:
    """Where the release of a run lies, whether or not it is still there."""
    return home.releases / f"{run_id}.duckdb"


def before(home: Home, run_id: str) -> Path | None:
    """The release that a run followed; None for the first."""
    names = order(home).names
    at = names.index(f"{run_id}.duckdb") + 1
    return home.releases / names[at] if at < len(names) else None


def runs(home: Home) -> list[str]:
    """The numbers of the runs whose releases are there, newest first."""
    return [Path(name).stem for name in order(home).names if (home.releases / name).is_file()]


def of_run(home: Home, run_id: str) -> Path:
    """The release of a run; raises ``BadInput`` with the runs there are."""
    known = runs(home)
    if run_id not in known:
        listed = "、".join(known[:10]) or "–"
        raise BadInput(f"没有第 {run_id} 期；有 {listed}", f"there is no run {run_id}; there are {listed}")
    return path_of(home, run_id)


def releases(home: Home) -> list[Release]:
    """Every release that can be read, newest first."""
    newest, frozen = order(home).current, vintages(home)
    return [_described(file, newest, frozen) for file in _inspected(home) if isinstance(file, ReleaseFile)]


def damaged(home: Home) -> list[Problem]:
    """The release files that are there and cannot be read."""
    return [file for file in _inspected(home) if isinstance(file, Problem)]


def _inspected(home: Home) -> list[ReleaseFile | Problem]:
    paths = [home.releases / name for name in order(home).names]
    return [inspect(path) for path in paths if path.exists()]


def _described(release: ReleaseFile, newest: ReleaseFile | None, frozen: list[Vintage]) -> Release:
    months = "、".join(sorted(entry.month for entry in frozen if entry.run_id == release.path.stem))
    with Snapshot.open(release.path) as snapshot:
        firms = snapshot.value("select count(*) from core_firm")
    run: dict[str, Any] = {name: release.run.get(name) for name in RUN_COLUMNS}
    return Release(**run, firms=firms, is_current=release == newest, path=str(release.path), frozen=months)


RUN_COLUMNS = ("run_id", "day", "previous_day", "place", "published_at")


def place_of(release: Path) -> str:
    """The place a release was made for."""
    with Snapshot.open(release) as snapshot:
        return str(snapshot.value("select place from run") or "")


def day_of(release: Path) -> date:
    """Opens the file, 23 ms of CPU."""
    with Snapshot.open(release) as snapshot:
        return date.fromisoformat(str(snapshot.value("select day from run")))


def unchanged(home: Home, fingerprint: str) -> bool:
    """Whether the current release was made from the same files, statements and parameters."""
    release = order(home).current
    return release is not None and release.run.get("fingerprint") == fingerprint
