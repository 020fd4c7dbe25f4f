"""Figures beside each other: a firm's years as filed, a factor, the share in quarantine over the releases."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dash_app.components.badges import HIDDEN
from dash_app.components.values import percent
from dash_app.pages.data.view import View
from dash_app.rows import Row

FIGURES = ("revenue", "payroll", "total_assets", "staff_end")
"""The figures by which a person sees a wrong unit."""
HEIGHT = 22
"""Of the highest bar of a trend, in pixels."""


def factor(power: int) -> str:
    """Power of ten as a unit factor: 3 is ×1,000, −3 is ×0.001."""
    return f"×{10**power:,}" if power >= 0 else f"×{10.0**power:.{-power}f}"


def series_of(view: View, report: Row, rows: Sequence[Row]) -> Any:
    """Year by year as filed; the report in question is marked."""
    if not rows:
        return view.word("not_shown")
    heads = [view.word("year"), *(view.word(name) for name in FIGURES)]
    lines = []
    for row in rows:
        is_it = all(row[part] == report[part] for part in ("delivery_id", "sheet", "row_no"))
        figures = [html.Td(_as_filed(row[name]), className="figure") for name in FIGURES]
        year = html.Th([row["year"], " ◀" if is_it else ""], scope="row")
        lines.append(html.Tr([year, *figures], className="data-in-question" if is_it else ""))
    unit = f"{view.word('unit_filed')} {rows[0]['money_unit'] or '–'}"
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in heads]))
    return html.Table([html.Caption(unit), head, html.Tbody(lines)], className="data-series")


def _as_filed(text: str | None) -> str:
    """A figure of a file with thousands separated; anything else as it is written."""
    return f"{int(text):,}" if text and text.lstrip("-").isdecimal() else text or "–"


def share(row: Row) -> float | None:
    """Percent of the rows read that are in quarantine; None where none was read."""
    return 100 * row["rows_quarantined"] / row["rows_read"] if row["rows_read"] else None


def trend_of(view: View, rows: Sequence[Row]) -> Any:
    """The share in quarantine in each release as text, and as bars for the eye."""
    shares = [share(row) or 0.0 for row in rows]
    if len(shares) <= 1:
        return html.Span(view.word("one_release"), className="quiet")
    highest = max([*shares, 1.0])
    bars = [html.Span(style={"height": f"{max(1, round(HEIGHT * each / highest))}px"}) for each in shares]
    text = f"{percent(shares[0])} → {percent(shares[-1])}"
    return [html.Span(bars, className="data-bars", **HIDDEN), html.Div(text, className="figure")]
