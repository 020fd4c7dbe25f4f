"""The form that sets or revises a target, each fault by its field, and who revised the chosen one and why."""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids
from dash_app.components.lists import figure_cell, line, scrollable_table
from dash_app.components.sections import section
from dash_app.components.values import day
from dash_app.pages.targets.figures import number
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.casework import TargetWork
from service.decisions.targets import QUARTERS
from service.wording.shown_moments import minute

word = words_of("targets")
LABELS = {
    "measure": "measure", "year": "year", "due": "due_on", "number": "field_number", "document": "document",
    "why": "field_why",
}  # fmt: skip
"""The words of the fields."""


def setting(work: TargetWork, chosen: Row | None, session: Session, *, is_open: bool = False) -> list[Any]:
    """The form, for who may set targets, and the history of the chosen one where people entered it."""
    drawn = dcc.Store(id=ids.TARGET_DRAWN, data={"request": token_hex(8), "versions": work.versions()})
    form = [drawn, _form(work.measures(), chosen, session.lang, is_open)] if work.may_set else []
    revisions = work.history(chosen["year"], chosen["measure"]) if chosen is not None else []
    shown = [*form, *([_revisions(revisions, session.lang)] if revisions else [])]
    return [section(word("setting", session.lang), *shown)] if shown else []


def _form(measures: Sequence[Row], chosen: Row | None, lang: Lang, is_open: bool) -> html.Details:
    """Filled with the chosen target, so that a revision changes what differs."""
    target = chosen or {}
    due = target["due_on"] if chosen else None
    quarter = next((name for name, end in QUARTERS.items() if due and (due.month, due.day) == end), None)
    dues = [{"value": name, "label": value_word("quarter_end", name, lang)} for name in QUARTERS]
    own_day = [] if due is None or quarter else [{"value": due.isoformat(), "label": day(due)}]
    named = [{"value": row["measure"], "label": f"{row[lang]} ({_unit(row['unit'], lang)})"} for row in measures]
    fields = [
        dmc.Select(**_of("measure", lang), data=named, value=target.get("measure"), searchable=True),
        dmc.TextInput(**_of("year", lang), value=str(target.get("year", ""))),
        dmc.Select(**_of("due", lang), data=[*dues, *own_day], value=quarter or (due and due.isoformat()) or "Q4"),
        dmc.TextInput(**_of("number", lang), value=_typed(target.get("target"))),
        dmc.TextInput(**_of("document", lang), value=target.get("document", "")),
        dmc.TextInput(**_of("why", lang)),
    ]
    save = dmc.Button(word("save", lang), id=ids.TARGET_SET)
    note = html.P(word("set_note", lang), className="quiet")
    return html.Details(
        [html.Summary(word("set", lang)), html.Div([*fields, save], className="form"), note], open=is_open
    )


def _of(name: str, lang: Lang) -> dict[str, Any]:
    return {"id": ids.target_field(name), "label": word(LABELS[name], lang), "required": True}


def _typed(target: float | None) -> str:
    return "" if target is None else f"{target:g}" if target != int(target) else str(int(target))


def _unit(unit: str, lang: Lang) -> str:
    return unit if unit == "%" else word("firms_unit", lang)


def _revisions(rows: Sequence[Row], lang: Lang) -> Any:
    lines = [
        line(
            str(row["version"]),
            [
                minute(row["at"]),
                row["by"],
                figure_cell(number(row["target"])),
                row["due_on"],
                row["document"],
                html.Td(row["why"], className="reason"),
            ],
        )
        for row in rows
    ]
    heads = [word(name, lang) for name in ("version", "at", "by", "target", "due_on", "document", "field_why")]
    return html.Div([html.H3(word("revisions", lang)), scrollable_table(word("revisions", lang), heads, lines)])
