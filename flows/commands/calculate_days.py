"""Days and years as options of the calculators."""

from datetime import date
from typing import Annotated, Any

import typer

from flows.commands.options import parse_day
from flows.terminal.help_text import both
from flows.terminal.language import of_both

FIRST_YEAR, LAST_YEAR = 1950, 2100


def parse_plausible_day(text: str | date) -> date:
    """A day written as 2026-06-30 in a year that a firm's papers can bear; anything else is wrong usage."""
    day = text if isinstance(text, date) else parse_day(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise typer.BadParameter(
            of_both(
                f"{day}：年份须在 {FIRST_YEAR}–{LAST_YEAR}", f"{day}: the year must lie in {FIRST_YEAR}–{LAST_YEAR}"
            )
        )
    return day


def day_argument(zh: str, en: str) -> Any:
    """A day that must be given, and which it is."""
    return typer.Argument(parser=parse_plausible_day, metavar="DAY", help=both(zh, en))


def day_option(zh: str, en: str) -> Any:
    """A day that may be given, and which it is."""
    return typer.Option(parser=parse_plausible_day, help=both(zh, en))


DayOption = Annotated[
    date | None,
    typer.Option(
        "--on", parser=parse_plausible_day, help=both("哪一天", "The day"), show_default=both("今天", "today")
    ),
]
YearOption = Annotated[int | None, typer.Option(min=FIRST_YEAR, max=LAST_YEAR, help=both("年度", "The year"))]


def day_or_today(day: date | None) -> date:
    """The day given, else today."""
    return day or date.today()  # noqa: DTZ011 - the day of the desk
