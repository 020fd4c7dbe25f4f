"""Whether this user can write a home, asked before a run begins, so that none ends halfway for it."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

from warehouse.home import Home, unusable
from warehouse.machine.refusals import refused, require_room

_BLOCK = bytes(4096)


def require_writable(home: Home) -> None:
    """Raise ``HomeFailed`` for the first folder or file that a run could not write, ``DiskFailed`` for a full disk.

    Folders that a run would make are made; nothing else is left behind.
    """
    for folder in _folders(home):
        _require_folder(folder)
    for path in (home.casebook, *home.root.glob("casebook.db-*")):
        if path.exists():
            _require_file(path)


def _folders(home: Home) -> Iterator[Path]:
    yield from (home.root, home.landing, home.builds, home.refusals, home.releases, home.extracts, home.quarantine)
    yield from (home.report_cards, *filter(Path.exists, [home.root / "runs", home.held]))
    yield from (entry for entry in sorted(home.landing.iterdir()) if entry.is_dir() and not entry.is_symlink())


def _require_folder(folder: Path) -> None:
    try:
        os.listdir(folder)  # noqa: PTH208 - as a permission is asked, not for its entries
        with TemporaryFile(dir=folder) as file:
            file.write(_BLOCK)
    except OSError as error:
        raise unusable(folder, error) from error


def require_space(home: Home) -> None:
    """Raise ``DiskFailed`` where a build as large as the largest release, beside what any run writes, has no room."""
    files = (path for path in home.releases.glob("*.duckdb") if not path.is_symlink())
    largest = max((path.stat().st_size for path in files), default=0)
    require_room(home.builds, home.root, largest)


def _require_file(path: Path) -> None:
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        raise refused(path, error) from error
