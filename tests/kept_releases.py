"""Release files stay open between the queries of a test process: opening one takes 23 CPU milliseconds, a query one."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse.database.build import Snapshot

FOLDERS = {"releases", "builds"}
"""Of a home; elsewhere lie files that tests write themselves."""
MOST = 6
"""Files that are open at the same time."""

Version = tuple[int, ...]


def _version(path: Path) -> Version:
    """Another one after each change of the file."""
    state = path.stat()
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


class _Kept:
    """Snapshots of releases by path; whoever opens a file in another way finds it closed."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, tuple[Version, Snapshot]] = OrderedDict()
        self._connect, self._connect_snapshot = duckdb.connect, Snapshot.connect.__func__  # type: ignore[attr-defined]

    def snapshot(self, kind: type[Snapshot], path: Path) -> Snapshot:
        """A connection of its own to the release."""
        if path.parent.name not in FOLDERS or not path.is_file():
            return self._connect_snapshot(kind, path)  # type: ignore[no-any-return]
        version, snapshot = self._open.get(str(path), (None, None))
        if snapshot is None or version != _version(path):
            self.close(str(path))
            snapshot = None  # else DuckDB would read the earlier version on
            version, snapshot = _version(path), self._connect_snapshot(Snapshot, path)
            self._open[str(path)] = version, snapshot
        self._open.move_to_end(str(path))
        if len(self._open) > MOST:
            self.close(next(iter(self._open)))
        return kind(path, snapshot._connection.cursor())

    def connect(self, database: str = ":memory:", *rest: Any, **options: Any) -> duckdb.DuckDBPyConnection:
        """``duckdb.connect``."""
        self.close(str(database))
        return self._connect(database, *rest, **options)

    def close(self, path: str) -> None:
        """Let it go: closing it would close the connections of others, which end by themselves."""
        self._open.pop(path, None)


@contextmanager
def kept_releases() -> Iterator[None]:
    """Snapshots of releases share a database by file, as long as the file is the same."""
    kept = _Kept()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", kept.connect)
        patch.setattr(Snapshot, "connect", classmethod(kept.snapshot))
        yield
