"""What a person does to releases: remove one, decide on a held one, start a run under the writer's lock."""

from datetime import datetime
from pathlib import Path

from warehouse.home import Home
from warehouse.lock import writer as writer
from warehouse.release import held, releases, removal


def remove(home: Home, run_id: str, *, by: str, why: str, now: datetime) -> Path:
    """Remove the release of a run; raises ``BadInput`` for one that must stay, ``Busy`` while a run writes."""
    with writer(home):
        return removal.remove(home, run_id, by=by, why=why, now=now)


def tidy(home: Home) -> None:
    """Complete what a killed run or decision left; the caller has the writer's lock."""
    releases.tidy(home)
    held.complete(home)


def accept(home: Home, run_id: str, *, by: str, why: str, now: datetime) -> Path:
    """Publish a held release; raises ``BadInput`` for one that is not held or was overtaken, ``Busy`` in a run."""
    with writer(home):
        return held.accept(home, run_id, by=by, why=why, now=now)


def refuse(home: Home, run_id: str, *, by: str, why: str, now: datetime) -> None:
    """Remove a held release; raises ``BadInput`` for one that is not held, ``Busy`` while a run writes."""
    with writer(home):
        held.refuse(home, run_id, by=by, why=why, now=now)
