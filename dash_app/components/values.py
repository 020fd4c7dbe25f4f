"""Numbers and days as they are shown; – for those that are not known."""

from datetime import date, datetime

from dash_app.wording.loader import SHARED, Lang, words_of
from service.rendering import show

word = words_of(SHARED)


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
    """A day as 2026-06-30."""
    return "–" if value is None else value.isoformat()[:10]


def place(source: str, lang: Lang) -> str:
    """File, sheet and row of a figure, with the word for the row in the language of the page."""
    return source.replace(f" {word('row', 'zh')} ", f" {word('row', lang)} ")
