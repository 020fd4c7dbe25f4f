"""Moments as people read them: in the time of the zone."""

from datetime import datetime

from warehouse.machine.local_time import CHINA as CHINA
from warehouse.machine.local_time import local as local
from warehouse.machine.local_time import local_day as local_day


def minute(moment: datetime | str | None) -> str:
    """A moment up to its minute, – for none."""
    return f"{local(moment):%Y-%m-%d %H:%M}" if moment else "–"


def second(moment: datetime) -> str:
    """A moment up to its second, with its offset."""
    return local(moment).isoformat(sep=" ", timespec="seconds")
