"""Whether the casebook is sound, and holds every statement the last release rests on."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from warehouse.casebook.store import Store
from warehouse.errors import BadInput, CasebookFailed
from warehouse.home import Home
from warehouse.release import casebook_check
from warehouse.release.casebook_check import WAY_OUT as WAY_OUT
from warehouse.release.casebook_check import State

if TYPE_CHECKING:
    from warehouse.casebook.verifying import Verified


SQLITE = b"SQLite format 3\0"
"""How every database of SQLite begins."""


def state(home: Home) -> State:
    """The casebook beside the newest release; none is made where there is none."""
    return casebook_check.state(home)


def verify(home: Home, file: Path | None = None) -> "Verified":
    """Whether the chain is whole, derived rows are the fold of their events, proofs are kept, and changes are refused.

    A backup has no proofs. It is copied first, with its log where it has any: verifying changes nothing of it. Raises
    ``BadInput`` where there is no casebook, or the file is none.
    """
    from warehouse.casebook.verifying import verify

    if file is None:
        return verify(Store.existing(home), home)
    require_casebook(file)
    with TemporaryDirectory() as folder:
        for part in ("", "-wal"):
            if (source := file.with_name(f"{file.name}{part}")).exists():
                shutil.copyfile(source, Path(folder) / f"{file.name}{part}")
        store = Store(Path(folder) / file.name)
        try:
            return verify(store)
        except CasebookFailed as error:
            raise BadInput(
                f"{file}: 读不出决定簿，可能已损坏；请换一份备份",
                f"{file}: no casebook can be read from it, it may be damaged: take another backup",
            ) from error
        finally:
            store.close()


def require_casebook(file: Path) -> None:
    """Raise ``BadInput`` for a file that is not there, or is no database of SQLite."""
    if not file.is_file():
        raise BadInput(f"{file}: 没有这个文件", f"{file}: there is no such file")
    with file.open("rb") as opened:
        if opened.read(len(SQLITE)) != SQLITE:
            raise BadInput(f"{file}: 不是决定簿的备份", f"{file}: is no backup of a casebook")


def as_row(casebook: State) -> dict[str, Any]:
    """The state for pipelines; ``lost`` are the numbers of the statements that are missing."""
    return {
        "path": casebook.path,
        "fault": casebook.fault,
        "statements": casebook.events,
        "lost": [event.seq for event in casebook.lost],
    }
