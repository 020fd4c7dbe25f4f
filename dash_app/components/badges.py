"""Changes of position and answers by sign, word and colour, never by colour alone."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dash_app.wording.loader import Lang, value_word
from service.wording.rendering import ANSWERS, answer_of

SIGNS = {
    "up": "▲",
    "back": "↺",
    "down": "▼",
    "new": "＋",
    "gone": "×",
    "same": "＝",
}
"""The sign of each kind of change."""
ANSWER_SIGNS = {outcome: wording.sign for outcome, wording in ANSWERS.items()}
HIDDEN: Any = {"aria-hidden": "true"}
"""Keeps a sign from screen readers, which read the word beside it."""


def change_badge(change: str, name: str) -> html.Span:
    """The badge of a kind of change; ``name`` is its word."""
    return html.Span(
        [html.Span(SIGNS.get(change, ""), **HIDDEN), " ", name],
        className=f"badge move-{change}",
    )


def answer_badge(row: Mapping[str, Any], lang: Lang) -> html.Span:
    """The badge of the answer of a verdict or of a condition."""
    answer = answer_of(row)
    return html.Span(
        [html.Span(ANSWER_SIGNS.get(answer, ""), **HIDDEN), " ", value_word("outcome", answer, lang)],
        className=f"badge answer-{answer}",
    )


def beside_badge(row: Mapping[str, Any], sentence: str, lang: Lang) -> str:
    """The sentence of a verdict beside its badge: empty where it is the word of the badge alone."""
    return "" if sentence == value_word("outcome", answer_of(row), lang) else sentence
