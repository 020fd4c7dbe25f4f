"""Moments as text in UTC, as the tables keep them."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Tells the present moment, with its zone; given by whoever starts a command or a server."""


def as_text(moment: datetime) -> str:
    """A moment in UTC with microseconds, so that texts sort as moments."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
