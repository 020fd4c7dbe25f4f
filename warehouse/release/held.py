"""Releases that the publish gate holds: sealed, beside the published ones, until a person accepts or refuses them.

A decision is a statement first, then a rename or a removal; a process killed between the two leaves it to ``complete``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.casebook.statements import Casebook, Statement
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import pointer, removal, run_files
from warehouse.release.inspection import ReleaseFile, inspect
from warehouse.release.order import order
from warehouse.release.releases import publish_sealed, seal

ACCEPT, REFUSE = "release_accept", "release_refuse"
KINDS = frozenset({ACCEPT, REFUSE})
"""Kinds of statements about held releases, which change no figure of any."""


@dataclass(frozen=True)
class Held:
    """A held release; ``may_follow``: whether it still comes after the current one, so that it can be accepted."""

    run_id: str
    day: Any
    place: str
    published_at: datetime
    follows: str | None
    may_follow: bool
    path: str


def hold(home: Home, build: Path, run_id: str) -> Path:
    """Move a complete build and its output files to ``held/``; the build comes last: with it the release is held."""
    seal(home, build, run_id)
    home.held.mkdir(exist_ok=True)
    files = run_files.RunFiles(home, run_id)
    if files.folder.exists():
        files.folder.replace(home.held / files.folder.name)
    path = build.replace(path_of(home, run_id))
    pointer.flush(home.held)
    return path


def path_of(home: Home, run_id: str) -> Path:
    """Where the held release of a run lies, whether or not it is there."""
    return home.held / f"{run_id}.duckdb"


def is_held(home: Home, run_id: str) -> bool:
    """Whether the release of a run waits for a decision."""
    return path_of(home, run_id).exists()


def waiting(home: Home) -> int:
    """How many releases wait for a decision, without opening them."""
    return sum(1 for _ in home.held.glob("*.duckdb"))


def held(home: Home) -> list[Held]:
    """The releases that wait for a decision, newest first."""
    current = order(home).current
    newest = current.path.stem if current else None
    return [_described(release, newest) for release in _files(home)]


def same_as(home: Home, fingerprint: str) -> str | None:
    """The held run made from the same files, statements and parameters after the current release; None for none."""
    current = order(home).current
    newest = current.path.stem if current else None
    for release in _files(home):
        if release.run.get("fingerprint") == fingerprint and release.run.get("follows") == newest:
            return release.path.stem
    return None


def accept(home: Home, run_id: str, *, by: str, why: str, now: datetime) -> Path:
    """State that a held release is published, and publish exactly that file; the caller has the writer's lock.

    Raises ``BadInput`` for a run that is not held, and where another release was published since it was built.
    """
    release = _held_file(home, run_id)
    current = order(home).current
    if current is not None and release.run.get("follows") != current.path.stem:
        raise BadInput(
            f"第 {run_id} 期建成之后已发布第 {current.path.stem} 期，不能再采用；"
            f"请 tidu release refuse {run_id} 后重新运行",
            f"run {current.path.stem} was published since run {run_id} was built, which cannot be accepted any more;"
            f" tidu release refuse {run_id}, then run again",
        )
    _state(home, ACCEPT, run_id, by=by, why=why, now=now)
    return publish_sealed(home, release.path, run_id)


def refuse(home: Home, run_id: str, *, by: str, why: str, now: datetime) -> None:
    """State that a held release is not published, and remove it; raises ``BadInput`` for a run that is not held."""
    _held_file(home, run_id)
    _discard(home, _state(home, REFUSE, run_id, by=by, why=why, now=now))


def complete(home: Home) -> None:
    """Complete decisions of a killed process; the caller has the writer's lock."""
    waiting = {release.path.stem for release in _files(home)}
    if not waiting:
        return
    for statement in Casebook(home).statements():
        run_id = statement.subject.removeprefix(SUBJECT)
        if statement.kind == REFUSE and run_id in waiting:
            _discard(home, statement)
        elif statement.kind == ACCEPT and run_id in waiting and _may_follow(home, run_id):
            publish_sealed(home, path_of(home, run_id), run_id)


SUBJECT = "run:"


def _state(home: Home, kind: str, run_id: str, *, by: str, why: str, now: datetime) -> Statement:
    """The statement of a decision; the one that stands already, where a killed process made it."""
    casebook, subject = Casebook(home), f"{SUBJECT}{run_id}"
    standing = [entry for entry in casebook.statements(kind) if entry.subject == subject]
    return standing[-1] if standing else casebook.record(kind, subject, {}, by=by, why=why, now=now)


def _discard(home: Home, refusal: Statement) -> None:
    """Remove a held release with its files, and log it."""
    path = path_of(home, refusal.subject.removeprefix(SUBJECT))
    if not removal.is_logged(home, path.stem):
        removal.log(home, path.stem, by=refusal.stated_by, why=refusal.why, at=refusal.stated_at)
    path.unlink(missing_ok=True)
    run_files.remove(run_files.RunFiles(home, path.stem, home.held).folder)


def _files(home: Home) -> Iterator[ReleaseFile]:
    for path in sorted(home.held.glob("*.duckdb"), reverse=True):
        release = inspect(path)
        if isinstance(release, ReleaseFile):
            yield release


def _held_file(home: Home, run_id: str) -> ReleaseFile:
    held = {release.path.stem: release for release in _files(home)}
    if run_id not in held:
        listed = "、".join(held) or "–"
        raise BadInput(f"第 {run_id} 期不在待定之列；待定的有 {listed}", f"run {run_id} is not held; held are {listed}")
    return held[run_id]


def _may_follow(home: Home, run_id: str) -> bool:
    current = order(home).current
    return _held_file(home, run_id).run.get("follows") == (current.path.stem if current else None)


def _described(release: ReleaseFile, newest: str | None) -> Held:
    run = release.run
    return Held(
        run_id=release.path.stem,
        day=run.get("day"),
        place=str(run.get("place")),
        published_at=run["published_at"],
        follows=run.get("follows"),
        may_follow=run.get("follows") == newest,
        path=str(release.path),
    )
