"""Changes of position and answers by sign, word and colour, never by colour alone."""

from typing import Any

from dash import html

from service.rendering import OUTCOMES

SIGNS = {
    "up": "▲",
    "back": "↺",
    "down": "▼",
    "new": "＋",
    "gone": "×",
    "same": "＝",
}
"""The sign of each kind of change."""
ANSWER_SIGNS = {outcome: wording.sign for outcome, wording in OUTCOMES.items()}
HIDDEN: Any = {"aria-hidden": "true"}
"""Keeps a sign from screen readers, which read the word beside it."""


def change_badge(change: str, name: str) -> html.Span:
    """The badge of a kind of change; ``name`` is its word."""
    return html.Span(
        [html.Span(SIGNS.get(change, ""), **HIDDEN), " ", name],
        className=f"badge move-{change}",
    )


def answer_badge(outcome: str, name: str) -> html.Span:
    """The badge of an outcome; ``name`` is its word."""
    return html.Span(
        [html.Span(ANSWER_SIGNS.get(outcome, ""), **HIDDEN), " ", name],
        className=f"badge answer-{outcome}",
    )
