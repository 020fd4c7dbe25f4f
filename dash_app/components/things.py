"""What is open about firms: a section of tasks, requests, applications or contests, first what is due first."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import routing
from dash_app.components.sections import scrollable, section, table
from dash_app.components.still import GO
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import SHARED, Lang, words_of

word = words_of(SHARED)
THINGS = {"task": "tasks", "request": "requests", "application": "applications", "contest": "contests"}
"""The kinds of things, with the word for several."""
HEADS = ("number", "what", "due_by", "days_left", "state", "acting")


def things(kind: str, rows: Sequence[Row], lang: Lang) -> dmc.Paper:
    """Rows about the firm of a page."""
    return _things(kind, HEADS, [_cells(row, lang) for row in rows], lang)


def case_link(row: Row, session: Session) -> dcc.Link:
    """The name of a firm as the link to its case."""
    return dcc.Link(row["name"], href=session.href(routing.CASE.path(firm_id=row["firm_id"])))


def contest_link(number: str, firm_id: str, lang: Lang) -> html.A:
    """The number of a contest as the link to it on the page of the case of the firm."""
    query = urlencode({"contest": number, **({} if lang == "zh" else {"lang": lang})})
    return html.A(f"{word('contest_of', lang)} {number}", href=f"{routing.CASE.path(firm_id=firm_id)}?{query}", **GO)


def line(cells: Iterable[Any]) -> html.Tr:
    """A row of a table."""
    return html.Tr([html.Td(cell) for cell in cells])


def _things(kind: str, heads: Iterable[str], rows: Sequence[Sequence[Any]], lang: Lang) -> dmc.Paper:
    listed = table([word(head, lang) for head in heads], [line(cells) for cells in rows])
    return section(f"{word(THINGS[kind], lang)} {len(rows)}", scrollable(listed, word(THINGS[kind], lang)))


def _cells(row: Row, lang: Lang) -> list[Any]:
    due_on = row.get("due_on") or row.get("closes_on")
    left = "–" if row["days_left"] is None else str(row["days_left"])
    return [row["number"], row[f"about_{lang}"], due_on or "–", left, row[f"state_{lang}"], row["acting"] or "–"]
