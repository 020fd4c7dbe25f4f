"""Revenue and R&D by year, as a chart and as a table with their sources."""

import dash_mantine_components as dmc
import plotly.graph_objects as go
from dash import html

from dash_app.components.charts import graph
from dash_app.components.sections import section, table
from dash_app.components.theme import ACCENT, FONT
from dash_app.components.values import count, money, source_lines
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.firm_page import FirmFile

word = words_of("firm")
FEN_PER_UNIT = {"zh": 1e6, "en": 1e8}
"""Fen in one unit of the axis: 万元, in English million yuan."""
REVENUE_COLOUR = "#7fa8c9"
HEADS = ("year", "revenue_bar", "rd", "rd_basis", "staff", "net_profit", "source")


def history(file: FirmFile, lang: Lang) -> dmc.Paper:
    """The section; a sentence where the firm has no figures."""
    if not file.history:
        return section(word("history", lang), html.P(word("no_figures", lang)))
    return section(word("history", lang), graph(_figure(file, lang), className="chart"), _table(file, lang))


def _figure(file: FirmFile, lang: Lang) -> go.Figure:
    years = [str(row["year"]) for row in file.history]

    def series(column: str) -> list[float | None]:
        return [None if row[column] is None else row[column] / FEN_PER_UNIT[lang] for row in file.history]

    figure = go.Figure(
        [
            go.Bar(x=years, y=series("revenue_fen"), name=word("revenue_bar", lang), marker_color=REVENUE_COLOUR),
            go.Bar(x=years, y=series("rd_hnte_fen"), name=word("rd", lang), marker_color=ACCENT),
        ]
    )
    figure.update_layout(
        height=280,
        margin={"l": 60, "r": 12, "t": 30, "b": 30},
        font={"family": FONT},
        legend={"orientation": "h", "y": 1.16},
        yaxis={"title": {"text": word("axis_unit", lang)}, "gridcolor": "#e5ebf0", "tickformat": ",.0f"},
        xaxis={"type": "category"},
        plot_bgcolor="white",
        barmode="group",
    )
    return figure


def _table(file: FirmFile, lang: Lang) -> html.Div:
    rows = [
        html.Tr(
            [
                html.Th(str(row["year"]), scope="row"),
                html.Td(money(row["revenue_fen"], lang), className="figure"),
                html.Td(money(row["rd_hnte_fen"], lang), className="figure"),
                html.Td(value_word("basis", row["basis"], lang)),
                html.Td(count(row["staff_end"]), className="figure"),
                html.Td(money(row["net_profit_fen"], lang), className="figure"),
                html.Td(source_lines(row["sources"], lang), className="source"),
            ]
        )
        for row in reversed(file.history)
    ]
    return html.Div(table([word(name, lang) for name in HEADS], rows), className="wide")
