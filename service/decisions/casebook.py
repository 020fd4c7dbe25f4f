"""What to do where the casebook is damaged or has lost statements."""

from datetime import datetime
from pathlib import Path

from warehouse.home import Home
from warehouse.lock import writer
from warehouse.release import casebook_check


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
