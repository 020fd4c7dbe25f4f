"""Clocks that tests move."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the moment that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 30, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        """Let time pass; back where negative."""
        self.now += timedelta(seconds=seconds)
