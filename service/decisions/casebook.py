"""What to do where the casebook is damaged or has lost events; its backup, and its move to another database."""

from datetime import datetime
from pathlib import Path

from warehouse.casebook.events import Head
from warehouse.casebook.store import Store
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import casebook_check
from warehouse.release.lock import writer


def restore(home: Home, *, now: datetime) -> tuple[int, Path | None]:
    """Put back what the newest release knows: how many statements, and where a damaged casebook was kept.

    Raises ``BadInput`` where other statements bear the same numbers, ``Busy`` while a run writes.
    """
    with writer(home):
        return casebook_check.restore(home, now)


def accept_loss(home: Home, *, by: str, why: str, now: datetime) -> tuple[int, Path | None]:
    """Let runs go on without the lost statements; returns and raises as ``restore``."""
    with writer(home):
        return casebook_check.accept_loss(home, by=by, why=why, now=now)


def backup(home: Home, file: Path) -> Head:
    """Copy the casebook, of either database, into a new SQLite file and verify it; other processes may write on.

    Raises ``BadInput`` where the file exists.
    """
    from warehouse.casebook.copying import copy

    store = Store.existing(home)
    _require_new(file)
    with store.read() as con:
        return copy(con, Store(file))


def move(home: Home, to: str, *, now: datetime) -> tuple[Head, str, Path | None]:
    """Move the casebook to an empty PostgreSQL database or a new SQLite file, verified before it is given up here.

    Returns the head, the name of the new place, and where a file was put aside. Nobody writes meanwhile, and nobody
    here afterwards. Raises ``BadInput`` where something is there already.
    """
    from warehouse.casebook.copying import copy, refuse_more

    store, aside = Store.existing(home), None
    target = Store(to if "://" in to else Path(to).absolute())
    if target.path is not None:
        _require_new(target.path)
    with writer(home), store.write() as con:
        head = copy(con, target)
        refuse_more(con, target.name)
    if store.path is not None:
        aside = store.put_aside(f"moved-{now:%Y%m%d-%H%M%S}")
    return head, target.name, aside


def _require_new(file: Path) -> None:
    if file.exists():
        raise BadInput(
            f"{file}: 已存在，不覆盖；请另取名", f"{file}: exists and is not overwritten; choose another name"
        )
