"""The members of the pool as a table, first what is due first."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dash_app.components.sections import section, table
from dash_app.components.things import case_link, line
from dash_app.components.values import day
from dash_app.session import Session
from dash_app.wording.loader import words_of

word = words_of("cultivation")
Row = Mapping[str, Any]
MEMBER = ("firm", "designation", "state", "next_step", "due_by")


def members(rows: Sequence[Row], session: Session) -> Any:
    """The table, or that there is none."""
    lang = session.lang
    if not rows:
        return html.P(word("no_members", lang), className="quiet")
    lines = [
        line([
            case_link(row, session), row[f"designation_{lang}"], row[f"state_{lang}"], row[f"next_{lang}"] or "–",
            day(row["due_on"]),
        ])
        for row in rows
    ]  # fmt: skip
    heads = [word(name, lang) for name in MEMBER]
    return section(f"{word('members', lang)} {len(rows)}", html.Div(table(heads, lines), className="wide"))
