"""Many firms enter the pool from the list of a signal: some that are ticked, or all; with who was refused and why."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids
from dash_app.components.downloads import downloads
from dash_app.components.firm_link import firm_link
from dash_app.components.sections import aria_label, section
from dash_app.components.values import firms_counted
from dash_app.pages.cultivation.frame import field, href, send
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.casework.board import Board

word = words_of("cultivation")
SHOWN = 200
ALL = "*"
"""The value that stands for every firm of the list."""


def entering(board: Board, session: Session, may_edit: bool) -> list[Any]:
    """The lists by signal and title, and the form of the chosen one."""
    lang, address = session.lang, session.address
    signal, designation = address.get("signal", ""), address.get("designation", "")
    links = [
        dcc.Link(
            [f"{row[f'signal_{lang}']} · {row[f'title_{lang}']} ", html.B(str(row["firms"]))],
            href=href(session, signal=row["signal"], designation=row["designation"]),
            className="chip" + (" chosen" if (row["signal"], row["designation"]) == (signal, designation) else ""),
        )
        for row in board.entrances()
    ]
    chips = html.Div(
        [html.Span(word("signal", lang), className="work-facet quiet"), *links], className="chips work-chips"
    )
    if not (signal and designation):
        return [chips, html.P(word("choose_list", lang), className="state-empty")]
    rows = board.giving(signal, designation)
    if not rows:
        return [chips, html.P(word("none_giving", lang), className="state-empty")]
    return [chips, _form(rows, session, may_edit)]


def _form(rows: Sequence[Row], session: Session, may_edit: bool) -> Any:
    lang = session.lang
    if not may_edit:
        return section(
            f"{word('tick', lang)} {len(rows)}", html.Ul([html.Li(_label(row, session)) for row in rows[:SHOWN]])
        )
    whole = html.Strong(f"{word('all_of_list', lang)} {firms_counted(len(rows), lang)}")
    ticks = [_tick(ALL, word("all_of_list", lang), whole)]
    ticks += [_tick(row["firm_id"], row["name"], _label(row, session)) for row in rows[:SHOWN]]
    note = [html.P(word("shown_first", lang), className="quiet")] if len(rows) > SHOWN else []
    return section(
        f"{word('tick', lang)} {len(rows)}",
        downloads("entering", session),
        *note,
        html.Div(
            [field("enter", "why", word("why", lang)), send("enter", word("do_enter", lang))],
            className="form work-sticky",
        ),
        dmc.CheckboxGroup(
            html.Ul(ticks, className="work-ticks"), value=[], id=ids.work_ticked(session.address["signal"])
        ),
    )


def _tick(value: str, name: str, label: Any) -> html.Li:
    return html.Li([dmc.Checkbox(value=value, size="sm", radius="xs", **aria_label(name)), label])


def _label(row: Row, session: Session) -> html.Span:
    return html.Span(
        [
            firm_link(row["firm_id"], row["name"], session),
            html.Span(f" {row['acting'] or ''} ", className="quiet"),
            html.Span(row[f"reason_{session.lang}"], className="work-reason"),
        ]
    )


def outcome(entered: int, refused: Sequence[Any], session: Session) -> html.Div:
    """How many entered, and who was refused with every reason."""
    lang = session.lang
    lines = [
        html.Li(
            f"{row.name}：" + ("；" if lang == "zh" else "; ").join(getattr(reason, lang) for reason in row.reasons)
        )
        for row in refused
    ]
    parts: list[Any] = [html.P(f"{word('entered', lang)} {firms_counted(entered, lang)}", className="kept")]
    if lines:
        parts.append(
            html.Div([html.Strong(f"{word('not_entered', lang)} {len(lines)}"), html.Ul(lines)], className="not-kept")
        )
    return html.Div(parts)
