"""Days and years as options of the calculators."""

from datetime import date
from typing import Annotated, Any

import typer

from flows.commands.options import parse_day
from flows.terminal.help_text import both
from flows.terminal.language import of_both


def parse_plausible_day(text: str | date) -> date:
    """A day written as 2026-06-30 in a year that a firm's papers can bear; anything else is wrong usage."""
    day = text if isinstance(text, date) else parse_day(text)
    _require_plausible(day.year, f"{day}")
    return day


def plausible_year(year: int | None) -> int | None:
    """A year that a firm's papers can bear; another is wrong usage."""
    if year is not None:
        _require_plausible(year, f"{year}")
    return year


def _require_plausible(year: int, written: str) -> None:
    from service.display import display

    years = display().years_of_papers
    if not years.first <= year <= years.last:
        span = f"{years.first}–{years.last}"
        raise typer.BadParameter(of_both(f"{written}：年份须在 {span}", f"{written}: the year must lie in {span}"))


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
YearOption = Annotated[int | None, typer.Option(callback=plausible_year, help=both("年度", "The year"))]


def day_or_today(day: date | None) -> date:
    """The day given, else today."""
    return day or date.today()  # noqa: DTZ011 - the day of the desk
