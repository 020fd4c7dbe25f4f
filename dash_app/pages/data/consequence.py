"""What a decision on a row would change: the verdicts of its firm before and after."""

from typing import Any

from dash import html

from dash_app.components.badges import answer_badge
from dash_app.components.sections import table
from dash_app.wording.loader import Lang, words_of
from service.casework import Consequence
from service.wording.rendering import Counted

word = words_of("data")
REASONS = {
    "statistics": "is_statistics",
    "no_firm": "no_firm_yet",
    "no_year": "no_year",
    "not_loaded": "not_loaded",
}
"""The word for each reason why nothing can be worked out."""


def consequence(worked: Consequence, lang: Lang) -> Any:
    """A table of the verdicts that would change; a sentence where none would, or why it cannot be worked out."""
    if worked.reason:
        return html.P(word(REASONS[worked.reason], lang), className="state-unknown")
    if not worked.changes:
        return html.P(word("nothing_changes", lang).format(Counted(worked.figures)), className="state-empty")
    heads = [word(head, lang) for head in ("edition", "before", "after")]
    rows = [
        html.Tr(
            [html.Th(row[lang], scope="row"), html.Td(_badge(row["before"], lang)), html.Td(_badge(row["after"], lang))]
        )
        for row in sorted(worked.changes, key=lambda row: not row["is_selected"])
    ]
    return html.Div([html.P(word("would_change", lang).format(Counted(worked.figures))), table(heads, rows)])


def _badge(outcome: str, lang: Lang) -> Any:
    return answer_badge({"outcome": outcome}, lang)
