"""What a person does to releases: remove or freeze one, decide on a held one, start a run under the writer's lock."""

from datetime import date, datetime
from pathlib import Path

from warehouse.home import Home
from warehouse.release import freezing, held, releases, removal
from warehouse.release.lock import writer as writer
from warehouse.release.vintages import Vintage as Vintage


def remove(home: Home, run_id: str, *, by: str, why: str, now: datetime) -> Path:
    """Remove the release of a run; raises ``BadInput`` for one that must stay, ``Busy`` while a run writes."""
    with writer(home):
        return removal.remove(home, run_id, by=by, why=why, now=now)


def freeze(home: Home, month: str, today: date, now: datetime) -> tuple[Vintage, bool]:
    """The vintage of a month, and whether it was made now; raises as ``freezing.freeze``, and ``Busy``."""
    with writer(home):
        return freezing.freeze(home, month, today, now)


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
