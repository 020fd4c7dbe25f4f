"""The form of a step of the pool: a field for each paper it needs, and what stands against it now."""

from collections.abc import Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids
from dash_app.pages.cultivation.frame import field, send
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.casework import Casework

word = words_of("cultivation")
PAPER = "paper:"
"""Begins the names of the fields of papers."""


def step_form(work: Casework, session: Session, firm: str, step: str, request: str) -> Any:
    """The form; None where the firm is no member in the scope, or the step does not lead on from its state."""
    lang, board = session.lang, work.board()
    row = next((row for row in board.members() if row["firm_id"] == firm), None)
    known = board.steps([row])[firm] if row else []
    matching = next((known_step for known_step in known if known_step["step"] == step), None)
    if row is None or matching is None:
        return None
    words = board.papers()
    papers = [field("step", f"{PAPER}{paper}", words["papers"][paper][lang]) for paper in matching["papers"]]
    return [
        dcc.Store(
            id=ids.work_step(firm),
            data={"firm": firm, "step": step, "version": matching["version"], "request": request},
        ),
        html.P(html.Strong(f"{row['name']} · {matching[lang]}")),
        *_against(matching, session),
        *([html.P(word("papers_for", lang), className="quiet"), *papers] if papers else []),
        *([_ground(words["grounds"], session)] if matching["asks_ground"] else []),
        field("step", "why", word("why", lang)),
        html.Div(id=ids.work_refused(firm)),
        send("step", word("save", lang), mt=10),
    ]


def _against(step: Mapping[str, Any], session: Session) -> list[Any]:
    """What stands against the step, where it is more than what can be given here."""
    lang = session.lang
    if step["can_be_given"]:
        return []
    reasons = [html.Li(reason[lang]) for reason in step["reasons"]]
    return [html.P(word("waits", lang)), html.Ul(reasons, className="work-against")]


def _ground(grounds: Mapping[str, Mapping[str, str]], session: Session) -> dmc.Select:
    choices = [{"value": name, "label": words[session.lang]} for name, words in grounds.items()]
    return dmc.Select(data=choices, id=ids.work_field("step", "ground"), label=word("ground", session.lang))
