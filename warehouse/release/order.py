"""The order of releases, and the one that is current.

A release is published by the rename that puts it into its folder. Its place in the order is in the file itself:
``run.seq`` counts publications, ``run.follows`` names the run that was current. ``CURRENT`` repeats that order, and
is believed only while it agrees with the files; else the order is read from the releases anew. So a pointer that was
lost, garbled, cut short or taken from a backup neither hides nor removes a release, and one that a killed run had
put into the folder without reaching the pointer is published.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import NoRelease
from warehouse.home import Home
from warehouse.release import pointer
from warehouse.release.inspection import Problem, ReleaseFile, inspect

LOOK_BACK = 12
"""How many releases are asked for one that has every table of this version, before an older make is taken."""

TABLES_NAMED = 3
"""How many missing tables a message names."""

CHANGED = Problem(
    pointer.POINTER,
    "丢失、损坏或与各期不符，已按各期自带的次序重排",
    "is lost, damaged or at odds with the releases; their own order is used",
)


@dataclass(frozen=True)
class Order:
    """Names of the release files, newest first, present or not; the current one, and what is wrong with others."""

    names: tuple[str, ...]
    current: ReleaseFile | None
    problems: tuple[Problem, ...] = ()


_known: dict[Path, tuple[object, Order]] = {}
"""The last answer for each folder, with the state of the files it was read from."""


def order(home: Home) -> Order:
    """The releases of a home as they lie on disk now; nothing is written."""
    folder = home.releases
    state = _state(folder)
    known = _known.get(folder)
    if known is None or known[0] != state:
        known = _known[folder] = (state, _by_pointer(folder) or _by_releases(folder))
    return known[1]


def current(home: Home) -> ReleaseFile:
    """The newest release that can be used; raises ``NoRelease`` with what is wrong with those there are."""
    releases = order(home)
    if releases.current is not None:
        return releases.current
    if releases.problems:
        zh, en = told(releases.problems, home)
        raise NoRelease(f"没有可用的一期：\n{zh}\nthere is no release that can be used:\n{en}")
    raise NoRelease("还没有发布过任何一期；请先运行 tidu run\nnothing has been published yet: start with tidu run")


def told(problems: tuple[Problem, ...], home: Home) -> tuple[str, str]:
    """What is wrong with which files and the way out, a line each, in either language."""
    zh = [f"  {home.releases / one.name}: {one.zh}{_detail(one)}" for one in problems]
    en = [f"  {home.releases / one.name}: {one.en}" for one in problems]
    zh.append("  出路：从备份恢复该文件，或将其移出 releases/；运行 tidu run 会另发一期")
    en.append("  way out: restore the file from a backup or move it out of releases/; tidu run publishes a new one")
    return "\n".join(zh), "\n".join(en)


def _detail(problem: Problem) -> str:
    return f" ({problem.detail})" if problem.detail else ""


def files_in(folder: Path) -> Iterator[os.DirEntry[str]]:
    """The files of the folder that are named like a release; links that lead nowhere and folders are none."""
    with os.scandir(folder) as entries:
        yield from (one for one in entries if pointer.NAME.fullmatch(one.name) and Path(one).is_file())


def _state(folder: Path) -> object:
    """Whatever changes when a file of the folder does."""
    with os.scandir(folder) as entries:
        stats = {one.name: one.stat(follow_symlinks=False) for one in entries}
    return {name: (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for name, stat in stats.items()}


def _by_pointer(folder: Path) -> Order | None:
    """The order that the pointer repeats; None where it does not agree with the files."""
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
    """The order that the releases keep themselves; files that cannot be read come last, for they tell no place."""
    found = [inspect(folder / entry.name) for entry in files_in(folder)]
    releases = sorted((one for one in found if isinstance(one, ReleaseFile)), key=lambda one: one.age, reverse=True)
    unreadable = sorted((one for one in found if isinstance(one, Problem)), key=lambda one: one.name, reverse=True)
    names = [*(one.path.name for one in releases), *(one.name for one in unreadable)]
    _, usable, older = _choose(releases)
    return Order(tuple(names), usable, (CHANGED, *unreadable, *older))


def _choose(
    found: Iterable[ReleaseFile | Problem],
) -> tuple[ReleaseFile | None, ReleaseFile | None, tuple[Problem, ...]]:
    """The newest release that can be read, the newest that has every table of this version, and the files before it.

    Of releases that all lack tables the newest is taken: what it has can still be asked.
    """
    newest: ReleaseFile | None = None
    unreadable: list[Problem] = []
    older: list[Problem] = []
    for one in found:
        if isinstance(one, Problem):
            unreadable.append(one)
            continue
        newest = newest or one
        if not one.missing:
            return newest, one, (*unreadable, *older)
        older.append(_older_make(one))
        if len(older) == LOOK_BACK:
            break
    return newest, newest, (*unreadable, *older[:1])


def _older_make(release: ReleaseFile) -> Problem:
    first, rest = sorted(release.missing)[:TABLES_NAMED], sorted(release.missing)[TABLES_NAMED:]
    tables = ", ".join(first) + (" …" if rest else "")
    return Problem(
        release.path.name,
        f"由另一版本的 Tidu 发布，缺少 {tables}",
        f"was published by another version of Tidu and lacks {tables}",
    )
