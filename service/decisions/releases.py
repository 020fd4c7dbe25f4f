"""What a person does to the releases of a home: remove one, freeze one, or start a run under the writer's lock."""

from datetime import date, datetime
from pathlib import Path

from warehouse.home import Home
from warehouse.lock import writer as writer
from warehouse.release import freezing, removal
from warehouse.release.releases import tidy as tidy
from warehouse.release.vintages import Vintage as Vintage


def remove(home: Home, run_id: str, *, by: str, why: str, now: datetime) -> Path:
    """Remove the release of a run; raises ``BadInput`` for one that must stay, ``Busy`` while a run writes."""
    with writer(home):
        return removal.remove(home, run_id, by=by, why=why, now=now)


def freeze(home: Home, month: str, today: date, now: datetime) -> tuple[Vintage, bool]:
    """The vintage of a month, and whether it was made now; raises as ``freezing.freeze``, and ``Busy``."""
    with writer(home):
        return freezing.freeze(home, month, today, now)
