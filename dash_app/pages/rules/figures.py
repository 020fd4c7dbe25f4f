"""How many firms meet an edition or a condition, and whether an edition is in force."""

from typing import Any

from dash import html

from dash_app.components.values import count, day
from dash_app.rows import Row
from dash_app.wording.loader import Lang, value_word, words_of
from service.wording.rendering import ANSWERS

word = words_of("rules")
OUTCOMES = ("met", "judgement", "unknown", "not_met")


def days(row: Row, lang: Lang) -> str:
    """First and last day, or the first alone where the end is open."""
    if row["in_force_to"] is None:
        return word("open_end", lang).format(day(row["in_force_from"]))
    return f"{day(row['in_force_from'])} – {day(row['in_force_to'])}"


def state_badge(row: Row, lang: Lang) -> html.Span:
    """Whether an edition is in force on the day of the release."""
    return html.Span(value_word("edition_state", row["state"], lang), className=f"badge rules-{row['state']}")


def counts(row: Row | None, lang: Lang) -> Any:
    """How many firms of the scope meet an edition, and of how many figures alone do not say; a word where none do."""
    if row is None:
        return html.Span(word("not_evaluated", lang), className="quiet")
    beside = [name for name in ("judgement", "unknown") if row[name]]
    counted = " · ".join(f"{value_word('outcome', name, lang)} {count(row[name])}" for name in ("met", *beside))
    return [counted, *([html.Br(), html.Strong(word("decides", lang))] if row["is_selected"] else [])]


def answered(answers: Row | None, lang: Lang) -> Any:
    """Number of firms by outcome of a condition, as a sign with words for screen readers."""
    if answers is None:
        return "–"
    parts = [f"{ANSWERS[name].sign} {count(answers[name])}" for name in OUTCOMES if answers[name]]
    spoken = ", ".join(
        f"{value_word('outcome', name, lang)} {count(answers[name])}" for name in OUTCOMES if answers[name]
    )
    return html.Span(" ".join(parts), title=spoken, className="figure")
