"""Numbers, days and sources as they are shown; – for those that are not known."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from dash import html

from dash_app.wording.loader import Lang, words_of
from service.wording.rendering import Counted, Source, sector_name, show, source_text
from service.wording.shown_moments import local_day

word = words_of("shared")
AND = {"zh": "、", "en": ", "}


def money(fen: int | None, lang: Lang) -> str:
    """Fen as 元, 万元 or 亿元, in English as yuan or million yuan."""
    return show(None if fen is None else fen / 100, "yuan", lang)


def percent(value: float | None) -> str:
    """A share in percent with one decimal place."""
    return "–" if value is None else f"{value:,.1f}%"


def count(value: int | None) -> str:
    """A whole number with thousands separated."""
    return "–" if value is None else f"{value:,}"


def day(value: date | datetime | None) -> str:
    """A day as 2026-06-30; of a moment the day of the zone."""
    return "–" if value is None else (local_day(value) if isinstance(value, datetime) else value).isoformat()


def industry(code: str | None, lang: Lang) -> str:
    """An industry code after the name of its division; – where it is not known."""
    if not code or not code[:2].isdigit():
        return "–"
    name = sector_name(code, lang)
    return code if name == code else f"{name} {code}"


def firms_counted(number: int, lang: Lang) -> str:
    """A number of firms with their word."""
    return word("count_firms", lang).format(n=Counted(number))


def rows_counted(number: int | None, lang: Lang) -> str:
    """A number of rows with their word; – where it is not known."""
    return "–" if number is None else word("count_rows", lang).format(n=Counted(number))


def joined(parts: Iterable[str], lang: Lang) -> str:
    """Several names in a row; – for none."""
    return AND[lang].join(parts) or "–"


def source_lines(sources: Iterable[Source], lang: Lang) -> list[html.Div]:
    """Each delivered row behind a figure on a line of its own."""
    return [html.Div(source_text(source, lang)) for source in sources]


def delivered(contested: Mapping[str, Any]) -> str:
    """The figure that is contested as its file has it, money with the unit of the file; – for an empty cell."""
    value, unit = contested["value_before"], contested.get("money_unit")
    if not value:
        return "–"
    return f"{int(value):,} {unit}" if unit and value.isdecimal() else " ".join(filter(None, (value, unit)))
