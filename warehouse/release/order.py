"""The order of releases, and the one that is current.

A release is published by the rename that puts it into its folder. Its place in the order is in the file itself:
``run.seq`` counts publications, ``run.follows`` names the run that was current. ``CURRENT`` caches that order and is
used only while it agrees with the files; else the order is read from the releases. So a pointer that was lost, damaged
or restored from a backup neither hides nor removes a release, and a release that a killed run moved into the folder
before it wrote the pointer counts as published.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import NoRelease, NoUsableRelease
from warehouse.home import Home
from warehouse.release import pointer
from warehouse.release.inspection import Problem, ReleaseFile, inspect

SEARCHED_RELEASES = 12
"""How many releases are inspected for one with every table of this version, before the newest one is used."""

TABLES_NAMED = 3
"""How many missing tables a message names."""

CHANGED = Problem(
    pointer.POINTER,
    "丢失、损坏或与各期不符，已按各期自带的次序重排",
    "is lost, damaged or at odds with the releases; their own order is used",
)


@dataclass(frozen=True)
class Order:
    """Names of the release files, newest first, present or not; the current one, and the problems of others."""

    names: tuple[str, ...]
    current: ReleaseFile | None
    problems: tuple[Problem, ...] = ()


_known: dict[Path, tuple[object, Order]] = {}
"""The last order read for each folder, with the state of its files then."""


def order(home: Home) -> Order:
    """The releases of a home as they lie on disk now; nothing is written."""
    folder = home.releases
    state = _state(folder)
    known = _known.get(folder)
    if known is None or known[0] != state:
        known = _known[folder] = (state, _by_pointer(folder) or _by_releases(folder))
    return known[1]


def current(home: Home) -> ReleaseFile:
    """The newest release that can be used; raises ``NoRelease``, with the problems of the files where there are any."""
    releases = order(home)
    if releases.current is not None:
        return releases.current
    if releases.problems:
        raise NoUsableRelease(*describe(releases.problems, home))
    raise NoRelease("还没有发布过任何一期；请先运行 tidu run", "nothing has been published yet: start with tidu run")


def describe(problems: tuple[Problem, ...], home: Home) -> tuple[str, str]:
    """The problems and the way out, a line each, in Chinese and in English."""
    zh = [f"  {home.releases / problem.name}: {problem.zh}{_detail(problem)}" for problem in problems]
    en = [f"  {home.releases / problem.name}: {problem.en}" for problem in problems]
    zh.append("  出路：从备份恢复该文件，或将其移出 releases/；运行 tidu run 会另发一期")
    en.append("  way out: restore the file from a backup or move it out of releases/; tidu run publishes a new one")
    return "\n".join(zh), "\n".join(en)


def _detail(problem: Problem) -> str:
    return f" ({problem.detail})" if problem.detail else ""


def files_in(folder: Path) -> Iterator[os.DirEntry[str]]:
    """The files of the folder that are named like a release, without broken links and folders."""
    with os.scandir(folder) as entries:
        yield from (entry for entry in entries if pointer.NAME.fullmatch(entry.name) and Path(entry).is_file())


def _state(folder: Path) -> object:
    """Inode, size and times of every file: differs when a file of the folder has changed."""
    with os.scandir(folder) as entries:
        stats = {entry.name: entry.stat(follow_symlinks=False) for entry in entries}
    return {name: (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for name, stat in stats.items()}


def _by_pointer(folder: Path) -> Order | None:
    """The order in the pointer; None where it does not agree with the files."""
    present = {entry.name for entry in files_in(folder)}
    names = pointer.read(folder)
    if names is None:
        return None if present or (folder / pointer.POINTER).exists() else Order((), None)
    if not present <= set(names):
        return None
    newest, usable, problems = _choose(inspect(folder / name) for name in names)
    if newest is not None and newest.seq is not None:
        place = len(names) - names.index(newest.path.name)
        if newest.seq < place:  # fewer had been published before it than the pointer names below it
            return None
    return Order(tuple(names), usable, problems)


def _by_releases(folder: Path) -> Order:
    """The order in the releases themselves; unreadable files come last, because their place is unknown."""
    files = [inspect(folder / entry.name) for entry in files_in(folder)]
    releases = sorted(
        (file for file in files if isinstance(file, ReleaseFile)), key=lambda release: release.age, reverse=True
    )
    unreadable = sorted(
        (file for file in files if isinstance(file, Problem)), key=lambda problem: problem.name, reverse=True
    )
    names = [*(release.path.name for release in releases), *(problem.name for problem in unreadable)]
    _, usable, older = _choose(releases)
    return Order(tuple(names), usable, (CHANGED, *unreadable, *older))


def _choose(
    files: Iterable[ReleaseFile | Problem],
) -> tuple[ReleaseFile | None, ReleaseFile | None, tuple[Problem, ...]]:
    """The newest readable release, the newest with every table of this version, and the problems of newer files.

    Where all lack tables the newest is used: the tables it has can still be queried.
    """
    newest: ReleaseFile | None = None
    unreadable: list[Problem] = []
    older: list[Problem] = []
    for file in files:
        if isinstance(file, Problem):
            unreadable.append(file)
            continue
        newest = newest or file
        if not file.missing:
            return newest, file, (*unreadable, *older)
        older.append(_other_version(file))
        if len(older) == SEARCHED_RELEASES:
            break
    return newest, newest, (*unreadable, *older[:1])


def _other_version(release: ReleaseFile) -> Problem:
    first, rest = sorted(release.missing)[:TABLES_NAMED], sorted(release.missing)[TABLES_NAMED:]
    tables = ", ".join(first) + (" …" if rest else "")
    return Problem(
        release.path.name,
        f"由另一版本的 Tidu 发布，缺少 {tables}",
        f"was published by another version of Tidu and lacks {tables}",
    )
