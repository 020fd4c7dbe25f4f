"""Earlier releases of a home for the questions of a page, each within the same scope as the current one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.desk.desk import Kind
from warehouse.release.inspection import ReleaseFile, inspect
from warehouse.release.reader import desk_of
from warehouse.release.releases import Reader
from warehouse.rows import Row


class Earlier:
    """The releases of a home, newest first."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def runs(self) -> list[Row]:
        """``run_id``, ``day`` and ``published_at`` of every release that can be read."""
        files = [inspect(releases.path_of(self._home, run_id)) for run_id in releases.runs(self._home)]
        return [
            {name: file.run.get(name) for name in ("run_id", "day", "published_at")}
            for file in files
            if isinstance(file, ReleaseFile)
        ]

    @contextmanager
    def desk(self, run_id: str, kind: Kind, keys: Sequence[str]) -> Iterator[Reader]:
        """The release of a run within a scope; raises ``BadInput`` where there is none of that number."""
        with desk_of(releases.of_run(self._home, run_id), kind, keys) as desk:
            yield desk
