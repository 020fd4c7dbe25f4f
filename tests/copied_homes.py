"""Copies of a home for tests that write; the copy of its release goes from test to test, until one changes it.

The release is nearly all of a home: to copy its file and to remove it takes 40 CPU milliseconds.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.home import Home


def copy_home(home: Home, root: Path, *left_out: str) -> Home:
    """A copy at ``root``, though other processes open and close the casebook of the home meanwhile.

    What SQLite keeps beside a casebook goes with its last reader: the shared memory is made again from the log, and
    where the log went while it was copied, all is copied again.
    """
    ignored = shutil.ignore_patterns("*-shm", *left_out)
    while not root.exists():
        try:
            shutil.copytree(home.root, root, ignore=ignored)
        except shutil.Error as error:
            shutil.rmtree(root)
            if not all(source.endswith("-wal") for source, *_ in error.args[0]):
                raise
    return Home(root)


class CopiedHomes:
    """Copies of one home with one release; ``kept`` is where the file of the release lies between tests."""

    def __init__(self, home: Home, kept: Path) -> None:
        self._home, self._kept = home, kept
        (self._release,) = home.releases.glob("*.duckdb")

    @contextmanager
    def at(self, root: Path) -> Iterator[Home]:
        """A copy of the home at ``root``, for one test at a time."""
        release = copy_home(self._home, root, self._release.name).releases / self._release.name
        if self._kept.exists():
            self._kept.rename(release)
        else:
            shutil.copy2(self._release, release)
        before = _state(release)
        yield Home(root)
        if release.is_file() and _state(release) == before:
            release.rename(self._kept)


def _state(path: Path) -> tuple[int, ...]:
    """Another one once the file is written, replaced, or may be read by others."""
    state = path.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_mode, state.st_uid
