"""Movements and answers by sign, word and colour, never by colour alone."""

from typing import Any

from dash import html

from service.rendering import OUTCOMES

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
ANSWER_SIGNS = {outcome: wording.sign for outcome, wording in OUTCOMES.items()}
HIDDEN: Any = {"aria-hidden": "true"}
"""Keeps a sign from screen readers, which read the word beside it."""


def movement_badge(movement: str, name: str) -> html.Span:
    """The badge of a movement; ``name`` is its word."""
    return html.Span(
        [html.Span(SIGNS.get(movement, ""), **HIDDEN), " ", name],
        className=f"badge move-{movement}",
    )


def answer_badge(outcome: str, name: str) -> html.Span:
    """The badge of an outcome; ``name`` is its word."""
    return html.Span(
        [html.Span(ANSWER_SIGNS.get(outcome, ""), **HIDDEN), " ", name],
        className=f"badge answer-{outcome}",
    )
