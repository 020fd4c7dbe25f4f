"""Report cards: what of each supplier's files was kept out and why, over the last releases."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dash_app.components.sections import section
from dash_app.components.values import count, percent
from dash_app.pages.data.figures import share, trend_of
from dash_app.pages.data.view import View, empty, line, still_table, take
from dash_app.rows import Row

HEADS = ("supplier", "files", "rows_read", "rows_quarantined", "rows_not_data", "rows_waiting", "worst", "trend")


def suppliers(view: View) -> list[Any]:
    """One row a supplier, the one with most rows waiting first."""
    rows, trends = view.data.suppliers(), view.data.trends()
    if not rows:
        return [section(view.word("suppliers"), empty(view.word("no_suppliers")))]
    heads = [view.word(head) for head in HEADS]
    lines = [line(heads, _cells(view, row, trends.get(row["supplier"], []))) for row in rows]
    table = still_table(heads, lines, view.word("suppliers"), className="data-cards")
    return [
        section(
            f"{view.word('suppliers')} {len(rows)}",
            html.P(view.word("cards_note"), className="quiet"),
            take("suppliers", view),
            table,
        )
    ]


def _card(view: View, row: Row) -> list[Any]:
    """The link that takes away the rows to be sent back to a supplier, for who may export."""
    if not (row["waiting"] and view.session.scope.may("export")):
        return []
    href = view.session.href("/download/quarantine.xlsx", {"supplier": row["supplier"]})
    return [html.Br(), html.A(view.word("card"), href=href, target="_blank", rel="noopener")]


def _cells(view: View, row: Row, trend: Sequence[Row]) -> list[Any]:
    name = row["supplier"] if view.lang == "zh" else row["supplier_en"]
    waiting: Any = count(row["waiting"])
    if row["waiting"]:
        waiting = dcc.Link(waiting, href=view.href({"part": "quarantine", "supplier": row["supplier"]}))
    worst = [html.Div([html.Span(f"{rule} ", className="quiet"), text]) for rule, text in row[f"worst_{view.lang}"]]
    return [
        [html.Strong(name), *_card(view, row)],
        count(row["deliveries"]),
        count(row["rows_read"]),
        [count(row["rows_quarantined"]), html.Br(), html.Span(percent(share(row)), className="quiet")],
        count(row["rows_not_data"]),
        waiting,
        worst or view.word("no_row_waits"),
        trend_of(view, trend),
    ]
