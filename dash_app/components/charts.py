"""Charts, which are made here and nowhere else: offline, without the button that uploads them, and named in words.

Each stands beside a table of the same figures; colours never carry meaning alone.
"""

from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dash_app.components.sections import aria_label
from dash_app.components.theme import FONT
from dash_app.wording.loader import Lang

UP, DOWN, UNKNOWN, PLAIN = "#1864ab", "#c2570c", "#8a96a3", "#7fa8c9"
"""Blue up, orange for attention, grey for unknown and for the rest, a pale blue for what neither rises nor falls."""
INK, LINE = "#1b2733", "#e5ebf0"
LOCALES = {"zh": "zh-CN", "en": "en"}
"""The first is in ``assets/plotly-locale-zh-cn.js``; the other is Plotly's own."""


def graph(figure: go.Figure, label: str = "", lang: Lang = "zh", **attributes: Any) -> html.Div:
    """A chart as an image for screen readers, with ``label`` as its text, or the names of what it shows."""
    config = {
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "topojsonURL": "/assets/",  # else Plotly would ask its own servers for outlines
        "displayModeBar": False,
        "displaylogo": False,
        "scrollZoom": False,
        "locale": LOCALES[lang],
    }
    if figure.layout.height:  # a chart that fits its width would take Plotly's own height
        attributes = {"style": {"height": f"{figure.layout.height}px"}, **attributes}
    chart = dcc.Graph(figure=figure, config=config, responsive=True, **attributes)  # type: ignore[arg-type]
    return html.Div(chart, role="img", className="graph", **aria_label(label or names_of(figure)))


def names_of(figure: go.Figure) -> str:
    """The names of the traces of a figure, one after another."""
    return ", ".join(dict.fromkeys(trace.name for trace in figure.data if trace.name))


def drawn(*traces: Any, height: int, **layout: Any) -> go.Figure:
    """A figure in the fonts and colours of the pages, ``height`` pixels high; axes cannot be dragged."""
    figure = go.Figure(traces)
    figure.update_layout(
        template="none",
        height=height,
        margin={"l": 56, "r": 16, "t": 28, "b": 40},
        font={"family": FONT, "size": 13, "color": INK},
        hoverlabel={"font": {"family": FONT}},
        plot_bgcolor="white",
        paper_bgcolor="white",
        dragmode=False,
        legend={"orientation": "h", "y": 1.12, "x": 0},
    )
    figure.update_layout(**layout)
    figure.update_xaxes(gridcolor=LINE, zerolinecolor=LINE, fixedrange=True, automargin=True)
    figure.update_yaxes(gridcolor=LINE, zerolinecolor=LINE, fixedrange=True, automargin=True)
    return figure
