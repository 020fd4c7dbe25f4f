"""Moments are read in the time of the zone, whatever the clock of the machine is set to."""

from datetime import UTC, date, datetime

from service.wording.shown_moments import local, local_day, minute, second

EVENING = datetime(2026, 6, 30, 16, 30, tzinfo=UTC)


def test_a_moment_is_shown_in_the_time_of_the_zone() -> None:
    assert minute(EVENING) == minute("2026-06-30T16:30:00.000000+00:00") == "2026-07-01 00:30"
    assert second(EVENING) == "2026-07-01 00:30:00+08:00"
    assert (minute(None), minute("")) == ("–", "–")


def test_a_day_begins_at_midnight_of_the_zone() -> None:
    assert local_day(EVENING) == date(2026, 7, 1)
    assert local_day(datetime(2026, 6, 30, 15, 59, tzinfo=UTC)) == date(2026, 6, 30)


def test_a_moment_without_an_offset_is_of_the_zone() -> None:
    assert local("2026-06-30 12:00").astimezone(UTC) == datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
