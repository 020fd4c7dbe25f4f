"""The time that people live by: China Standard Time, whatever the clock of the machine is set to."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""The time of every zone; it has no summer time."""


def local(moment: datetime | str) -> datetime:
    """A moment, or its text, in China Standard Time; one without an offset is in it already."""
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return known.replace(tzinfo=CHINA) if known.tzinfo is None else known.astimezone(CHINA)


def local_day(moment: datetime | str) -> date:
    """The day of a moment."""
    return local(moment).date()
