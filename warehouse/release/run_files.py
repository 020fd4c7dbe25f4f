"""The output files of a run beside its release: extracts, report cards, the list of quarantined rows.

They are written below ``builds/`` and moved to their folders after the release is published, so that a killed run
leaves no files of a release that does not exist. The next run moves the files of a run killed after publishing.
"""

import os
import shutil
from pathlib import Path

from warehouse.errors import HomeFailed
from warehouse.home import Home

SUFFIX = ".files"


def aside(home: Home, run_id: str) -> "RunFiles":
    """The folder where a run writes its output files; raises ``HomeFailed`` where they could not be moved later."""
    files = RunFiles(home, run_id)
    for target in files.targets.values():
        if not os.access(target.parent, os.W_OK):
            raise HomeFailed.unwritable(target.parent)
    files.folder.mkdir(exist_ok=True)
    return files


class RunFiles:
    """The files of one run, below ``builds/``, or ``held/`` with a held one, until they are moved to their folders."""

    def __init__(self, home: Home, run_id: str, beside: Path | None = None) -> None:
        self.folder = (beside or home.builds) / f"{run_id}{SUFFIX}"
        self.extracts = self.folder / "extracts"
        self.report_cards = self.folder / "report_cards"
        self.quarantine = self.folder / "quarantine.csv"
        self.targets = {
            self.extracts: home.extracts / run_id,
            self.report_cards: home.report_cards / run_id,
            self.quarantine: home.quarantine / f"{run_id}.csv",
        }

    def hand_out(self) -> None:
        """Move every file to its folder; after a kill it is called again and continues."""
        for written, target in self.targets.items():
            part = target.with_name(f".{target.name}.part")
            remove(part)
            if written.exists():
                _move(written, part, target)
        remove(self.folder)


def _move(source: Path, part: Path, target: Path) -> None:
    """Rename; to another disk, or onto an earlier copy, copy first and then move ``source`` out of the way."""
    try:
        source.replace(target)
    except OSError:
        shutil.copytree(source, part) if source.is_dir() else shutil.copy(source, part)
        remove(target)
        part.replace(target)
        source.replace(source.with_name(f"{source.name}.moved"))


def remove(path: Path) -> None:
    """Remove a file or a folder with its content, if it exists."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
