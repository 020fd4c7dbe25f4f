"""Units: reports that seem to be in another unit, each beside the firm's other years as filed."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dash_app.components.firm_link import firm_link
from dash_app.components.sections import section
from dash_app.components.values import count
from dash_app.pages.data.figures import factor, series_of
from dash_app.pages.data.form import drawn, form, tick, tick_all, waiting_note
from dash_app.pages.data.view import LIVE, View, empty, line, pager, scrollable_table, search, take
from dash_app.rows import Row
from service.queries.data.decided import by_row

HEADS = ("tick", "firm", "year", "factor", "series", "evidence", "state")


def units(view: View) -> list[Any]:
    """The reports with boxes, and the form: confirm the proposed factor, or count them as filed."""
    listed = view.data.units(view.asked("q"), view.part)
    if not listed.total:
        return [section(view.word("units"), search(view), empty(view.word("no_units"))), drawn(view, [])]
    series = view.data.series([row["firm"] for row in listed.rows])
    decisions = by_row(view.data.decided())
    heads = [view.word(head) for head in HEADS]
    lines = [
        line(
            heads,
            _cells(view, number, row, series.get(row["firm"], []), decisions),
            live=LIVE,
            is_decided=row["subject"] in decisions,
        )
        for number, row in enumerate(listed.rows)
    ]
    title = f"{view.word('units')} {count(listed.total)}"
    return [
        section(
            title,
            search(view),
            html.P(view.word("units_note"), className="quiet"),
            take("units", view),
            *([tick_all(view)] if view.may_edit else []),
            scrollable_table(heads, lines, title, className="data-cards"),
            *pager(view, listed.total),
            form(view, ("confirm_unit", "refuse_unit")),
        ),
        drawn(view, [row["subject"] for row in listed.rows]),
    ]


def _cells(view: View, number: int, row: Row, series: Sequence[Row], decisions: Mapping[str, Row]) -> list[Any]:
    decision = decisions.get(row["subject"])
    name = row["name"] or row["firm"]
    shown = firm_link(row["firm_id"], name, view.session) if row["firm_id"] else name
    return [
        tick(number, f"{name} {row['year']}") if view.may_edit and decision is None else None,
        [shown, html.Br(), html.Span(row["firm"], className="quiet")],
        [str(row["year"]), html.Br(), html.Span(row["file_name"], className="quiet")],
        html.Strong(factor(row["power"])) if row["power"] else view.word("no_factor"),
        series_of(view, row, series),
        html.Span(row[f"evidence_{view.lang}"], className="data-evidence"),
        waiting_note(view, decision) if decision else view.word("open"),
    ]
