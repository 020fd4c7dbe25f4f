"""Names that no rule joins: each with the firms it may mean side by side, to be joined or kept apart."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dash_app import ids
from dash_app.components.firm_link import firm_link
from dash_app.components.sections import section
from dash_app.components.values import count, day
from dash_app.pages.data.form import LABELLED, drawn, form, waiting_note
from dash_app.pages.data.view import View, chip, chips, empty, line, pager, scrollable_table, search, take
from dash_app.rows import Row
from dash_app.wording.loader import value_word
from service.queries.data.decided import by_row
from service.wording.rendering import row_text

HEADS = ("name_filed", "why_open", "may_mean", "is_firm")
CHOICE = (3,)
"""The cell that the callback reads."""


def names(view: View) -> list[Any]:
    """The mentions with their candidates, and the form: it is the chosen firm, or it is not."""
    chosen = view.asked("reason")
    listed = view.data.names(view.asked("q"), chosen, view.part)
    links = [chip(view.word("every"), view.href({"part": "names"}), not chosen)]
    for row in view.data.name_reasons():
        method = row["match_method"]
        name = f"{value_word('unjoined', method, view.lang)} {count(row['mentions'])}"
        links.append(chip(name, view.href({"part": "names", "reason": method}), method == chosen))
    top = [search(view), chips(links, view.word("every"))]
    if not listed.total:
        return [section(view.word("names"), *top, empty(view.word("no_names"))), drawn(view, [])]
    decisions = by_row(view.data.decided())
    heads = [view.word(head) for head in HEADS]
    lines = [
        line(
            heads,
            _cells(view, number, row, decisions),
            live=CHOICE,
            is_decided=f"row:{row['mention_id']}" in decisions,
        )
        for number, row in enumerate(listed.rows)
    ]
    title = f"{view.word('names')} {count(listed.total)}"
    return [
        section(
            title,
            *top,
            html.P(view.word("names_note"), className="quiet"),
            take("names", view),
            scrollable_table(heads, lines, title, className="data-cards"),
            *pager(view, listed.total),
            form(view, ("join", "part")),
        ),
        drawn(view, [row["mention_id"] for row in listed.rows]),
    ]


def _cells(view: View, number: int, row: Row, decisions: Mapping[str, Row]) -> list[Any]:
    decision = decisions.get(f"row:{row['mention_id']}")
    place = row_text(row, view.lang, "file_name", "sheet")
    return [
        [html.Strong(row["name"] or view.word("no_name")), html.Br(), html.Span(place, className="quiet")],
        value_word("unjoined", row["match_method"], view.lang),
        _candidates(view, row["candidates"]),
        waiting_note(view, decision) if decision else _choice(view, number, row),
    ]


def _candidates(view: View, rows: Sequence[Row]) -> Any:
    if not rows:
        return html.Span(view.word("no_candidates"), className="state-empty")
    items = []
    for row in rows:
        alike = view.word("by_rule") if row["score"] is None else f"{view.word('likeness')} {row['score']:.0f}"
        status = value_word("status", row["status"], view.lang)
        facts = f" {row['firm_id']} · {day(row['founded_on'])} · {status} · {alike}"
        items.append(
            html.Li([firm_link(row["firm_id"], row["name"], view.session), html.Span(facts, className="quiet")])
        )
    return html.Ul(items, className="data-candidates")


def _choice(view: View, number: int, row: Row) -> Any:
    if not view.may_edit or not row["candidates"]:
        return view.word("open")
    label: Any = {LABELLED: f"{view.word('is_firm')} {row['name']}"}
    return dmc.Select(
        id=ids.data_choice(number),
        data=[{"value": firm["firm_id"], "label": f"{firm['name']} {firm['firm_id']}"} for firm in row["candidates"]],
        placeholder=view.word("choose"),
        clearable=True,
        **label,
    )
