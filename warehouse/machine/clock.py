"""The clock of this machine, which is handed to whatever needs the moment; and moments as text in UTC."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment, with its zone; given by the command or server that starts."""


def utc_now() -> datetime:
    """The moment of this machine: the clock of what is given no other."""
    return datetime.now(UTC)


def as_text(moment: datetime) -> str:
    """The text by which a moment is stored and hashed: UTC with microseconds, so that texts sort as moments."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
