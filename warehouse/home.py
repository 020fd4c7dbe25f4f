"""Where everything lies below one folder, ``TIDU_HOME`` (default ``./data``)."""

import os
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import HomeFailed

OWNER_ALONE = 0o077
"""The umask of every process that opens a home: what it writes, children included, only its owner may read."""


@dataclass(frozen=True)
class Home:
    """The folder of one installation; each part is made when it is first asked for."""

    root: Path

    def __post_init__(self) -> None:
        os.umask(OWNER_ALONE)

    @classmethod
    def from_environment(cls) -> "Home":
        """The home named by ``TIDU_HOME``, or ``./data``."""
        return cls(Path(os.environ.get("TIDU_HOME", "data")).absolute())

    def _part(self, name: str) -> Path:
        return _folder(self.root / name)

    @property
    def landing(self) -> Path:
        """Originals as delivered, by feed and hash; never edited, never removed."""
        return self._part("landing")

    @property
    def builds(self) -> Path:
        """Private, unfinished work of a run; safe to delete when no run is active."""
        return self._part("builds")

    @property
    def refusals(self) -> Path:
        """Deliveries on which a step failed, one JSON file each."""
        return self._part("refusals")

    @property
    def releases(self) -> Path:
        """Published warehouses, one DuckDB file a run, and the pointer ``CURRENT``."""
        return self._part("releases")

    @property
    def extracts(self) -> Path:
        """Files for incubators, one folder a run."""
        return self._part("extracts")

    @property
    def quarantine(self) -> Path:
        """Reports of quarantined rows, one CSV a run."""
        return self._part("quarantine")

    @property
    def report_cards(self) -> Path:
        """What goes back to each supplier: one folder a run, a page and a CSV for each."""
        return self._part("report_cards")

    @property
    def runs(self) -> Path:
        """Our own record of runs, one JSON file each."""
        return self._part("runs")

    @property
    def prefect(self) -> Path:
        """The embedded Prefect server's files."""
        return self._part("prefect")

    @property
    def casebook(self) -> Path:
        """What people stated, in SQLite: the one file here that cannot be made again from the originals."""
        return _folder(self.root) / "casebook.db"

    @property
    def lock(self) -> Path:
        """The writer's lock: one run at a time."""
        return _folder(self.root) / "writer.lock"


def _folder(path: Path) -> Path:
    """Made where it is not there; raises ``HomeFailed`` where it cannot be, or DuckDB could not write below it."""
    if "?" in str(path):  # DuckDB takes what follows for no part of the name when it opens its log
        raise HomeFailed.unwritable(path, "名称中有 ? a ? in the name")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeFailed.unwritable(path, error.strerror) from error
    return path
