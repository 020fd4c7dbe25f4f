"""Revenue and R&D by year: a chart in which a missing year is a gap, and the table with the sources."""

from typing import Any

import plotly.graph_objects as go
from dash import html

from dash_app.components.charts import graph
from dash_app.components.sections import scrollable, table
from dash_app.components.still import still
from dash_app.components.theme import ACCENT, FONT
from dash_app.components.values import count, money, source_lines
from dash_app.rows import NewRow
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.firm.firm_page import FirmFile

word = words_of("firm")
FEN_PER_UNIT = {"zh": 10**6, "en": 10**8}
"""Fen in one unit of the axis: 万元, in English million yuan."""
REVENUE_COLOUR = "#7fa8c9"
HEADS = ("year", "revenue_bar", "rd", "rd_basis", "staff", "net_profit", "source")


def years_of(file: FirmFile) -> dict[int, NewRow | None]:
    """The rows by year from the first to the last; None for a year between them without figures."""
    known = {row["year"]: row for row in file.history}
    return {year: known.get(year) for year in range(min(known), max(known) + 1)} if known else {}


def history(file: FirmFile, lang: Lang) -> list[Any]:
    """Chart and table; a sentence where the firm has no figures."""
    years = years_of(file)
    if not years:
        return [html.P(word("no_figures", lang), className="state-empty")]
    return [graph(figure(years, lang), className="chart"), still(_table(years, lang))]


def figure(years: dict[int, NewRow | None], lang: Lang) -> go.Figure:
    """The bars; a year without figures has its place on the axis, no bar, and a label."""

    def series(column: str) -> list[float | None]:
        fen = [row[column] if row else None for row in years.values()]
        return [None if value is None else value / FEN_PER_UNIT[lang] for value in fen]

    names = [str(year) for year in years]
    chart = go.Figure(
        [
            go.Bar(x=names, y=series("revenue_fen"), name=word("revenue_bar", lang), marker_color=REVENUE_COLOUR),
            go.Bar(x=names, y=series("rd_hnte_fen"), name=word("rd", lang), marker_color=ACCENT),
        ]
    )
    for place, row in enumerate(years.values()):
        if row is None:  # on an axis of categories a place is a number, and a year would be taken for one
            chart.add_annotation(x=place, y=0, yshift=14, text=word("no_report", lang), showarrow=False)
    chart.update_layout(
        height=280,
        margin={"l": 60, "r": 12, "t": 30, "b": 30},
        font={"family": FONT},
        legend={"orientation": "h", "y": 1.16},
        yaxis={"title": {"text": word("axis_unit", lang)}, "gridcolor": "#e5ebf0", "tickformat": ",.0f"},
        xaxis={"type": "category", "categoryorder": "array", "categoryarray": names},
        plot_bgcolor="white",
        barmode="group",
    )
    return chart


def _table(years: dict[int, NewRow | None], lang: Lang) -> html.Div:
    rows = [_row(year, years[year], lang) for year in reversed(years)]
    listed = table([word(name, lang) for name in HEADS], rows)
    return scrollable(listed, word("history", lang))


def _row(year: int, row: NewRow | None, lang: Lang) -> html.Tr:
    head = html.Th(str(year), scope="row")
    if row is None:
        worded = html.Td(word("no_report", lang), colSpan=len(HEADS) - 1, className="state-unknown")
        return html.Tr([head, worded])
    cells = [
        html.Td(money(row["revenue_fen"], lang), className="figure"),
        html.Td(money(row["rd_hnte_fen"], lang), className="figure"),
        html.Td(value_word("basis", row["basis"], lang)),
        html.Td(count(row["staff_end"]), className="figure"),
        html.Td(money(row["net_profit_fen"], lang), className="figure"),
        html.Td(source_lines(row["sources"], lang), className="source"),
    ]
    return html.Tr([head, *cells])
