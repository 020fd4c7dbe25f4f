"""Entries of landing that were not landed, and damaged side files: reported and left in place, they stop no run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake.delivery import SIDE_FILES, side_files
from warehouse.intake.inbox import shown
from warehouse.intake.originals import set_aside_command

_LANDED_NAME = re.compile(r"[0-9a-f]{64}(\..*)?|\..*\.part|[0-9a-f]{16}\.(json|part)|.*\.stranger", re.DOTALL)


@dataclass(frozen=True)
class Unrecognised:
    """An entry of landing, and the message about it."""

    path: Path
    error: BadInput
    is_side_file: bool = False
    """A damaged side file: its delivery is not loaded."""


def unrecognised(home: Home) -> list[Unrecognised]:
    """Side files that describe no delivery, and files, folders and links that were not landed."""
    damaged = [_damaged(path) for path, delivery in side_files(home) if delivery is None]
    return [*damaged, *(_unknown(path, home) for path in _not_landed(home))]


def _not_landed(home: Home) -> Iterator[Path]:
    for folder in sorted(home.landing.iterdir()):
        is_elsewhere = folder.is_symlink() and not any(folder.glob(SIDE_FILES.removeprefix("*/")))
        if is_elsewhere or not folder.is_dir():
            yield folder
            continue
        yield from (path for path in sorted(folder.iterdir()) if not _LANDED_NAME.fullmatch(path.name))


def _damaged(path: Path) -> Unrecognised:
    name = f"landing/{shown(path.parent.name)}/{shown(path.name)}"
    aside = set_aside_command(shown(path.stem))
    return Unrecognised(
        path,
        BadInput(
            f"{name}: 附页为空、损坏或不属于本系统，这份来件未装入，其余照常；原件仍在同一文件夹。"
            f"请把原文件再次放入来件目录（附页随之重建），或从备份恢复附页；不再需要时 {aside}",
            f"{name}: this side file is empty, garbled or not ours; its delivery was not loaded, the rest goes on. The"
            " original is still in the same folder: put the file into the inbox again (that rebuilds the side file), or"
            f" restore the side file from a backup; where it is no longer needed, {aside}",
        ),
        is_side_file=True,
    )


def _unknown(path: Path, home: Home) -> Unrecognised:
    name = "landing/" + "/".join(shown(part) for part in path.relative_to(home.landing).parts)
    return Unrecognised(
        path,
        BadInput(
            f"{name}: 不是收存的来件，未理会；来件请放入来件目录，其他文件请移走",
            f"{name}: was not landed and is left alone; put deliveries into the inbox and move other files away",
        ),
    )
