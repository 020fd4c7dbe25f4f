"""The folders of an installation below ``TIDU_HOME`` (default ``./data``)."""

import os
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import HomeFailed, WarehouseError
from warehouse.machine.refusals import known

FROZEN = "FROZEN.json"
"""The file by which a vintage is known, see ``release/vintages.py``."""

OWNER_ONLY = 0o077
"""The umask of every process that opens a home, and of its children: files are readable by their owner only."""


@dataclass(frozen=True)
class Home:
    """The root folder of an installation; subfolders are created on first use."""

    root: Path

    def __post_init__(self) -> None:
        os.umask(OWNER_ONLY)

    @classmethod
    def from_environment(cls) -> "Home":
        """The home named by ``TIDU_HOME``, or ``./data``."""
        return cls(Path(os.environ.get("TIDU_HOME", "data")).absolute())

    def exists(self) -> bool:
        """Whether a run or a scheduler made this home before; creates nothing."""
        return any((self.root / name).exists() for name in ("releases", "landing", "casebook.db", "prefect"))

    @property
    def is_frozen(self) -> bool:
        """Whether this home is a vintage, into which nothing is written."""
        return (self.root / FROZEN).is_file()

    def _part(self, name: str) -> Path:
        return _folder(self.root / name)

    @property
    def landing(self) -> Path:
        """Originals as delivered, by feed and hash; never edited, never removed."""
        return self._part("landing")

    @property
    def builds(self) -> Path:
        """Unfinished builds; safe to delete when no run is active."""
        return self._part("builds")

    @property
    def refusals(self) -> Path:
        """Refusals of deliveries on which a step failed, a JSON file each."""
        return self._part("refusals")

    @property
    def releases(self) -> Path:
        """Releases, a DuckDB file per run, and the pointer ``CURRENT``."""
        return self._part("releases")

    @property
    def vintages(self) -> Path:
        """Frozen releases, a folder per month that is a home of its own; never edited, never removed by Tidu."""
        return self._part("vintages")

    @property
    def outbox(self) -> Path:
        """Digests for recipients, a folder per week."""
        return self._part("outbox")

    @property
    def reports(self) -> Path:
        """Reports that were asked for once, such as reclassifications, a folder each."""
        return self._part("reports")

    @property
    def held(self) -> Path:
        """Complete builds that the publish gate holds, with their output files; not created before the first."""
        return self.root / "held"

    @property
    def extracts(self) -> Path:
        """Extracts for incubators, a folder per run."""
        return self._part("extracts")

    @property
    def quarantine(self) -> Path:
        """Reports of quarantined rows, a CSV file per run."""
        return self._part("quarantine")

    @property
    def report_cards(self) -> Path:
        """Report cards of suppliers: a folder per run with a page and a CSV file for each."""
        return self._part("report_cards")

    @property
    def proofs(self) -> Path:
        """Files that prove what a firm claims, by hash; never edited, never removed, not reproducible."""
        return self._part("proofs")

    @property
    def deliveries(self) -> Path:
        """Workbooks handed to incubators, a folder each by hash; never edited, never removed, not reproducible."""
        return self._part("deliveries")

    @property
    def runs(self) -> Path:
        """The run log, a JSON file per run."""
        return self._part("runs")

    @property
    def prefect(self) -> Path:
        """Files of the embedded Prefect server."""
        return self._part("prefect")

    @property
    def casebook(self) -> Path:
        """The statements of people, in SQLite; unlike everything else not reproducible from the originals."""
        return _folder(self.root) / "casebook.db"

    @property
    def lock(self) -> Path:
        """The writer's lock."""
        return _folder(self.root) / "writer.lock"


def _folder(path: Path) -> Path:
    """Create a folder; raises ``HomeFailed`` where that fails or DuckDB could not write below it."""
    if "?" in str(path):  # DuckDB cuts the name of its write-ahead log there
        raise HomeFailed.unwritable(path, "名称中有 ? a ? in the name")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unusable(path, error) from error
    return path


def unusable(folder: Path, error: OSError) -> WarehouseError:
    """The error for a folder that could not be made or written: that it cannot serve, unless the system says why."""
    return known(folder, error) or HomeFailed.unwritable(folder, error.strerror)
