"""Movements and answers by sign, word and colour, never by colour alone."""

from collections.abc import Mapping
from typing import Any

from dash import html

from dash_app.wording.loader import Lang, value_word
from service.rendering import ANSWERS, answer_of

SIGNS = {
    "up": "▲",
    "down": "▼",
    "stalling": "▬",
    "at_risk": "!",
    "new": "＋",
    "gone": "×",
    "cannot_tell": "?",
    "holding": "＝",
}
"""The sign of each movement."""
ANSWER_SIGNS = {outcome: wording.sign for outcome, wording in ANSWERS.items()}
HIDDEN: Any = {"aria-hidden": "true"}
"""Keeps a sign from screen readers, which read the word beside it."""


def movement_badge(movement: str, name: str) -> html.Span:
    """The badge of a movement; ``name`` is its word."""
    return html.Span(
        [html.Span(SIGNS.get(movement, ""), **HIDDEN), " ", name],
        className=f"badge move-{movement}",
    )


def answer_badge(row: Mapping[str, Any], lang: Lang) -> html.Span:
    """The badge of the answer of a verdict or of a condition."""
    answer = answer_of(row)
    return html.Span(
        [html.Span(ANSWER_SIGNS.get(answer, ""), **HIDDEN), " ", value_word("outcome", answer, lang)],
        className=f"badge answer-{answer}",
    )
