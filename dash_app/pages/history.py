"""Revenue and R&D over the years, as a picture and as the numbers behind it."""

from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dash_app import frame
from dash_app.numbers import count, money, place
from dash_app.words import Lang, word, word_or_dash
from service.queries.firm_page import FirmFile

UNIT = {"zh": (1e6, "万元"), "en": (1e8, "million yuan")}
"""Fen in one unit of the chart, and its name."""


def graph(figure: go.Figure, **attributes: Any) -> dcc.Graph:
    """The only way a chart gets on a page: without the button that would upload it."""
    config = {
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "displayModeBar": False,
        "locale": "zh-CN",
    }
    return dcc.Graph(figure=figure, config=config, responsive=True, **attributes)  # type: ignore[arg-type]


def history(file: FirmFile, lang: Lang) -> Any:
    """The section; a sentence where nothing was ever filed."""
    if not file.history:
        return frame.section(word("history", lang), html.P(word("no_figures", lang)))
    return frame.section(word("history", lang), graph(_figure(file, lang), className="chart"), _table(file, lang))


def _figure(file: FirmFile, lang: Lang) -> go.Figure:
    scale, unit = UNIT[lang]
    years = [str(row["year"]) for row in file.history]

    def series(name: str) -> list[float | None]:
        return [None if row[name] is None else row[name] / scale for row in file.history]

    figure = go.Figure(
        [
            go.Bar(
                x=years,
                y=series("revenue_fen"),
                name=word("revenue_bar", lang),
                marker_color="#7fa8c9",
            ),
            go.Bar(x=years, y=series("rd_hnte_fen"), name=word("rd", lang), marker_color=frame.ACCENT),
        ]
    )
    figure.update_layout(
        height=280,
        margin={"l": 60, "r": 12, "t": 30, "b": 30},
        font={"family": frame.FONT},
        legend={"orientation": "h", "y": 1.16},
        yaxis={"title": {"text": unit}, "gridcolor": "#e5ebf0", "tickformat": ",.0f"},
        xaxis={"type": "category"},
        plot_bgcolor="white",
        barmode="group",
    )
    return figure


def _table(file: FirmFile, lang: Lang) -> html.Div:
    heads = ("year", "revenue_bar", "rd", "rd_basis", "staff", "net_profit", "source")
    rows = [
        html.Tr(
            [
                html.Th(str(row["year"]), scope="row"),
                html.Td(money(row["revenue_fen"], lang), className="figure"),
                html.Td(money(row["rd_hnte_fen"], lang), className="figure"),
                html.Td(word_or_dash("basis", row["basis"], lang)),
                html.Td(count(row["staff_end"]), className="figure"),
                html.Td(money(row["net_profit_fen"], lang), className="figure"),
                html.Td(place(row["source"], lang), className="source"),
            ]
        )
        for row in reversed(file.history)
    ]
    head = html.Thead(html.Tr([html.Th(word(name, lang), scope="col") for name in heads]))
    return html.Div(html.Table([head, html.Tbody(rows)]), className="wide")
