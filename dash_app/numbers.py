"""Numbers and days at the edge: fen become 万元 or 亿元, absent ones a dash."""

from datetime import date, datetime

from dash_app.words import Lang, word
from tiers.messages.verdict import show


def money(fen: int | None, lang: Lang) -> str:
    """Fen as 万元 or 亿元, in English as yuan."""
    return show(None if fen is None else fen / 100, "yuan", lang)


def percent(value: float | None) -> str:
    """A share in percent with one place."""
    return "–" if value is None else f"{value:,.1f}%"


def count(value: int | None) -> str:
    """A whole number with thousands apart."""
    return "–" if value is None else f"{value:,}"


def day(value: date | datetime | None) -> str:
    """A day as 2026-06-30."""
    return "–" if value is None else value.isoformat()[:10]


def place(source: str, lang: Lang) -> str:
    """Where a figure stands: file, sheet and row; the word for the row in the reader's language."""
    return source.replace(f" {word('row', 'zh')} ", f" {word('row', lang)} ")
